import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { pageLimit, pageOf } from '../kernel/lists.ts';
import { adminOnly, adminRead } from './accesses.ts';
import type { Administration } from './administration.ts';
import {
  madePassword,
  managedUser,
  newUserBody,
  resetPasswordBody,
  userChangesBody,
} from './contract.ts';

const params = z.object({ id: z.string() });
const unknownUser = { status: 404, code: 'unknown_user' } as const;
const lastAdmin = { status: 409, code: 'last_admin' } as const;
const unknownPlan = { status: 422, code: 'unknown_plan' } as const;

const pageQuery = z.object({
  limit: pageLimit,
  cursor: z.string().max(64).default(''),
});

/** Everybody's accounts, for admins. */
export const adminRoutes = (administration: Administration): Route[] => [
  route({
    method: 'GET',
    path: '/admin/users',
    summary: 'All accounts, in the order they were made',
    access: adminRead,
    query: pageQuery,
    answers: {
      200: {
        description: 'A page of accounts',
        schema: pageOf(managedUser),
      },
    },
    handle: ({ query }) => ({
      status: 200,
      body: administration.list(query.cursor, query.limit),
    }),
  }),
  route({
    method: 'POST',
    path: '/admin/users',
    summary: 'Make an account',
    access: adminOnly,
    body: newUserBody,
    answers: { 201: { description: 'The account', schema: managedUser } },
    problems: [
      { status: 409, code: 'name_taken' },
      { status: 409, code: 'email_taken' },
      unknownPlan,
    ],
    async handle({ command, body }) {
      const { user, position } = await administration.add(command, body);
      return { status: 201, body: user, position };
    },
  }),
  route({
    method: 'GET',
    path: '/admin/users/{id}',
    summary: 'One account',
    access: adminRead,
    params,
    answers: { 200: { description: 'The account', schema: managedUser } },
    problems: [unknownUser],
    handle: ({ params: { id } }) => ({ status: 200, body: administration.find(id) }),
  }),
  route({
    method: 'PATCH',
    path: '/admin/users/{id}',
    summary: 'Change role, plan or whether the account is disabled',
    access: adminOnly,
    params,
    body: userChangesBody,
    answers: { 200: { description: 'The account', schema: managedUser } },
    problems: [unknownUser, lastAdmin, unknownPlan],
    async handle({ command, params: { id }, body }) {
      const { user, position } = await administration.change(command, id, body);
      return { status: 200, body: user, position };
    },
  }),
  route({
    method: 'POST',
    path: '/admin/users/{id}/password',
    summary: "Set somebody's new password, or have one made; their sessions end, their tokens stay",
    access: adminOnly,
    params,
    body: resetPasswordBody,
    answers: {
      200: { description: 'The password that was made, shown once', schema: madePassword },
      204: { description: 'Set', schema: null },
    },
    problems: [
      unknownUser,
      { status: 409, code: 'own_password' },
      { status: 409, code: 'password_shown_once' },
    ],
    async handle({ command, params: { id }, body }) {
      const { made, position } = await administration.setPassword(command, id, body);
      return made === undefined
        ? { status: 204, position }
        : { status: 200, body: { password: made }, position };
    },
  }),
  route({
    method: 'DELETE',
    path: '/admin/users/{id}',
    summary: 'Forget a person: all personal data is erased, the history keeps an id',
    access: adminOnly,
    params,
    answers: { 204: { description: 'Forgotten', schema: null } },
    problems: [unknownUser, lastAdmin],
    handle: async ({ command, params: { id } }) => ({
      status: 204,
      position: await administration.forget(command, id),
    }),
  }),
];
