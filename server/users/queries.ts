import type { Storage } from '../kernel/storage.ts';
import type { Role } from './contract.ts';

export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

export type PersonRow = {
  user_id: string;
  name: string;
  email: string | null;
  password_hash: string | null;
  role: Role;
  plan: string;
  disabled: 0 | 1;
  created_at: number;
};
export type SessionRow = {
  id: string;
  user_id: string;
  refresh_hash: Buffer;
  previous_hash: Buffer | null;
  previous_until: number;
  expires_at: number;
};
export type DeviceRow = {
  id: string;
  /** Null for sessions from before devices were kept. */
  device: string | null;
  created_at: number | null;
  last_used_at: number | null;
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

const person = `SELECT user_id, name, email, password_hash, role, plan, disabled, created_at
  FROM people JOIN users ON users.id = people.user_id`;

const peopleQueries = (storage: Storage) => {
  const byId = storage.prepare<[string], PersonRow>(`${person} WHERE user_id = ?`);
  const byLogin = storage.prepare<[{ key: string }], PersonRow>(
    `${person} WHERE name_key = :key OR email_key = :key ORDER BY name_key = :key DESC LIMIT 1`,
  );
  const page = storage.prepare<[string, number], PersonRow>(
    `${person} WHERE user_id > ? ORDER BY user_id LIMIT ?`,
  );
  const accounts = storage.prepare<[], number>('SELECT count(*) FROM users').pluck();
  const otherAdmins = storage
    .prepare<[string], number>(
      `SELECT count(*) FROM users WHERE role = 'admin' AND disabled = 0 AND id <> ?`,
    )
    .pluck();
  const taken = storage
    .prepare<[{ key: string; user_id: string }], number>(
      'SELECT count(*) FROM people WHERE (name_key = :key OR email_key = :key) AND user_id <> :user_id',
    )
    .pluck();
  return {
    byId: (id: string) => byId.get(id),
    /** By account name or e-mail address. */
    byLogin: (login: string) => byLogin.get({ key: nameKey(login) }),
    /** In the order they were made, after the given id. */
    people: (after: string, limit: number) => page.all(after, limit),
    accounts: () => accounts.get() ?? 0,
    /** Admins who can sign in, without this one. */
    otherAdmins: (userId: string) => otherAdmins.get(userId) ?? 0,
    /** Names and addresses share one space: either is enough to sign in. */
    isLoginTaken: (login: string, exceptUserId: string) =>
      (taken.get({ key: nameKey(login), user_id: exceptUserId }) ?? 0) > 0,
  };
};

/** Prepared reads over accounts; writes to side tables happen inside commands. */
export const createUserQueries = (storage: Storage) => {
  const session = storage.prepare<[string], SessionRow>('SELECT * FROM sessions WHERE id = ?');
  const sessionsOf = storage.prepare<[string], DeviceRow>(
    `SELECT id, device, created_at, last_used_at, expires_at FROM sessions
     LEFT JOIN session_devices ON session_id = id WHERE user_id = ? ORDER BY id DESC`,
  );
  const lastSeen = storage
    .prepare<[string], number | null>(
      'SELECT max(last_used_at) FROM sessions JOIN session_devices ON session_id = id WHERE user_id = ?',
    )
    .pluck();
  const token = `SELECT api_tokens.*, api_token_secrets.name
    FROM api_tokens JOIN api_token_secrets ON token_id = id`;
  const tokenByHash = storage.prepare<[Buffer], TokenRow>(`${token} WHERE hash = ?`);
  const tokensOf = storage.prepare<[string], TokenRow>(`${token} WHERE user_id = ? ORDER BY id`);
  return {
    ...peopleQueries(storage),
    session: (id: string) => session.get(id),
    sessionsOf: (userId: string) => sessionsOf.all(userId),
    /** When a signed-in device was last heard of, in ms; null where none is signed in. */
    lastSeenAt: (userId: string) => lastSeen.get(userId) ?? null,
    tokenByHash: (hash: Buffer) => tokenByHash.get(hash),
    tokensOf: (userId: string) => tokensOf.all(userId),
  };
};
export type UserQueries = ReturnType<typeof createUserQueries>;
