import { setTimeout as sleep } from 'node:timers/promises';
import { openLedger, type Prices } from '../credits/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Module } from '../kernel/module.ts';
import type { PlayerLink } from '../player/player-link.ts';
import type { Board } from '../soundboard/index.ts';
import { createSoundQueries, type SoundIntake } from '../sounds/index.ts';
import { speechSocketCommands, speechTopics } from './commands.ts';
import { speechProjection } from './projection.ts';
import { createSpeechQueries } from './queries.ts';
import { speechRoutes } from './routes.ts';
import { createSpeech } from './speech.ts';
import type { SpeechEngine } from './speech-engine.ts';
import { createSweep } from './sweep.ts';
import { createSynthesis } from './synthesis.ts';
import { createVoices } from './voices.ts';

export type { Speech } from './speech.ts';

type OpenPorts = {
  /** The preferred one first. */
  readonly speechEngines: readonly SpeechEngine[];
  /** Id or name of the voice that speaks where none is asked for; null takes an English one. */
  readonly houseVoice: string | null;
  readonly intake: SoundIntake;
  readonly board: Board;
  readonly link: PlayerLink;
  readonly soundsDir: string;
  readonly prices: Prices;
};

/** The voice of the house, made once, for its own doors and for whoever speaks for the house. */
export const openSpeech = (kernel: Kernel, ports: OpenPorts) => {
  const { speechEngines, houseVoice, intake, board, link, soundsDir, prices } = ports;
  const stopping = new AbortController();
  const queries = createSpeechQueries(kernel.storage);
  const sounds = createSoundQueries(kernel.storage, soundsDir);
  const ledger = openLedger(kernel, prices);
  const voices = createVoices(speechEngines, { clock: kernel.clock, houseVoice });
  const { signal } = stopping;
  const synthesis = createSynthesis(kernel, { queries, ledger, intake, stopping: signal });
  const shared = { voices, queries, sounds, ledger };
  const speech = createSpeech(kernel, { ...shared, board, link, synthesis });
  return { speech, queries, sounds, voices, synthesis, stopping };
};
export type OpenSpeech = ReturnType<typeof openSpeech>;

export type SpeechPorts = { readonly speech: OpenSpeech; readonly intake: SoundIntake };

const stopWaitMs = 2000;

/** Text to sound: each phrase is spoken once, paid when it is in the library, and then is there. */
export const speech: Module<SpeechPorts> = {
  name: 'speech',
  projections: [speechProjection],
  setup(kernel, { intake, speech: opened }) {
    const { speech: speaking, queries, sounds, voices, synthesis, stopping } = opened;
    const sweep = createSweep(kernel, { queries, intake });
    return {
      routes: speechRoutes({ speech: speaking, voices, sounds }),
      topics: speechTopics(speaking),
      socketCommands: speechSocketCommands(speaking),
      health: () => ({ speech: voices.health() }),
      async start() {
        await synthesis.recover();
        sweep.start();
        void voices.look().catch((error: unknown) => {
          kernel.logger.error({ err: error }, 'the voices could not be listed');
        });
      },
      async stop() {
        stopping.abort(new Error('Encore is stopping'));
        const late = new AbortController();
        await Promise.race([
          Promise.all([speaking.settled(), sweep.stop()]),
          sleep(stopWaitMs, undefined, late).catch(() => undefined),
        ]);
        late.abort();
      },
    };
  },
};
