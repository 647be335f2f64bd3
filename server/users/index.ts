import type { Module } from '../kernel/module.ts';
import type { Storage } from '../kernel/storage.ts';
import { createAccessTokens } from './access-tokens.ts';
import { createAccounts } from './accounts.ts';
import { adminRoutes } from './admin-routes.ts';
import { createAdministration } from './administration.ts';
import { createApiTokens } from './api-tokens.ts';
import { createAuthenticator } from './authenticator.ts';
import { createGuessLimit } from './guess-limit.ts';
import { ownAccountRoutes } from './own-account-routes.ts';
import { createPeople } from './people.ts';
import { usersProjection } from './projection.ts';
import { createUserQueries } from './queries.ts';
import { createRegisterAccount, type PlanCodes } from './register-account.ts';
import { createSessions } from './sessions.ts';
import { usersSideTables } from './side-tables.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { tokenRoutes } from './token-routes.ts';

export { makeSetupCode } from './secrets.ts';

/** No account yet: whoever holds the setup code makes the first one. */
export const isNewBox = (storage: Storage): boolean => createUserQueries(storage).accounts() === 0;

export type UsersPorts = {
  /** Signs access tokens; 32 bytes or more. */
  readonly jwtSecret: string;
  /** Opens the way to the first account, and to nothing else. */
  readonly setupCode: () => string;
  readonly planCodes: PlanCodes;
};

/** Accounts, sign-in, sessions and API tokens: who is at the door. */
export const users: Module<UsersPorts> = {
  name: 'users',
  projections: [usersProjection],
  sideTables: usersSideTables,
  setup(kernel, { jwtSecret, setupCode, planCodes }) {
    const { storage, clock } = kernel;
    const queries = createUserQueries(storage);
    const people = createPeople(storage, queries);
    const accessTokens = createAccessTokens(jwtSecret);
    const authenticator = createAuthenticator({ queries, accessTokens, clock });
    const sessions = createSessions(kernel, {
      queries,
      accessTokens,
      revoked: authenticator.revoke,
    });
    const registerAccount = createRegisterAccount({ queries, people, planCodes });
    const shared = { queries, people, sessions, registerAccount };
    const guesses = createGuessLimit(clock);
    const accounts = createAccounts(kernel, { ...shared, guesses, setupCode });
    const administration = createAdministration(kernel, { ...shared, planCodes });
    const apiTokens = createApiTokens(kernel, { queries, tokenEnded: authenticator.revoke });
    return {
      authenticator,
      routes: [
        ...signInRoutes({ accounts, sessions, queries }),
        ...ownAccountRoutes({ accounts, sessions, queries }),
        ...tokenRoutes(apiTokens),
        ...adminRoutes(administration),
      ],
    };
  },
};
