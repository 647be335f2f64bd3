import type { Storage } from '../kernel/storage.ts';

/** Every name, address and device of people that is kept, as written: what must not leave the house. */
export const personalWords = (storage: Storage): string[] =>
  storage
    .prepare<[], string>(
      `SELECT name FROM people UNION SELECT email FROM people WHERE email IS NOT NULL
       UNION SELECT device FROM session_devices UNION SELECT name FROM api_token_secrets
       UNION SELECT label FROM identities UNION SELECT subject FROM identities`,
    )
    .pluck()
    .all();
