import type { Authenticator, Identity } from '../../kernel/door.ts';

export type FakeAuthenticator = Authenticator & {
  /** token → identity; also MQTT: name and token. */
  readonly people: Map<string, Identity>;
  revoke(credential: string): void;
  roleChanged(actor: string): void;
  renamed(actor: string): void;
};

export const person = (name: string, more: Partial<Identity> = {}): Identity => ({
  actor: `id-of-${name}`,
  name,
  role: 'user',
  scopes: null,
  credential: `credential-of-${name}`,
  ...more,
});

/** Tokens are `<name>-token`. */
export const fakeAuthenticator = (...people: Identity[]): FakeAuthenticator => {
  const byToken = new Map(people.map((one) => [`${one.name}-token`, one]));
  const listeners: ((credential: string) => void)[] = [];
  const roleListeners: ((actor: string) => void)[] = [];
  const nameListeners: ((actor: string) => void)[] = [];
  return {
    people: byToken,
    accessCookie: 'encore_access',
    byToken: async (token) => byToken.get(token) ?? null,
    byMqttLogin: async (name, token) => {
      const one = byToken.get(token);
      return one?.name === name ? one : null;
    },
    byAccountName: async (name) => byToken.get(`${name}-token`) ?? null,
    onRevoked: (listener) => void listeners.push(listener),
    revoke(credential) {
      for (const [token, one] of byToken) if (one.credential === credential) byToken.delete(token);
      for (const listener of listeners) listener(credential);
    },
    onRoleChanged: (listener) => void roleListeners.push(listener),
    roleChanged: (actor) => {
      for (const listener of roleListeners) listener(actor);
    },
    onRenamed: (listener) => void nameListeners.push(listener),
    renamed: (actor) => {
      for (const listener of nameListeners) listener(actor);
    },
  };
};
