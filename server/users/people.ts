import type { Storage } from '../kernel/storage.ts';
import type { Account, ManagedUser, User } from './contract.ts';
import { nameKey, type PersonRow, type UserQueries } from './queries.ts';

export type LoginRefusal = { code: 'name_taken' } | { code: 'email_taken' };

/** Where names and addresses are written and erased; called inside commands only. */
export const createPeople = (storage: Storage, queries: UserQueries) => {
  const insert = storage.prepare('INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)');
  const rename = storage.prepare('UPDATE people SET name = ?, name_key = ? WHERE user_id = ?');
  const setEmail = storage.prepare('UPDATE people SET email = ?, email_key = ? WHERE user_id = ?');
  const setPassword = storage.prepare('UPDATE people SET password_hash = ? WHERE user_id = ?');
  const erase = storage.prepare('DELETE FROM people WHERE user_id = ?');
  const eraseIdentities = storage.prepare('DELETE FROM identities WHERE user_id = ?');
  const emailKey = (email: string | null) => (email === null ? null : nameKey(email));

  return {
    /** Why these cannot be the account's; null when they can. */
    fault(
      userId: string,
      { name, email }: { name?: string | undefined; email?: string | null | undefined },
    ): LoginRefusal | null {
      if (name !== undefined && queries.isLoginTaken(name, userId)) return { code: 'name_taken' };
      if (typeof email === 'string' && queries.isLoginTaken(email, userId)) {
        return { code: 'email_taken' };
      }
      return null;
    },
    insert: (
      userId: string,
      name: string,
      email: string | null,
      passwordHash: string | null,
    ): void => void insert.run(userId, name, nameKey(name), email, emailKey(email), passwordHash),
    rename: (userId: string, name: string) => void rename.run(name, nameKey(name), userId),
    setEmail: (userId: string, email: string | null) =>
      void setEmail.run(email, emailKey(email), userId),
    setPassword: (userId: string, hash: string) => void setPassword.run(hash, userId),
    erase(userId: string) {
      erase.run(userId);
      eraseIdentities.run(userId);
    },
  };
};
export type People = ReturnType<typeof createPeople>;

export const toUser = ({ user_id, name, role, plan }: PersonRow): User => ({
  id: user_id,
  name,
  role,
  plan,
});

export const toAccount = (row: PersonRow): Account => ({
  ...toUser(row),
  email: row.email,
  has_password: row.password_hash !== null,
});

export const toManagedUser = (row: PersonRow, lastSeenAt: number | null): ManagedUser => ({
  ...toAccount(row),
  disabled: row.disabled === 1,
  created_at: new Date(row.created_at).toISOString(),
  last_seen_at: lastSeenAt === null ? null : new Date(lastSeenAt).toISOString(),
});
