import type { Storage } from '../kernel/storage.ts';

/**
 * What must never be in the log: names and addresses, so that a person can be forgotten, and
 * hashes of secrets. No rebuild touches these tables; they are written in the command's
 * transaction.
 */
export const usersSideTables = `
CREATE TABLE IF NOT EXISTS people (
  user_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Name and e-mail in the form that is compared: NFKC, lower case.
  name_key TEXT NOT NULL UNIQUE,
  email TEXT,
  email_key TEXT UNIQUE,
  password_hash TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  refresh_hash BLOB NOT NULL,
  -- The refresh token before this one, and until when it is still taken: two tabs may race.
  previous_hash BLOB,
  previous_until INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS api_token_secrets (
  token_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
`;

export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

export type PersonRow = {
  user_id: string;
  name: string;
  password_hash: string | null;
  role: 'admin' | 'user' | 'guest';
  plan: string;
};
export type SessionRow = {
  id: string;
  user_id: string;
  refresh_hash: Buffer;
  previous_hash: Buffer | null;
  previous_until: number;
  expires_at: number;
};
export type TokenRow = {
  id: string;
  user_id: string;
  name: string;
  scopes: string;
  kind: 'user' | 'device' | 'bridge';
  prefixes: string;
  act_as: 0 | 1;
  expires_at: string | null;
  created_at: number;
};

/** Prepared reads over accounts; writes to side tables happen inside commands. */
export const createUserQueries = (storage: Storage) => {
  const person = `SELECT user_id, name, password_hash, role, plan
    FROM people JOIN users ON users.id = people.user_id`;
  const byId = storage.prepare<[string], PersonRow>(`${person} WHERE user_id = ?`);
  const byLogin = storage.prepare<[{ key: string }], PersonRow>(
    `${person} WHERE name_key = :key OR email_key = :key ORDER BY name_key = :key DESC LIMIT 1`,
  );
  const accounts = storage.prepare<[], number>('SELECT count(*) FROM users').pluck();
  const session = storage.prepare<[string], SessionRow>('SELECT * FROM sessions WHERE id = ?');
  const token = `SELECT api_tokens.*, api_token_secrets.name
    FROM api_tokens JOIN api_token_secrets ON token_id = id`;
  const tokenByHash = storage.prepare<[Buffer], TokenRow>(`${token} WHERE hash = ?`);
  const tokensOf = storage.prepare<[string], TokenRow>(`${token} WHERE user_id = ? ORDER BY id`);
  return {
    byId: (id: string) => byId.get(id),
    /** By account name or e-mail address. */
    byLogin: (login: string) => byLogin.get({ key: nameKey(login) }),
    accounts: () => accounts.get() ?? 0,
    session: (id: string) => session.get(id),
    tokenByHash: (hash: Buffer) => tokenByHash.get(hash),
    tokensOf: (userId: string) => tokensOf.all(userId),
  };
};
export type UserQueries = ReturnType<typeof createUserQueries>;
