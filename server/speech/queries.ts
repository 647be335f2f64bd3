import type { Storage } from '../kernel/storage.ts';
import { mainPlaylistId } from '../playlists/index.ts';
import type { SpeechFailureCode } from './events.ts';

type SpeechRow = {
  id: string;
  user_id: string | null;
  status: 'requested' | 'completed' | 'failed';
  sound_id: string | null;
  was_there: 0 | 1 | null;
  code: SpeechFailureCode | null;
  causationId: string;
  correlationId: string;
};

const columns = `id, user_id, status, sound_id, was_there, code,
  request_event AS causationId, correlation_id AS correlationId`;

/** Prepared reads over what was spoken. */
export const createSpeechQueries = (storage: Storage) => {
  const one = storage.prepare<[string], SpeechRow>(`SELECT ${columns} FROM speeches WHERE id = ?`);
  const open = storage.prepare<[], SpeechRow>(
    `SELECT ${columns} FROM speeches WHERE status = 'requested' ORDER BY position`,
  );
  // A sound whose file was replaced since does not say the phrase any more.
  const known = storage
    .prepare<[string], string>(
      `SELECT sounds.id FROM speeches JOIN sounds
         ON sounds.id = speeches.sound_id AND sounds.hash = speeches.hash
       WHERE status = 'completed' AND phrase = ? AND missing = 0 AND removed_at IS NULL
       ORDER BY position DESC LIMIT 1`,
    )
    .pluck();
  /**
   * Made at a door that says things at once, and left alone since: whatever somebody does to a sound
   * but play it, a restore from the trash too, moves its `updated_at`.
   */
  const unheard = storage
    .prepare<[{ before: number; most: number }], string>(
      `SELECT id FROM sounds
       WHERE type = 'TTS' AND missing = 0 AND removed_at IS NULL
         AND created_at < :before AND updated_at = created_at
         AND EXISTS (SELECT 1 FROM speeches
           WHERE sound_id = sounds.id AND status = 'completed' AND was_there = 0)
         AND NOT EXISTS (SELECT 1 FROM speeches
           WHERE sound_id = sounds.id AND status = 'completed' AND origin NOT IN ('mqtt', 'ws', 'schedule', 'binding'))
         AND NOT EXISTS (SELECT 1 FROM favourites WHERE sound_id = sounds.id)
         AND NOT EXISTS (SELECT 1 FROM playlist_entries
           WHERE sound_id = sounds.id AND playlist_id <> '${mainPlaylistId}')
         AND id NOT IN (SELECT sound_id FROM plays WHERE requested_at >= :before)
       ORDER BY created_at LIMIT :most`,
    )
    .pluck();
  return {
    find: (id: string) => one.get(id),
    /** Requested, and neither completed nor failed. */
    open: () => open.all(),
    /** The sound that says this phrase. */
    soundOf: (phrase: string) => known.get(phrase),
    /** Sounds that were only said, that nobody keeps, and that were not played from this moment on. */
    unheardSince: (before: number, most: number) => unheard.all({ before, most }),
  };
};
export type SpeechQueries = ReturnType<typeof createSpeechQueries>;
