import {
  duckingDefault,
  type MusicState,
  type PlayCommand,
  type PlayerCommand,
  type PlayerReport,
} from '../player/contract.ts';
import type { PlayerLink, PlayerLinkListener } from '../player/player-link.ts';

export type FakePlayer = PlayerLink & {
  /** What the server asked for, in order. */
  readonly commands: PlayerCommand[];
  /** Of these the voices of the board: how loud music is may be told at any time. */
  plays(): PlayCommand[];
  connect(voices?: string[], queued?: string[], track?: MusicState['track']): void;
  disconnect(): void;
  report(report: PlayerReport): void;
};

/** A player that makes no sound and says what the test tells it to; not connected at first. */
export const fakePlayer = (): FakePlayer => {
  const listeners: PlayerLinkListener[] = [];
  const commands: PlayerCommand[] = [];
  let connected = false;
  const report = (message: PlayerReport) => {
    for (const listener of listeners) listener.report(message);
  };
  return {
    commands,
    plays: () => commands.filter((command) => command.type === 'play'),
    report,
    get connected() {
      return connected;
    },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    listen: (listener) => void listeners.push(listener),
    send(command) {
      if (connected) commands.push(command);
      return connected;
    },
    connect(playIds = [], queued = [], track = null) {
      connected = true;
      report({
        type: 'hello',
        pid: 1,
        version: 'test',
        vlc_version: 'none',
        voices_max: 32,
        output: { kind: 'pulse', state: 'ok', detail: '' },
        voices: playIds.map((play_id) => ({
          play_id,
          sound_id: 'unknown',
          position_ms: 0,
          duration_ms: 0,
        })),
        queued: [...queued],
        music: { track, next_track_id: null, volume: 100, ducking: duckingDefault },
      });
    },
    disconnect() {
      connected = false;
      for (const listener of listeners) listener.lost('the test hung up');
    },
  };
};
