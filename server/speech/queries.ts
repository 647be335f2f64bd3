import type { Storage } from '../kernel/storage.ts';
import type { SpeechFailureCode } from './events.ts';

type SpeechRow = {
  id: string;
  user_id: string;
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
  return {
    find: (id: string) => one.get(id),
    /** Requested, and neither completed nor failed. */
    open: () => open.all(),
    /** The sound that says this phrase. */
    soundOf: (phrase: string) => known.get(phrase),
  };
};
export type SpeechQueries = ReturnType<typeof createSpeechQueries>;
