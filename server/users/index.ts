import type { Module } from '../kernel/module.ts';
import type { Storage } from '../kernel/storage.ts';
import { openLedger, type Prices } from '../credits/index.ts';
import { createAccessTokens } from './access-tokens.ts';
import { createAccounts } from './accounts.ts';
import { createApiTokens } from './api-tokens.ts';
import { createAuthenticator } from './authenticator.ts';
import { createGuessLimit } from './guess-limit.ts';
import { usersProjection } from './projection.ts';
import { userRoutes } from './routes.ts';
import { createUserQueries, usersSideTables } from './side-tables.ts';

export { makeSetupCode } from './secrets.ts';

/** No account yet: whoever holds the setup code makes the first one. */
export const isNewBox = (storage: Storage): boolean => createUserQueries(storage).accounts() === 0;

export type UsersPorts = {
  /** Signs access tokens; 32 bytes or more. */
  readonly jwtSecret: string;
  /** Opens the way to the first account, and to nothing else. */
  readonly setupCode: () => string;
  readonly prices: Prices;
};

/** Accounts, sign-in, sessions and API tokens: who is at the door. */
export const users: Module<UsersPorts> = {
  name: 'users',
  projections: [usersProjection],
  sideTables: usersSideTables,
  setup(kernel, { jwtSecret, setupCode, prices }) {
    const queries = createUserQueries(kernel.storage);
    const accessTokens = createAccessTokens(jwtSecret);
    const authenticator = createAuthenticator({ queries, accessTokens, clock: kernel.clock });
    const accounts = createAccounts(kernel, {
      queries,
      accessTokens,
      guesses: createGuessLimit(kernel.clock),
      setupCode,
      ledger: openLedger(kernel, prices),
      sessionEnded: authenticator.revoke,
    });
    const apiTokens = createApiTokens(kernel, { queries, tokenEnded: authenticator.revoke });
    return { authenticator, routes: userRoutes({ accounts, apiTokens, queries }) };
  },
};
