import { z } from 'zod';
import type { Outcome } from '../kernel/command-bus.ts';
import { socketCommand, type SocketCommand } from '../kernel/door.ts';
import type { Problem } from '../kernel/problem.ts';
import { modeBody, seekBody, volumeBody } from './contract.ts';
import type { Asked, Jukebox } from './jukebox.ts';
import { controlAccess } from './routes.ts';

const nothing = z.object({}).optional();

/** The jukebox by WebSocket: the same words as by HTTP. */
export const playerSocketCommands = (jukebox: Jukebox): SocketCommand[] => {
  const command = <Data extends z.ZodType>(
    name: string,
    summary: string,
    data: Data,
    handle: (
      asked: Asked,
      data: z.output<Data>,
    ) => Promise<Outcome<Record<string, unknown>, Problem>>,
  ) =>
    socketCommand({
      command: `player_${name}`,
      summary,
      access: controlAccess,
      data,
      handle: ({ data: parsed, ...asked }) => handle(asked, parsed),
    });

  return [
    command(
      'play',
      'Play, or go on; `index` plays that entry',
      z.object({ index: z.number().int().min(0).optional() }).optional(),
      (asked, data) => jukebox.play(asked, data?.index ?? null),
    ),
    command('pause', 'Pause', nothing, jukebox.pause),
    command('resume', 'Go on after a pause', nothing, jukebox.resume),
    command('stop', 'Stop the music', nothing, jukebox.stop),
    command('next', 'The next track', nothing, jukebox.next),
    command('previous', 'Back to the beginning, or the track before', nothing, jukebox.previous),
    command('seek', 'Another place in the track', seekBody, (asked, data) =>
      jukebox.seek(asked, data.position_ms),
    ),
    command('volume', 'Volume of the music', volumeBody, (asked, data) =>
      jukebox.setVolume(asked, data.volume),
    ),
    command('mode', 'What follows a track', modeBody, (asked, data) =>
      jukebox.setMode(asked, data.mode),
    ),
  ];
};
