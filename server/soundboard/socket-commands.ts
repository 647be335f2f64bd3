import { socketCommand, type SocketCommand } from '../kernel/door.ts';
import type { Board } from './board.ts';
import { playSoundData, stopSoundsData } from './contract.ts';

const access = { role: 'guest', scope: 'play' } as const;

export const boardSocketCommands = (board: Board): SocketCommand[] => [
  socketCommand({
    command: 'play_sound',
    summary: 'Play a sound through the speaker',
    access,
    data: playSoundData,
    handle: ({ data, ...press }) => board.playById(press, data.sound_id),
  }),
  socketCommand({
    command: 'stop_sounds',
    summary: 'Stop every voice, or one',
    access,
    data: stopSoundsData,
    handle: ({ data, ...press }) =>
      board.stop(press, { play_id: data.play_id ?? null, fade_ms: data.fade_ms ?? 0 }),
  }),
];
