import type { CommandRequest } from '../kernel/command-bus.ts';
import { route, type Identity, type Route } from '../kernel/door.ts';
import { nobody, selfAdmin } from './accesses.ts';
import type { Accounts } from './accounts.ts';
import {
  loginBody,
  providers,
  registerBody,
  session,
  setupBody,
  signedIn,
  type Provider,
} from './contract.ts';
import { toUser } from './people.ts';
import type { UserQueries } from './queries.ts';
import type { Registration } from './registration.ts';
import type { Sessions } from './sessions.ts';
import { refreshCookie, signedInReply, signOutCookies, type VisitorOf } from './sign-in-replies.ts';

/** Setting up, signing in and out. */
export const signInRoutes = (ports: {
  accounts: Accounts;
  sessions: Sessions;
  queries: UserQueries;
  registration: Registration;
  providers: readonly Provider[];
  visitorOf: VisitorOf;
}): Route[] => {
  const { accounts, sessions, queries, registration, visitorOf } = ports;
  const me = (identity: Identity | null) => {
    const person = identity && queries.byId(identity.actor);
    return person ? toUser(person) : null;
  };
  /** Of an API token nothing ends: it has no session. */
  const signOut = async (command: CommandRequest, identity: Identity | null) => {
    if (!identity || identity.scopes !== null) return {};
    const { actor, credential } = identity;
    return { position: await sessions.end(command, actor, credential, 'signed_out') };
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
        body: {
          providers: ['password', ...ports.providers],
          registration: registration.mode,
          setup_required: accounts.setupRequired(),
        },
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
      handle: async (request) =>
        signedInReply(
          201,
          await accounts.setUp(request.command, request.body, await visitorOf(request)),
        ),
    }),
    route({
      method: 'POST',
      path: '/auth/register',
      summary: 'Make an account for oneself, where that is open or with an invite',
      access: nobody,
      body: registerBody,
      answers: { 201: { description: 'The account, signed in', schema: signedIn } },
      problems: [
        { status: 403, code: 'registration_closed' },
        { status: 403, code: 'invite_needed' },
        { status: 403, code: 'invite_invalid' },
        { status: 409, code: 'setup_needed' },
        { status: 409, code: 'name_taken' },
        { status: 409, code: 'email_taken' },
        { status: 429, code: 'too_many_guesses' },
      ],
      handle: async (request) => {
        const visitor = await visitorOf(request);
        const made = await registration.register(request.command, request.body, visitor);
        return signedInReply(201, made);
      },
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
        { status: 403, code: 'account_disabled' },
        { status: 429, code: 'too_many_guesses' },
      ],
      handle: async (request) =>
        signedInReply(
          200,
          await accounts.signIn(request.command, request.body, await visitorOf(request)),
        ),
    }),
    route({
      method: 'POST',
      path: '/auth/refresh',
      summary: 'New tokens for the refresh cookie; each is good once',
      access: nobody,
      answers: { 200: { description: 'Signed in', schema: signedIn } },
      problems: [{ status: 401, code: 'session_ended' }],
      handle: async ({ command, cookie }) =>
        signedInReply(200, await sessions.refresh(command, cookie(refreshCookie))),
    }),
    route({
      method: 'POST',
      path: '/auth/logout',
      summary: 'End this session',
      access: selfAdmin,
      answers: { 204: { description: 'Signed out', schema: null } },
      handle: async ({ command, identity }) => ({
        status: 204,
        cookies: signOutCookies(),
        ...(await signOut(command, identity)),
      }),
    }),
  ];
};
