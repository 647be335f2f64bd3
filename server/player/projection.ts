import type { Projection } from '../kernel/projections.ts';
import type { Storage } from '../kernel/storage.ts';
import type { PlayerEvent } from './events.ts';
import { evolvePlayer, initialPlayerState, type PlayerState } from './player-state.ts';

const types: Record<PlayerEvent['type'], true> = {
  PlayerConnected: true,
  PlayerLost: true,
  PlaylistLoaded: true,
  PlaylistReloaded: true,
  TrackChosen: true,
  TrackStarted: true,
  TrackCounted: true,
  TrackFinished: true,
  TrackFailed: true,
  PlaybackPaused: true,
  PlaybackResumed: true,
  PlaybackStopped: true,
  Seeked: true,
  VolumeSet: true,
  ModeSet: true,
  TrackQueued: true,
  TrackUnqueued: true,
  QueueOrdered: true,
  SleepTimerSet: true,
  SleepTimerCleared: true,
};

export const readPlayer = (storage: Storage): ((room: string) => PlayerState) => {
  const one = storage.prepare<[string], string>('SELECT state FROM players WHERE room = ?').pluck();
  return (room) => {
    const state = one.get(room);
    return state === undefined ? initialPlayerState : (JSON.parse(state) as PlayerState);
  };
};

/** Where each room's jukebox stands: what its decider remembers, so that there is one truth of it. */
export const playersProjection: Projection<PlayerEvent> = {
  name: 'players',
  version: 2,
  tables: {
    players: `CREATE TABLE players (
      room TEXT PRIMARY KEY,
      state TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
  },
  handlers(storage) {
    const read = readPlayer(storage);
    const write = storage.prepare('INSERT OR REPLACE INTO players VALUES (?, ?)');
    const handle = (event: { type: string; data: { room: string } }) => {
      const { room } = event.data;
      write.run(room, JSON.stringify(evolvePlayer(read(room), event as PlayerEvent)));
    };
    return Object.fromEntries(Object.keys(types).map((type) => [type, handle]));
  },
};
