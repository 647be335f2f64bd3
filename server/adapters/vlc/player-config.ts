import { resolve } from 'node:path';
import { z } from 'zod';
import { outputChoices, type OutputChoice } from './mixer.ts';
import { playerSocketPath } from './player-socket-path.ts';

export type PlayerConfig = {
  socketPath: string;
  output: OutputChoice;
  device: string;
  bufferMs: number;
  logLevel: string;
  /** systemd restarts the server and keeps the player: it waits for as long as it takes. */
  underSystemd: boolean;
};

const environment = z.object({
  DATA_DIR: z.string().min(1).default('data'),
  RUNTIME_DIRECTORY: z.string().optional(),
  PLAYER_AUDIO_OUTPUT: z.enum(outputChoices).default('auto'),
  /** PulseAudio sink or ALSA device. */
  PLAYER_AUDIO_DEVICE: z.string().max(255).default(''),
  /** More survives a busier machine; costs nothing before a sound in silence, but later stops and overlaps. */
  PLAYER_BUFFER_MS: z.coerce.number().int().min(10).max(100).default(40),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  INVOCATION_ID: z.string().optional(),
});

/** Relative folders are taken from the one that holds package.json. */
const projectRoot = resolve(import.meta.dirname, '../../..');

/** An empty value counts as unset. Throws with every fault at once. */
export const parsePlayerConfig = (variables: NodeJS.ProcessEnv): PlayerConfig => {
  const given = Object.entries(variables).filter(([, value]) => value !== '');
  const parsed = environment.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`The player's settings are wrong: ${faults.join('; ')}`);
  }
  const env = parsed.data;
  return {
    socketPath: playerSocketPath(resolve(projectRoot, env.DATA_DIR), env.RUNTIME_DIRECTORY),
    output: env.PLAYER_AUDIO_OUTPUT,
    device: env.PLAYER_AUDIO_DEVICE,
    bufferMs: env.PLAYER_BUFFER_MS,
    logLevel: env.LOG_LEVEL,
    underSystemd: env.INVOCATION_ID !== undefined,
  };
};
