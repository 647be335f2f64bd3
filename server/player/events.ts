import type { OutputState } from './contract.ts';

/** Stream `player-<room>`. */
export type PlayerEvent =
  | {
      type: 'PlayerConnected';
      data: { room: string; version: string; vlc_version: string; output: OutputState['kind'] };
    }
  | { type: 'PlayerLost'; data: { room: string; reason: string } };

export const playerStream = (room: string): string => `player-${room}`;
