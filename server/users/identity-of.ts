import type { Identity } from '../kernel/door.ts';
import type { Storage } from '../kernel/storage.ts';
import { createUserQueries } from './queries.ts';

/** Whoever is gone or switched off has no identity, and nothing is done in their name. */
export const createIdentityOf = (
  storage: Storage,
): ((userId: string, credential: string) => Identity | undefined) => {
  const queries = createUserQueries(storage);
  return (userId, credential) => {
    const person = queries.byId(userId);
    if (!person || person.disabled === 1) return undefined;
    const { user_id: actor, name, role } = person;
    return { actor, name, role, scopes: null, credential };
  };
};
