import { z } from 'zod';
import { route, type Cookie, type Route, type RouteReply } from '../kernel/door.ts';
import { ProblemError } from '../kernel/problem.ts';
import { wholeList, wholeListOf } from '../kernel/lists.ts';
import { nobody, selfAdmin, selfRead } from './accesses.ts';
import { linkedIdentity, provider } from './contract.ts';
import type { Identities } from './identities.ts';
import { noteMs } from './sealed-notes.ts';
import { actorOf, signInCookies, signInPath, type VisitorOf } from './sign-in-replies.ts';

const flowCookie = 'encore_flow';
const linkCookie = 'encore_link';
const params = z.object({ provider });
const redirect = { 303: { description: 'On to the next page', schema: null } };

const noteCookie = (name: string, value: string): Cookie => ({
  name,
  value,
  path: signInPath,
  maxAgeMs: noteMs,
});

/** To the page, which reads what happened from the fragment; fragments reach no log. */
const toPage = (fragment: string, cookies: Cookie[], position?: number): RouteReply => ({
  status: 303,
  headers: { Location: fragment === '' ? '/' : `/#${fragment}` },
  cookies: [noteCookie(flowCookie, ''), ...cookies],
  ...(position === undefined ? {} : { position }),
});

/** A person is on the way by links, not a program: problems go to the page too. */
const orToPage = async (reply: () => Promise<RouteReply>): Promise<RouteReply> => {
  try {
    return await reply();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return toPage(`sign_in_error=${error.problem.code}`, []);
  }
};

/** Sign-in with Google, GitHub or an OpenID Connect issuer, and what is linked. */
export const identityRoutes = (identities: Identities, visitorOf: VisitorOf): Route[] => [
  route({
    method: 'GET',
    path: '/auth/{provider}/authorize',
    summary: 'To the provider, to sign in or to prove an identity that is to be linked',
    access: nobody,
    params,
    query: z.object({ invite: z.string().min(1).max(64).optional() }),
    answers: redirect,
    handle: ({ params: { provider: to }, query }) =>
      orToPage(async () => {
        const { url, note } = await identities.begin(to, query.invite);
        const cookies = [noteCookie(flowCookie, note)];
        return { status: 303, headers: { Location: url }, cookies };
      }),
  }),
  route({
    method: 'GET',
    path: '/auth/{provider}/callback',
    summary: 'Back from the provider: signed in, or a link to confirm',
    access: nobody,
    params,
    // Whatever the provider sends is checked by the protocol.
    query: z.object({}).catchall(z.union([z.string(), z.array(z.string())])),
    answers: redirect,
    handle: (request) =>
      orToPage(async () => {
        const { command, identity, cookie, query } = request;
        const pairs = Object.entries(query).flatMap(([key, value]) =>
          [value].flat().map((one): [string, string] => [key, one]),
        );
        const arrived = await identities.arrive(command, {
          provider: request.params.provider,
          search: `?${new URLSearchParams(pairs).toString()}`,
          note: cookie(flowCookie),
          identity,
          visitor: await visitorOf(request),
        });
        if (arrived.kind === 'link') {
          const cookies = [noteCookie(linkCookie, arrived.note)];
          return toPage(`link=${request.params.provider}`, cookies);
        }
        return toPage('', signInCookies(arrived.signedIn), arrived.signedIn.position);
      }),
  }),
  route({
    method: 'GET',
    path: '/auth/identities',
    summary: 'Providers linked with the own account',
    access: selfRead,
    answers: {
      200: { description: 'Identities', schema: wholeListOf(linkedIdentity) },
    },
    handle: ({ identity }) => ({
      status: 200,
      body: wholeList(identities.list(actorOf(identity))),
    }),
  }),
  route({
    method: 'POST',
    path: '/auth/identities',
    summary: 'Confirm the link that was just proven in this browser',
    access: selfAdmin,
    answers: { 204: { description: 'Linked', schema: null } },
    problems: [
      { status: 409, code: 'sign_in_expired' },
      { status: 409, code: 'identity_taken' },
      { status: 409, code: 'provider_linked' },
    ],
    handle: async ({ command, identity, cookie }) => ({
      status: 204,
      position: await identities.confirm(command, actorOf(identity), cookie(linkCookie)),
      cookies: [noteCookie(linkCookie, '')],
    }),
  }),
  route({
    method: 'DELETE',
    path: '/auth/identities/{provider}',
    summary: 'Unlink a provider',
    access: selfAdmin,
    params,
    answers: { 204: { description: 'Unlinked', schema: null } },
    problems: [
      { status: 404, code: 'unknown_identity' },
      { status: 409, code: 'last_sign_in_way' },
    ],
    handle: async ({ command, identity, params: { provider: from } }) => ({
      status: 204,
      position: await identities.unlink(command, actorOf(identity), from),
    }),
  }),
];
