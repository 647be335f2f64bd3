import { z } from 'zod';
import { done, refuse } from '../kernel/command-bus.ts';
import { route, type Route } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { ProblemError } from '../kernel/problem.ts';
import { wholeList, wholeListOf } from '../kernel/lists.ts';
import { binding, bindingBody, bindingLimits, bindingPatch, testBody } from './contract.ts';
import { bindingDecider, type BindingCommand } from './decider.ts';
import { bindingStream, type Terms } from './events.ts';
import type { Decide, Firing } from './fire.ts';
import type { Notes } from './notes.ts';
import { bindingProblem } from './problems.ts';
import { present, type BindingQueries } from './queries.ts';
import type { CheckTerms } from './terms-check.ts';
import { usualDebounceMs } from './vendors.ts';

const read = { role: 'admin', scope: 'read' } as const;
const admin = { role: 'admin', scope: 'admin' } as const;
const params = z.object({ id: z.string() });
const unknown = { status: 404, code: 'unknown_binding' } as const;
const invalid = { status: 422, code: 'invalid_fields' } as const;

/** What was left out of a patch stays as it is. */
const given = (patch: z.output<typeof bindingPatch>): Partial<Terms> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));

export const bindingRoutes = (
  kernel: Kernel,
  ports: {
    queries: BindingQueries;
    notes: Notes;
    firing: Firing;
    decide: Decide;
    check: CheckTerms;
  },
): Route[] => {
  const { queries, notes, firing, check } = ports;

  const found = (id: string) => {
    const row = queries.find(id);
    if (!row) throw bindingProblem({ code: 'unknown_binding' });
    return row;
  };
  const shown = (id: string) => present(found(id), notes);
  const decided = async (...[request, command]: Parameters<Decide>) => {
    const outcome = await ports.decide(request, command);
    if (!outcome.ok) throw bindingProblem(outcome.reason);
    return outcome.position;
  };

  return [
    route({
      method: 'GET',
      path: '/admin/bindings',
      summary: 'What buttons, cards and knobs do, and when they were last heard',
      access: read,
      answers: {
        200: {
          description: 'All of them, in their order',
          schema: wholeListOf(binding),
        },
      },
      handle: () => ({
        status: 200,
        body: wholeList(queries.all().map((row) => present(row, notes))),
      }),
    }),
    route({
      method: 'POST',
      path: '/admin/bindings',
      summary: 'Bind MQTT messages to a command',
      access: admin,
      body: bindingBody,
      answers: { 201: { description: 'The binding', schema: binding } },
      problems: [invalid, { status: 409, code: 'too_many_bindings' }],
      async handle({ command: request, body }) {
        const { extract = null, owner_id = null, debounce_ms, order, ...rest } = body;
        const bindings = queries.all();
        const last = Math.max(-1, ...bindings.map(({ terms }) => terms.order));
        const terms: Terms = {
          ...rest,
          extract,
          owner_id,
          debounce_ms: debounce_ms ?? usualDebounceMs(body.filter),
          order: order ?? last + 1,
        };
        check(terms, terms);
        const outcome = await kernel.bus.execute(request, (tx) => {
          const binding_id = tx.newId();
          const command: BindingCommand = {
            type: 'Define',
            binding_id,
            terms,
            bindings: bindings.length,
            bindingsMax: bindingLimits.bindingsMax,
          };
          const decision = tx.decide(bindingDecider, bindingStream(binding_id), command);
          return decision.accepted ? done({ binding_id }) : refuse(decision.reason);
        });
        if (!outcome.ok) throw bindingProblem(outcome.reason);
        const { binding_id } = outcome.result;
        return { status: 201, body: shown(binding_id), position: outcome.position };
      },
    }),
    route({
      method: 'GET',
      path: '/admin/bindings/{id}',
      summary: 'One binding',
      access: read,
      params,
      answers: { 200: { description: 'The binding', schema: binding } },
      problems: [unknown],
      handle: ({ params: { id } }) => ({ status: 200, body: shown(id) }),
    }),
    route({
      method: 'PATCH',
      path: '/admin/bindings/{id}',
      summary: 'Change a binding',
      access: admin,
      params,
      body: bindingPatch,
      answers: { 200: { description: 'The binding', schema: binding } },
      problems: [unknown, invalid],
      async handle({ command, params: { id }, body }) {
        const terms = given(body);
        check(terms, { ...found(id).terms, ...terms });
        const position = await decided(command, { type: 'Redefine', binding_id: id, terms });
        return { status: 200, body: shown(id), position };
      },
    }),
    route({
      method: 'DELETE',
      path: '/admin/bindings/{id}',
      summary: 'Remove a binding',
      access: admin,
      params,
      answers: { 204: { description: 'Removed', schema: null } },
      problems: [unknown],
      handle: async ({ command, params: { id } }) => ({
        status: 204,
        position: await decided(command, { type: 'Remove', binding_id: id }),
      }),
    }),
    route({
      method: 'POST',
      path: '/admin/bindings/{id}/resume',
      summary: 'Let a binding go on that was paused because it set itself off',
      access: admin,
      params,
      answers: { 200: { description: 'The binding', schema: binding } },
      problems: [unknown, { status: 409, code: 'not_paused' }],
      async handle({ command, params: { id } }) {
        const position = await decided(command, { type: 'Resume', binding_id: id });
        return { status: 200, body: shown(id), position };
      },
    }),
    route({
      method: 'POST',
      path: '/admin/bindings/{id}/test',
      summary: 'Try a binding out: now, as a press would do it, and paid by whom it belongs to',
      access: admin,
      params,
      body: testBody,
      answers: { 200: { description: 'It has happened', schema: binding } },
      problems: [
        unknown,
        { status: 409, code: 'no_value' },
        { status: 409, code: 'not_enough_credits' },
        { status: 409, code: 'quiet_hours' },
      ],
      async handle({ params: { id }, body, command: { correlationId }, receivedAtMs }) {
        const row = found(id);
        const device = present(row, notes).device.name;
        const last = notes.get(id, '', 'value');
        const value = body?.value ?? (last === undefined ? null : (JSON.parse(last) as string));
        const occasion = { topic: null, device, press: null, value, test: true };
        const how = { receivedAtMs, ...(correlationId === undefined ? {} : { correlationId }) };
        const { performed, position } = await firing.fire(row, occasion, how);
        if (!performed.ok) throw new ProblemError(performed.problem);
        return { status: 200, body: shown(id), position };
      },
    }),
  ];
};
