import { z } from 'zod';
import { done, refuse } from '../kernel/command-bus.ts';
import { route, type Identity, type Route } from '../kernel/door.ts';
import { moment, pageLimit, pageOf, positionCursor } from '../kernel/lists.ts';
import type { Kernel } from '../kernel/kernel.ts';
import {
  adjustBody,
  balanceAt,
  creditAccount,
  creditsSpent,
  creditsState,
  transaction,
  type CreditsState,
} from './contract.ts';
import { creditsDecider } from './decider.ts';
import { creditsStream } from './events.ts';
import type { Ledger } from './ledger.ts';
import { nextPeriodAt } from './periods.ts';
import { creditsProblem } from './problems.ts';
import type { CreditsQueries } from './queries.ts';

const read = { role: 'guest', scope: 'read' } as const;
const adminRead = { role: 'admin', scope: 'read' } as const;
const admin = { role: 'admin', scope: 'admin' } as const;

const transactionsQuery = z.object({
  action: z.string().max(32).optional(),
  success: z.enum(['true', 'false']).optional(),
  from: moment.optional(),
  to: moment.optional(),
  limit: pageLimit,
  cursor: positionCursor.optional(),
});
const accountsQuery = z.object({ limit: pageLimit, cursor: z.string().max(64).default('') });
const spentQuery = z.object({ from: moment.optional(), to: moment.optional() });
const balanceQuery = z.object({ at: moment.optional() });
const userParams = z.object({ user_id: z.string() });
const transactionsPage = pageOf(transaction);
const accountsPage = pageOf(creditAccount);

export const creditsRoutes = (kernel: Kernel, queries: CreditsQueries, ledger: Ledger): Route[] => {
  const stateOf = (userId: string): CreditsState => {
    const account = queries.account(userId);
    if (!account) throw creditsProblem({ code: 'no_credit_account' });
    const { balance, reserved, plan } = account;
    const terms = queries.plan(plan);
    const unlimited = terms?.unlimited ?? false;
    const next = terms && !unlimited ? nextPeriodAt(terms.refill_period, kernel.clock.now()) : null;
    return {
      balance,
      available: balance - reserved,
      unlimited,
      plan,
      prices: {
        play: ledger.priceOf(userId, 'play'),
        extraction: ledger.priceOf(userId, 'extraction'),
        tts: ledger.priceOf(userId, 'tts'),
      },
      next_refill_at: next === null ? null : new Date(next).toISOString(),
    };
  };
  const known = (userId: string): string => {
    if (!queries.account(userId)) throw creditsProblem({ code: 'no_credit_account' });
    return userId;
  };
  const pageOf = (userId: string, query: z.output<typeof transactionsQuery>) => {
    const { action, success, from, to, limit, cursor } = query;
    return queries.transactions({
      user_id: userId,
      action,
      success: success === undefined ? undefined : success === 'true',
      from,
      to,
      limit,
      before: cursor,
    });
  };
  // Routes with a role are not reached without an identity.
  const self = (identity: Identity | null): string => known((identity as Identity).actor);
  const whole = { description: 'Balance, plan, prices, next refill', schema: creditsState };
  const list = { description: 'A page of transactions, newest first', schema: transactionsPage };
  const balanceThen = { description: 'The balance then', schema: balanceAt };
  const unknown = [{ status: 404, code: 'unknown_user' }] as const;

  return [
    route({
      method: 'GET',
      path: '/credits',
      summary: 'Own balance, plan, prices and next refill',
      access: read,
      answers: { 200: whole },
      handle: ({ identity }) => ({ status: 200, body: stateOf(self(identity)) }),
    }),
    route({
      method: 'GET',
      path: '/credits/transactions',
      summary: 'Own ledger, newest first',
      access: read,
      query: transactionsQuery,
      answers: { 200: list },
      handle: ({ identity, query }) => ({ status: 200, body: pageOf(self(identity), query) }),
    }),
    route({
      method: 'GET',
      path: '/credits/spent',
      summary: 'Own credits paid in a period',
      access: read,
      query: spentQuery,
      answers: { 200: { description: 'Their sum', schema: creditsSpent } },
      handle: ({ identity, query: { from, to } }) => ({
        status: 200,
        body: { spent: queries.spent(self(identity), from, to) },
      }),
    }),
    route({
      method: 'GET',
      path: '/credits/balance',
      summary: 'Own balance as of any moment, computed by replay',
      access: read,
      query: balanceQuery,
      answers: { 200: balanceThen },
      handle: ({ identity, query }) => ({
        status: 200,
        body: queries.balanceAt(self(identity), query.at ?? kernel.clock.now()),
      }),
    }),
    route({
      method: 'GET',
      path: '/admin/credits',
      summary: "Everybody's balance, in the order the accounts were made",
      access: adminRead,
      query: accountsQuery,
      answers: { 200: { description: 'A page of balances', schema: accountsPage } },
      handle: ({ query: { cursor, limit } }) => {
        const rows = queries.accounts(cursor, limit + 1);
        const items = rows.slice(0, limit).map(({ user_id, balance, reserved, plan }) => ({
          user_id,
          balance,
          available: balance - reserved,
          unlimited: queries.plan(plan)?.unlimited ?? false,
        }));
        const next_cursor = rows.length > limit ? (items.at(-1)?.user_id ?? null) : null;
        return { status: 200, body: { items, next_cursor, total: queries.accountCount() } };
      },
    }),
    route({
      method: 'GET',
      path: '/admin/credits/{user_id}',
      summary: "Anyone's balance, plan and next refill",
      access: adminRead,
      params: userParams,
      answers: { 200: whole },
      problems: unknown,
      handle: ({ params }) => ({ status: 200, body: stateOf(params.user_id) }),
    }),
    route({
      method: 'GET',
      path: '/admin/credits/{user_id}/transactions',
      summary: "Anyone's ledger",
      access: adminRead,
      params: userParams,
      query: transactionsQuery,
      answers: { 200: list },
      problems: unknown,
      handle: ({ params, query }) => ({ status: 200, body: pageOf(known(params.user_id), query) }),
    }),
    route({
      method: 'GET',
      path: '/admin/credits/{user_id}/balance',
      summary: "Anyone's balance as of any moment",
      access: adminRead,
      params: userParams,
      query: balanceQuery,
      answers: { 200: balanceThen },
      problems: unknown,
      handle: ({ params, query }) => ({
        status: 200,
        body: queries.balanceAt(known(params.user_id), query.at ?? kernel.clock.now()),
      }),
    }),
    route({
      method: 'POST',
      path: '/admin/users/{id}/credits',
      summary: 'Grant credits, or take them with a negative amount',
      access: admin,
      params: z.object({ id: z.string() }),
      body: adjustBody,
      answers: { 200: whole },
      problems: [...unknown, { status: 409, code: 'balance_below_zero' }],
      async handle({ command, params, body }) {
        const outcome = await kernel.bus.execute(command, (tx) => {
          const decision = tx.decide(creditsDecider, creditsStream(params.id), {
            type: 'AdjustCredits',
            ...body,
          });
          return decision.accepted ? done(null) : refuse(decision.reason);
        });
        if (!outcome.ok) throw creditsProblem(outcome.reason);
        return { status: 200, body: stateOf(params.id), position: outcome.position };
      },
    }),
  ];
};
