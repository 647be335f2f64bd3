import type { Authenticator, Identity } from '../kernel/door.ts';
import type { Clock } from '../kernel/ports.ts';
import type { AccessTokens } from './access-tokens.ts';
import { isApiToken, sha256 } from './secrets.ts';
import { nameKey, type PersonRow, type UserQueries } from './queries.ts';

export const accessCookie = 'encore_access';

/** Both sides of `Authenticator`: asked by the doors, told by accounts what has ended. */
export type RevocableAuthenticator = Authenticator & {
  revoke(credential: string): void;
  roleChanged(userId: string): void;
  renamed(userId: string): void;
};

export const createAuthenticator = (ports: {
  queries: UserQueries;
  accessTokens: AccessTokens;
  clock: Clock;
}): RevocableAuthenticator => {
  const { queries, accessTokens, clock } = ports;
  const revokedListeners: ((credential: string) => void)[] = [];
  const roleListeners: ((userId: string) => void)[] = [];
  const nameListeners: ((userId: string) => void)[] = [];

  const identityOf = (
    person: PersonRow,
    scopes: Identity['scopes'],
    credential: string,
  ): Identity => ({
    actor: person.user_id,
    name: person.name,
    role: person.role,
    scopes,
    credential,
  });

  const byApiToken = (token: string): Identity | null => {
    const row = queries.tokenByHash(sha256(token));
    if (!row) return null;
    if (row.expires_at !== null && Date.parse(row.expires_at) <= clock.now()) return null;
    const person = queries.byId(row.user_id);
    if (!person || person.disabled) return null;
    const mqtt = {
      kind: row.kind,
      prefixes: JSON.parse(row.prefixes) as string[],
      actAs: row.act_as === 1,
    };
    return { ...identityOf(person, new Set(JSON.parse(row.scopes) as string[]), row.id), mqtt };
  };

  return {
    accessCookie,
    async byToken(token) {
      if (isApiToken(token)) return byApiToken(token);
      const claims = await accessTokens.verify(token, clock.now());
      // A session that ended takes its access tokens along, before they expire.
      if (!claims || queries.session(claims.sessionId)?.user_id !== claims.userId) return null;
      const person = queries.byId(claims.userId);
      return person && !person.disabled ? identityOf(person, null, claims.sessionId) : null;
    },
    byMqttLogin(name, token) {
      const identity = isApiToken(token) ? byApiToken(token) : null;
      const allowed =
        identity?.scopes?.has('mqtt') === true && nameKey(identity.name) === nameKey(name);
      return Promise.resolve(allowed ? identity : null);
    },
    byAccountName(name) {
      const person = queries.byLogin(name);
      const named = person !== undefined && nameKey(person.name) === nameKey(name);
      return Promise.resolve(named && !person.disabled ? identityOf(person, null, 'named') : null);
    },
    onRevoked: (listener) => void revokedListeners.push(listener),
    revoke: (credential) => {
      for (const listener of revokedListeners) listener(credential);
    },
    onRoleChanged: (listener) => void roleListeners.push(listener),
    roleChanged: (userId) => {
      for (const listener of roleListeners) listener(userId);
    },
    onRenamed: (listener) => void nameListeners.push(listener),
    renamed: (userId) => {
      for (const listener of nameListeners) listener(userId);
    },
  };
};
