import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { moment, pageLimit, pageOf } from '../kernel/lists.ts';
import { ProblemError, type Problem } from '../kernel/problem.ts';
import { causeChain, recordedEvent } from './contract.ts';
import type { AuditQueries } from './queries.ts';
import { verificationsBusy, type VerifyStreams } from './verify-stream.ts';
import type { Why } from './why.ts';

const position = z
  .string()
  .regex(/^\d{1,15}$/, 'not a position')
  .transform(Number);
const eventsQuery = z.object({
  stream: z.string().optional(),
  type: z.string().optional(),
  actor: z.string().optional(),
  correlation_id: z.string().optional(),
  from: moment.optional(),
  to: moment.optional(),
  after: position.optional(),
  order: z.enum(['asc', 'desc']).default('desc'),
  limit: pageLimit,
  cursor: position.optional(),
});

const unknownEvent: Problem = {
  status: 404,
  code: 'unknown_event',
  title: 'No such event',
  detail: 'There is no event with this id.',
};

export const auditRoutes = ({
  queries,
  why,
  verifications,
}: {
  queries: AuditQueries;
  why: Why;
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
    handle({ query }) {
      const { stream, type, actor, correlation_id, from, to, order, limit, cursor } = query;
      const after = order === 'asc' ? (cursor ?? query.after) : query.after;
      const before = order === 'desc' ? cursor : undefined;
      const filter = { stream, type, actor, correlation_id, from, to, after, before };
      return { status: 200, body: queries.list({ ...filter, order, limit }) };
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
