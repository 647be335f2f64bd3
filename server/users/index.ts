import { openLedger, type Prices } from '../credits/index.ts';
import type { Module } from '../kernel/module.ts';
import type { Storage } from '../kernel/storage.ts';
import { createAccessTokens } from './access-tokens.ts';
import { createAccounts } from './accounts.ts';
import { adminRoutes } from './admin-routes.ts';
import { createAdministration } from './administration.ts';
import type { RegistrationMode } from './contract.ts';
import { createApiTokens } from './api-tokens.ts';
import { createAuthenticator } from './authenticator.ts';
import { createExpiry } from './expiry.ts';
import { createGuessLimit } from './guess-limit.ts';
import { createIdentities } from './identities.ts';
import { identityRoutes } from './identity-routes.ts';
import { invitesProjection } from './invite-projection.ts';
import { inviteRoutes } from './invite-routes.ts';
import { createInvites } from './invites.ts';
import { createKnownDevices } from './known-devices.ts';
import { ownAccountRoutes } from './own-account-routes.ts';
import { createPasswords, type PasswordCost } from './passwords.ts';
import { createPeople } from './people.ts';
import { peopleFeed } from './people-feed.ts';
import { usersProjection } from './projection.ts';
import { createProviderClient, type ProviderSettings } from './provider-clients.ts';
import { createUserQueries } from './queries.ts';
import { createRegisterAccount } from './register-account.ts';
import { createRegistration } from './registration.ts';
import { createSealedNotes } from './sealed-notes.ts';
import { createSessions } from './sessions.ts';
import { usersSideTables } from './side-tables.ts';
import { createVisitorOf } from './sign-in-replies.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { tokenRoutes } from './token-routes.ts';

export type { PasswordCost } from './passwords.ts';
export type { ProviderSettings } from './provider-clients.ts';
export { findAccounts } from './find-accounts.ts';
export { createIdentityOf } from './identity-of.ts';
export { personalWords } from './personal-words.ts';
export { makeSetupCode } from './secrets.ts';

/** No account yet: whoever holds the setup code makes the first one. */
export const isNewBox = (storage: Storage): boolean => createUserQueries(storage).accounts() === 0;

export type UsersPorts = {
  /** Signs access tokens; 32 bytes or more. */
  readonly jwtSecret: string;
  /** Opens the way to the first account, and to nothing else. */
  readonly setupCode: () => string;
  /** Of the ledger that every account gets. */
  readonly prices: Prices;
  readonly registration: RegistrationMode;
  /** Instead of the advised one: for tests. */
  readonly passwordCost: PasswordCost | undefined;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** Sign-in ways beside the password; each at most once. */
  readonly providers: readonly ProviderSettings[];
};

/** Accounts, sign-in, sessions and API tokens: who is at the door. */
export const users: Module<UsersPorts> = {
  name: 'users',
  projections: [usersProjection, invitesProjection],
  sideTables: usersSideTables,
  setup(kernel, ports) {
    const { jwtSecret, setupCode, publicUrl } = ports;
    const ledger = openLedger(kernel, ports.prices);
    const { planCodes } = ledger;
    const { storage, clock } = kernel;
    const queries = createUserQueries(storage);
    const people = createPeople(storage, queries);
    const accessTokens = createAccessTokens(jwtSecret);
    const knownDevices = createKnownDevices(jwtSecret);
    const visitorOf = createVisitorOf(knownDevices);
    const authenticator = createAuthenticator({ queries, accessTokens, clock });
    const sessions = createSessions(kernel, {
      queries,
      accessTokens,
      secret: jwtSecret,
      knownDevices,
      revoked: authenticator.revoke,
    });
    const registerAccount = createRegisterAccount({ queries, people, ledger });
    const passwords = createPasswords(ports.passwordCost);
    const shared = { queries, people, passwords, sessions, registerAccount };
    const guesses = createGuessLimit(clock);
    const accounts = createAccounts(kernel, {
      ...shared,
      guesses,
      setupCode,
      renamed: authenticator.renamed,
    });
    const invites = createInvites(kernel, { planCodes });
    const registration = createRegistration(kernel, {
      ...shared,
      mode: ports.registration,
      invites,
      guesses,
    });
    const clients = new Map(
      ports.providers.map((one) => [one.provider, createProviderClient(one)]),
    );
    const identities = createIdentities(kernel, {
      ...shared,
      clients,
      publicUrl,
      notes: createSealedNotes(jwtSecret),
      registration,
    });
    const administration = createAdministration(kernel, {
      ...shared,
      planCodes,
      roleChanged: authenticator.roleChanged,
    });
    const apiTokens = createApiTokens(kernel, { queries, tokenEnded: authenticator.revoke });
    const expiry = createExpiry(kernel, authenticator.revoke);
    return {
      authenticator,
      routes: [
        ...signInRoutes({
          accounts,
          sessions,
          queries,
          registration,
          providers: [...clients.keys()],
          visitorOf,
        }),
        ...ownAccountRoutes({ accounts, sessions, queries }),
        ...identityRoutes(identities, visitorOf),
        ...tokenRoutes(apiTokens),
        ...adminRoutes(administration),
        ...inviteRoutes(invites, publicUrl),
      ],
      feed: peopleFeed(queries),
      start: expiry.start,
      stop: expiry.stop,
    };
  },
};
