import { z } from 'zod';
import { route, type Cookie, type Identity, type Route } from '../kernel/door.ts';
import { ProblemError } from '../kernel/problem.ts';
import { accessTokenSeconds } from './access-tokens.ts';
import { refreshTokenMs, toUser, type Accounts, type SignedInWithCookies } from './accounts.ts';
import type { ApiTokens } from './api-tokens.ts';
import { accessCookie } from './authenticator.ts';
import {
  apiToken,
  apiTokenBody,
  issuedApiToken,
  loginBody,
  providers,
  session,
  setupBody,
  signedIn,
  user,
  type User,
} from './contract.ts';
import { noSuchSession } from './problems.ts';
import type { UserQueries } from './side-tables.ts';

const refreshCookie = 'encore_refresh';

const nobody = { role: 'nobody', scope: 'read' } as const;
const self = { role: 'guest', scope: 'read' } as const;
const selfAdmin = { role: 'guest', scope: 'admin' } as const;

const cookiePair = (access: string, refresh: string): Cookie[] => [
  { name: accessCookie, value: access, path: '/', maxAgeMs: accessTokenSeconds * 1000 },
  // Sent to sign-in routes alone, so that no other request carries it.
  { name: refreshCookie, value: refresh, path: '/api/v1/auth', maxAgeMs: refreshTokenMs },
];

const signedInReply = (
  status: number,
  { answer, refreshToken, position }: SignedInWithCookies,
) => ({
  status,
  body: answer,
  cookies: cookiePair(answer.access_token, refreshToken),
  position,
});

export const userRoutes = (ports: {
  accounts: Accounts;
  apiTokens: ApiTokens;
  queries: UserQueries;
}): Route[] => {
  const { accounts, apiTokens, queries } = ports;
  const me = (identity: Identity | null): User | null => {
    const person = identity && queries.byId(identity.actor);
    return person ? toUser(person) : null;
  };
  const mine = (identity: Identity | null): User => {
    const person = me(identity);
    if (!person) throw noSuchSession();
    return person;
  };

  return [
    route({
      method: 'GET',
      path: '/auth/providers',
      summary: 'Ways to sign in, and whether this box still needs its first account',
      access: nobody,
      answers: { 200: { description: 'Sign-in ways', schema: providers } },
      handle: () => ({
        status: 200,
        body: { providers: ['password'], setup_required: accounts.setupRequired() },
      }),
    }),
    route({
      method: 'GET',
      path: '/auth/session',
      summary: 'Who is signed in, or null',
      access: nobody,
      answers: { 200: { description: 'The session', schema: session } },
      handle: ({ identity }) => ({ status: 200, body: { user: me(identity) } }),
    }),
    route({
      method: 'POST',
      path: '/auth/setup',
      summary: 'Make the first account, with the setup code',
      access: nobody,
      body: setupBody,
      answers: { 201: { description: 'The first admin, signed in', schema: signedIn } },
      problems: [
        { status: 403, code: 'wrong_setup_code' },
        { status: 409, code: 'setup_done' },
        { status: 429, code: 'too_many_guesses' },
      ],
      handle: async ({ command, body, address }) =>
        signedInReply(201, await accounts.setUp(command, body, address)),
    }),
    route({
      method: 'POST',
      path: '/auth/login',
      summary: 'Sign in with name or e-mail and password',
      access: nobody,
      body: loginBody,
      answers: { 200: { description: 'Signed in', schema: signedIn } },
      problems: [
        { status: 401, code: 'wrong_login' },
        { status: 429, code: 'too_many_guesses' },
      ],
      handle: async ({ command, body, address }) =>
        signedInReply(200, await accounts.signIn(command, body, address)),
    }),
    route({
      method: 'POST',
      path: '/auth/refresh',
      summary: 'New tokens for the refresh cookie; each is good once',
      access: nobody,
      answers: { 200: { description: 'Signed in', schema: signedIn } },
      problems: [{ status: 401, code: 'session_ended' }],
      handle: async ({ command, cookie }) =>
        signedInReply(200, await accounts.refresh(command, cookie(refreshCookie))),
    }),
    route({
      method: 'POST',
      path: '/auth/logout',
      summary: 'End this session',
      access: self,
      answers: { 204: { description: 'Signed out', schema: null } },
      handle: async ({ command, identity }) => {
        const position = identity && (await accounts.signOut(command, identity.credential));
        const cookies = cookiePair('', '').map((cookie) => ({ ...cookie, maxAgeMs: 0 }));
        return { status: 204, cookies, ...(position ? { position } : {}) };
      },
    }),
    route({
      method: 'GET',
      path: '/auth/me',
      summary: 'The own account',
      access: self,
      answers: { 200: { description: 'The account', schema: user } },
      handle: ({ identity }) => ({ status: 200, body: mine(identity) }),
    }),
    route({
      method: 'GET',
      path: '/auth/tokens',
      summary: 'Own API tokens, without their secrets',
      access: self,
      answers: { 200: { description: 'Tokens', schema: z.object({ items: z.array(apiToken) }) } },
      handle: ({ identity }) => ({
        status: 200,
        body: { items: apiTokens.list(mine(identity).id) },
      }),
    }),
    route({
      method: 'POST',
      path: '/auth/tokens',
      summary: 'Make an API token; it is shown in this answer only',
      access: selfAdmin,
      body: apiTokenBody,
      answers: { 201: { description: 'The token', schema: issuedApiToken } },
      problems: [
        { status: 403, code: 'bridge_is_for_admins' },
        { status: 409, code: 'token_shown_once' },
      ],
      handle: async ({ command, identity, body }) => {
        const issued = await apiTokens.issue(command, mine(identity).id, body);
        if (issued.secret === undefined) {
          throw new ProblemError({
            status: 409,
            code: 'token_shown_once',
            title: 'Already made',
            detail: 'This token was made and shown before. Revoke it and make a new one.',
          });
        }
        return {
          status: 201,
          body: { ...issued.token, token: issued.secret },
          position: issued.position,
        };
      },
    }),
    route({
      method: 'DELETE',
      path: '/auth/tokens/{id}',
      summary: 'Revoke an API token; what it opened closes at once',
      access: selfAdmin,
      params: z.object({ id: z.string() }),
      answers: { 204: { description: 'Revoked', schema: null } },
      problems: [{ status: 404, code: 'unknown_token' }],
      handle: async ({ command, identity, params }) => ({
        status: 204,
        position: await apiTokens.revoke(command, mine(identity).id, params.id),
      }),
    }),
  ];
};
