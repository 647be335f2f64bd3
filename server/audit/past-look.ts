import type { Storage } from '../kernel/storage.ts';
import type { PastState } from './contract.ts';
import type { LogTimes } from './log-times.ts';
import type { PastStates } from './past-states.ts';

const nameFacts = {
  sound: ['SoundAdded', 'SoundRenamed'],
  playlist: ['PlaylistCreated', 'PlaylistRenamed'],
} as const;

/** The past as it is told: with the names that sounds and playlists had then. */
export const createPastLook = (storage: Storage, times: LogTimes, states: PastStates) => {
  const nameThen = storage
    .prepare<[string, string, string, number], string>(
      `SELECT data ->> '$.name' FROM events
       WHERE stream_id = ? AND type IN (?, ?) AND global_position <= ?
       ORDER BY stream_position DESC LIMIT 1`,
    )
    .pluck();

  return async (position: number): Promise<PastState> => {
    const past = await states.at(position);
    const named = (kind: keyof typeof nameFacts, id: string) => {
      const [made, renamed] = nameFacts[kind];
      return { id, name: nameThen.get(`${kind}-${id}`, made, renamed, position) ?? null };
    };
    return {
      position,
      recorded_at: times.recordedAt(position),
      balances: [...past.balances].map(([user_id, balance]) => ({ user_id, balance })),
      voices: [...past.voices].map(([play_id, { sound_id, user_id, started_at }]) => ({
        play_id,
        sound: named('sound', sound_id),
        user_id,
        started_at: new Date(started_at).toISOString(),
      })),
      players: [...past.players].map(([room, player]) => ({
        room,
        connected: player.connected,
        status: player.status,
        mode: player.mode,
        volume: player.volume,
        sound: player.track ? named('sound', player.track.sound_id) : null,
        playlist: player.playlist_id === null ? null : named('playlist', player.playlist_id),
        index: player.place?.index ?? null,
        queue_length: player.queue.length,
      })),
    };
  };
};
export type PastLook = ReturnType<typeof createPastLook>;
