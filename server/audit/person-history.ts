import type { EventRow } from '../kernel/hash-chain.ts';
import type { Storage } from '../kernel/storage.ts';
import type { RecordedEvent } from './contract.ts';
import { toRecordedEvent } from './queries.ts';

/**
 * Every event a person did or was the subject of, up to and with a moment (milliseconds since the
 * epoch), in order. Reads the whole log.
 */
export const createPersonHistory = (storage: Storage) => {
  const select = storage.prepare<[{ user: string; until: number }], EventRow>(
    `SELECT * FROM events
     WHERE recorded_at <= :until AND (actor = :user
       OR stream_id IN ('user-' || :user, 'credits-' || :user)
       OR data ->> '$.user_id' = :user)
     ORDER BY global_position`,
  );
  return (user: string, until: number): RecordedEvent[] =>
    select.all({ user, until }).map(toRecordedEvent);
};
