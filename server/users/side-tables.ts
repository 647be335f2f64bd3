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
CREATE INDEX IF NOT EXISTS sessions_by_user ON sessions (user_id);
CREATE TABLE IF NOT EXISTS session_devices (
  session_id TEXT PRIMARY KEY,
  device TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS api_token_secrets (
  token_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
-- (provider, subject) is the key: an address may change hands, and is only a label.
CREATE TABLE IF NOT EXISTS identities (
  provider TEXT NOT NULL,
  subject TEXT NOT NULL,
  user_id TEXT NOT NULL,
  label TEXT NOT NULL,
  linked_at INTEGER NOT NULL,
  PRIMARY KEY (provider, subject),
  UNIQUE (user_id, provider)
) STRICT, WITHOUT ROWID;
-- Open invites only: the hash goes when the invite is used or revoked.
CREATE TABLE IF NOT EXISTS invite_secrets (
  invite_id TEXT PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
`;
