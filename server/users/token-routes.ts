import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { wholeList, wholeListOf } from '../kernel/lists.ts';
import { selfAdmin, selfRead } from './accesses.ts';
import type { ApiTokens } from './api-tokens.ts';
import { apiToken, apiTokenBody, issuedApiToken } from './contract.ts';
import { shownOnce } from './problems.ts';
import { actorOf } from './sign-in-replies.ts';

export const tokenRoutes = (apiTokens: ApiTokens): Route[] => [
  route({
    method: 'GET',
    path: '/auth/tokens',
    summary: 'Own API tokens, without their secrets',
    access: selfRead,
    answers: { 200: { description: 'Tokens', schema: wholeListOf(apiToken) } },
    handle: ({ identity }) => ({
      status: 200,
      body: wholeList(apiTokens.list(actorOf(identity))),
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
      { status: 403, code: 'prefixes_are_for_admins' },
      { status: 409, code: 'token_shown_once' },
    ],
    handle: async ({ command, identity, body }) => {
      const issued = await apiTokens.issue(command, actorOf(identity), body);
      if (issued.secret === undefined) throw shownOnce('token');
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
      position: await apiTokens.revoke(command, actorOf(identity), params.id),
    }),
  }),
];
