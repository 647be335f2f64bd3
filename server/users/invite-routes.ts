import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { pageLimit, pageOf } from '../kernel/lists.ts';
import { adminOnly, adminRead } from './accesses.ts';
import { invite, inviteBody, issuedInvite } from './contract.ts';
import type { Invites } from './invites.ts';
import { shownOnce } from './problems.ts';

const pageQuery = z.object({
  limit: pageLimit,
  cursor: z.string().max(64).optional(),
});

/** `publicUrl` has no slash at its end. */
export const inviteRoutes = (invites: Invites, publicUrl: string): Route[] => [
  route({
    method: 'GET',
    path: '/admin/invites',
    summary: 'Invites, the newest first, without their codes',
    access: adminRead,
    query: pageQuery,
    answers: {
      200: {
        description: 'A page of invites',
        schema: pageOf(invite),
      },
    },
    handle: ({ query }) => ({ status: 200, body: invites.list(query.cursor, query.limit) }),
  }),
  route({
    method: 'POST',
    path: '/admin/invites',
    summary: 'Invite somebody; the link is shown in this answer only',
    access: adminOnly,
    body: inviteBody,
    answers: { 201: { description: 'The invite with its link', schema: issuedInvite } },
    problems: [
      { status: 409, code: 'invite_shown_once' },
      { status: 422, code: 'unknown_plan' },
      { status: 422, code: 'expiry_passed' },
    ],
    async handle({ command, body }) {
      const issued = await invites.issue(command, body);
      if (issued.code === undefined) throw shownOnce('invite');
      const link = `${publicUrl}/#invite=${issued.code}`;
      return { status: 201, body: { ...issued.invite, link }, position: issued.position };
    },
  }),
  route({
    method: 'DELETE',
    path: '/admin/invites/{id}',
    summary: 'Take an invite back',
    access: adminOnly,
    params: z.object({ id: z.string() }),
    answers: { 204: { description: 'Revoked', schema: null } },
    problems: [
      { status: 404, code: 'unknown_invite' },
      { status: 409, code: 'invite_used' },
    ],
    handle: async ({ command, params }) => ({
      status: 204,
      position: await invites.revoke(command, params.id),
    }),
  }),
];
