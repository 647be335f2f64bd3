import type { Storage } from '../kernel/storage.ts';
import { userStream } from './events.ts';
import { nameKey } from './queries.ts';

/**
 * Ids of the accounts that somebody may mean by an id, a name or an e-mail address. An id means
 * itself, also of who was forgotten, whatever others call themselves.
 */
export const findAccounts = (storage: Storage, text: string): string[] => {
  const known = storage.prepare<[string], 1>('SELECT 1 FROM events WHERE stream_id = ?');
  if (known.get(userStream(text))) return [text];
  const named = storage.prepare<[{ key: string }], string>(
    'SELECT user_id FROM people WHERE name_key = :key OR email_key = :key ORDER BY user_id',
  );
  return named.pluck().all({ key: nameKey(text) });
};
