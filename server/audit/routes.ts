import { z } from 'zod';
import { route, type Route } from '../kernel/door.ts';
import { recordedEvent } from './contract.ts';
import type { AuditQueries } from './queries.ts';

const position = z
  .string()
  .regex(/^\d{1,15}$/, 'not a position')
  .transform(Number);
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const eventsQuery = z.object({
  stream: z.string().optional(),
  type: z.string().optional(),
  actor: z.string().optional(),
  correlation_id: z.string().optional(),
  from: time.optional(),
  to: time.optional(),
  after: position.optional(),
  order: z.enum(['asc', 'desc']).default('desc'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: position.optional(),
});

export const auditRoutes = (queries: AuditQueries): Route[] => [
  route({
    method: 'GET',
    path: '/admin/audit/events',
    summary: 'The event log as stored, newest first',
    access: { role: 'admin', scope: 'read' },
    query: eventsQuery,
    answers: {
      200: {
        description: 'A page of events',
        schema: z.object({
          items: z.array(recordedEvent),
          next_cursor: z.string().nullable(),
          total: z.number().int(),
        }),
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
];
