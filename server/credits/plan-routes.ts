import { z } from 'zod';
import { done, refuse, type CommandRequest } from '../kernel/command-bus.ts';
import { route, type Route } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { wholeList, wholeListOf } from '../kernel/lists.ts';
import { plan, planBody, planPatch, type Plan } from './contract.ts';
import { planDecider, type PlanCommand } from './plan-decider.ts';
import { planStream, type PlanTerms } from './plan-events.ts';
import { planProblem } from './problems.ts';
import type { CreditsQueries } from './queries.ts';

const admin = { role: 'admin', scope: 'admin' } as const;
const codeParams = z.object({ code: z.string() });

/** What was left out of a patch stays as it is: undefined members must not overwrite. */
const given = (patch: z.output<typeof planPatch>): Partial<PlanTerms> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));

export const planRoutes = (kernel: Kernel, queries: CreditsQueries): Route[] => {
  const change = async (request: CommandRequest, command: PlanCommand): Promise<number> => {
    const outcome = await kernel.bus.execute(request, (tx) => {
      const decision = tx.decide(planDecider, planStream(command.code), command);
      return decision.accepted ? done(null) : refuse(decision.reason);
    });
    if (!outcome.ok) throw planProblem(outcome.reason);
    return outcome.position;
  };
  const planOf = (code: string): Plan => ({ code, ...(queries.plan(code) as PlanTerms) });

  return [
    route({
      method: 'GET',
      path: '/plans',
      summary: 'Plans: what an account gets and pays',
      access: { role: 'guest', scope: 'read' },
      answers: { 200: { description: 'Plans', schema: wholeListOf(plan) } },
      handle: () => ({ status: 200, body: wholeList(queries.plans()) }),
    }),
    route({
      method: 'POST',
      path: '/admin/plans',
      summary: 'Define a plan',
      access: admin,
      body: planBody,
      answers: { 201: { description: 'The plan', schema: plan } },
      problems: [{ status: 409, code: 'plan_exists' }],
      async handle({ command, body: { code, ...terms } }) {
        const position = await change(command, {
          type: 'DefinePlan',
          code,
          terms,
        });
        return { status: 201, body: planOf(code), position };
      },
    }),
    route({
      method: 'PATCH',
      path: '/admin/plans/{code}',
      summary: 'Set terms of a plan; they hold from now on',
      access: admin,
      params: codeParams,
      body: planPatch,
      answers: { 200: { description: 'The plan', schema: plan } },
      problems: [{ status: 404, code: 'unknown_plan' }],
      async handle({ command, params: { code }, body }) {
        const position = await change(command, { type: 'SetTerms', code, terms: given(body) });
        return { status: 200, body: planOf(code), position };
      },
    }),
    route({
      method: 'DELETE',
      path: '/admin/plans/{code}',
      summary: 'Retire a plan that nobody has any more',
      access: admin,
      params: codeParams,
      answers: { 204: { description: 'Retired', schema: null } },
      problems: [
        { status: 404, code: 'unknown_plan' },
        { status: 409, code: 'plan_needed' },
        { status: 409, code: 'plan_in_use' },
      ],
      handle: async ({ command, params: { code } }) => ({
        status: 204,
        position: await change(command, {
          type: 'RetirePlan',
          code,
          users: queries.planUsers(code),
        }),
      }),
    }),
  ];
};
