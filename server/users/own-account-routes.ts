import { z } from 'zod';
import { route, type Identity, type Route } from '../kernel/door.ts';
import { wholeList, wholeListOf } from '../kernel/lists.ts';
import { selfAdmin, selfRead } from './accesses.ts';
import type { Accounts } from './accounts.ts';
import { account, confirmBody, deviceSession, ownChangesBody, passwordBody } from './contract.ts';
import { toAccount } from './people.ts';
import { noSuchSession } from './problems.ts';
import type { UserQueries } from './queries.ts';
import type { Sessions } from './sessions.ts';
import { actorOf } from './sign-in-replies.ts';

/** One's own account and signed-in devices. */
export const ownAccountRoutes = (ports: {
  accounts: Accounts;
  sessions: Sessions;
  queries: UserQueries;
}): Route[] => {
  const { accounts, sessions, queries } = ports;
  const mine = (identity: Identity | null) => {
    const person = identity && queries.byId(identity.actor);
    if (!person) throw noSuchSession();
    return toAccount(person);
  };
  const credentialOf = (identity: Identity | null) => identity?.credential ?? '';

  return [
    route({
      method: 'GET',
      path: '/auth/me',
      summary: 'The own account',
      access: selfRead,
      answers: { 200: { description: 'The account', schema: account } },
      handle: ({ identity }) => ({ status: 200, body: mine(identity) }),
    }),
    route({
      method: 'PATCH',
      path: '/auth/me',
      summary: 'Change the own name or e-mail address',
      access: selfAdmin,
      body: ownChangesBody,
      answers: { 200: { description: 'The account', schema: account } },
      problems: [
        { status: 409, code: 'name_taken' },
        { status: 409, code: 'email_taken' },
      ],
      async handle({ command, identity, body }) {
        const position = await accounts.change(command, actorOf(identity), body);
        return { status: 200, body: mine(identity), position };
      },
    }),
    route({
      method: 'POST',
      path: '/auth/me/password',
      summary: 'Set a new password; every other session ends',
      access: selfAdmin,
      body: passwordBody,
      answers: { 204: { description: 'Set', schema: null } },
      problems: [
        { status: 403, code: 'wrong_password' },
        { status: 429, code: 'too_many_guesses' },
      ],
      handle: async ({ command, identity, body }) => ({
        status: 204,
        position: await accounts.setPassword(
          command,
          actorOf(identity),
          credentialOf(identity),
          body,
        ),
      }),
    }),
    route({
      method: 'POST',
      path: '/auth/me/confirm',
      summary: 'Prove with the own password that it is the owner who is here',
      access: selfAdmin,
      body: confirmBody,
      answers: { 204: { description: 'It is', schema: null } },
      problems: [
        { status: 403, code: 'wrong_password' },
        { status: 409, code: 'no_password' },
        { status: 429, code: 'too_many_guesses' },
      ],
      async handle({ identity, body }) {
        await accounts.confirm(actorOf(identity), credentialOf(identity), body.password);
        return { status: 204 };
      },
    }),
    route({
      method: 'GET',
      path: '/auth/sessions',
      summary: 'Devices that are signed in, the latest first',
      access: selfRead,
      answers: {
        200: { description: 'Sessions', schema: wholeListOf(deviceSession) },
      },
      handle: ({ identity }) => ({
        status: 200,
        body: wholeList(sessions.list(actorOf(identity), credentialOf(identity))),
      }),
    }),
    route({
      method: 'DELETE',
      path: '/auth/sessions',
      summary: 'Sign out every device but this one',
      access: selfAdmin,
      answers: { 204: { description: 'Signed out', schema: null } },
      handle: async ({ command, identity }) => ({
        status: 204,
        position: await sessions.endOthers(command, actorOf(identity), credentialOf(identity)),
      }),
    }),
    route({
      method: 'DELETE',
      path: '/auth/sessions/{id}',
      summary: 'Sign out one device',
      access: selfAdmin,
      params: z.object({ id: z.string() }),
      answers: { 204: { description: 'Signed out', schema: null } },
      problems: [{ status: 404, code: 'unknown_session' }],
      handle: async ({ command, identity, params }) => ({
        status: 204,
        position: await sessions.end(command, actorOf(identity), params.id, 'revoked'),
      }),
    }),
  ];
};
