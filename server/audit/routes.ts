import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { moment, pageLimit, pageOf } from '../kernel/lists.ts';
import { ProblemError, type Problem } from '../kernel/problem.ts';
import { causeChain, eventDensity, pastState, recordedEvent } from './contract.ts';
import type { LogTimes } from './log-times.ts';
import type { PastLook } from './past-look.ts';
import { pastBusy } from './past-states.ts';
import type { AuditQueries } from './queries.ts';
import { verificationsBusy, type VerifyStreams } from './verify-stream.ts';
import type { Why } from './why.ts';

const position = z
  .string()
  .regex(/^\d{1,15}$/, 'not a position')
  .transform(Number);
const eventsQuery = z.object({
  stream: z.string().optional(),
  /** Repeatable: any of them. */
  type: z.union([z.string(), z.array(z.string()).max(200)]).optional(),
  actor: z.string().optional(),
  correlation_id: z.string().optional(),
  from: moment.optional(),
  to: moment.optional(),
  /** The log as it was at this moment. */
  at: moment.optional(),
  after: position.optional(),
  order: z.enum(['asc', 'desc']).default('desc'),
  limit: pageLimit,
  cursor: position.optional(),
});

const densityQuery = z.object({ buckets: z.coerce.number().int().min(1).max(500).default(120) });

const stateQuery = z
  .object({ at: moment.optional(), position: position.optional() })
  .refine(({ at, position: asked }) => (at === undefined) !== (asked === undefined), {
    path: ['at'],
    message: 'give either at, a time, or position, that of an event',
  });

const typesOf = (type: string | string[] | undefined) =>
  type === undefined ? undefined : JSON.stringify(typeof type === 'string' ? [type] : type);

const unknownEvent: Problem = {
  status: 404,
  code: 'unknown_event',
  title: 'No such event',
  detail: 'There is no event with this id.',
};

export const auditRoutes = ({
  queries,
  why,
  times,
  past,
  verifications,
}: {
  queries: AuditQueries;
  why: Why;
  times: LogTimes;
  past: PastLook;
  verifications: VerifyStreams;
}): Route[] => [
  route({
    method: 'GET',
    path: '/admin/audit/events',
    summary: 'The event log as stored, newest first',
    access: { role: 'admin', scope: 'read' },
    query: eventsQuery,
    answers: {
      200: {
        description: 'A page of events',
        schema: pageOf(recordedEvent),
      },
    },
    async handle({ query }) {
      const { stream, type, actor, correlation_id, from, to, order, limit, cursor } = query;
      const after = order === 'asc' ? (cursor ?? query.after) : query.after;
      const then = query.at === undefined ? undefined : times.positionAt(query.at) + 1;
      const before = order === 'desc' ? (cursor ?? then) : then;
      const types = typesOf(type);
      const filter = { stream, types, actor, correlation_id, from, to, after, before };
      return { status: 200, body: await queries.list({ ...filter, order, limit }) };
    },
  }),
  route({
    method: 'GET',
    path: '/admin/audit/density',
    summary: 'How many events there were, over all of the log’s time',
    access: { role: 'admin', scope: 'read' },
    query: densityQuery,
    answers: { 200: { description: 'Counts of equally long pieces', schema: eventDensity } },
    handle: ({ query }) => ({ status: 200, body: times.density(query.buckets) }),
  }),
  route({
    method: 'GET',
    path: '/admin/audit/state',
    summary: 'How the house stood at a time or after an event, replayed from the log',
    access: { role: 'admin', scope: 'read' },
    query: stateQuery,
    answers: { 200: { description: 'Balances, voices and players of then', schema: pastState } },
    problems: [pastBusy],
    async handle({ query }) {
      const asked = query.position ?? times.positionAt(query.at ?? Infinity);
      return { status: 200, body: await past(Math.min(asked, times.head())) };
    },
  }),
  route({
    method: 'GET',
    path: '/admin/audit/verify',
    summary: 'Proves log, read models and ledgers: JSON lines, the last one with the verdict',
    access: { role: 'admin', scope: 'read' },
    answers: {
      200: {
        description:
          'application/x-ndjson: {"checked", "of"} a few times a second, then one {"verdict", "head", "position", "fault"?}',
        schema: null,
      },
    },
    problems: [verificationsBusy],
    handle: () => ({
      status: 200,
      headers: { 'Content-Type': 'application/x-ndjson' },
      body: verifications.open(),
    }),
  }),
  route({
    method: 'GET',
    path: '/admin/audit/why/{event_id}',
    summary: 'The cause chain of an event, from press to sound, with times',
    access: { role: 'admin', scope: 'read' },
    params: z.object({ event_id: z.string() }),
    answers: { 200: { description: 'The chain, first cause first', schema: causeChain } },
    problems: [unknownEvent],
    handle({ params }) {
      const chain = why(params.event_id);
      if (!chain) throw new ProblemError(unknownEvent);
      return { status: 200, body: chain };
    },
  }),
];
