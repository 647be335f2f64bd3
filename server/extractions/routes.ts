import { z } from 'zod';
import { route, type Identity, type Route } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { pageLimit, positionCursor } from '../kernel/lists.ts';
import { ProblemError } from '../kernel/problem.ts';
import {
  extraction,
  extractionBody,
  extractionDetail,
  extractionPage,
  extractionStarted,
  extractionStatuses,
} from './contract.ts';
import type { Dispatcher } from './dispatcher.ts';
import { extractionStream } from './events.ts';
import type { Extractions } from './extractions.ts';
import { historyOf } from './history.ts';
import { urlFault } from './media-url.ts';
import { badUrl, extractionUnknown, notYours } from './problems.ts';
import type { ExtractionQueries } from './queries.ts';

const mayExtract = { role: 'user', scope: 'extract' } as const;
const mayRead = { role: 'user', scope: 'read' } as const;
const params = z.object({ id: z.string() });
const unknown = { status: 404, code: 'unknown_extraction' } as const;
const invalid = { status: 422, code: 'invalid_fields' } as const;
const unpaid = { status: 409, code: 'not_enough_credits' } as const;
const tooMany = { status: 409, code: 'too_many_extractions' } as const;

const listQuery = z.object({
  status: z.enum(extractionStatuses).optional(),
  /** Of somebody else: for admins. */
  user_id: z.string().optional(),
  everybody: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
  limit: pageLimit,
  cursor: positionCursor.optional(),
});

export const extractionRoutes = (
  kernel: Kernel,
  ports: { extractions: Extractions; dispatcher: Dispatcher; queries: ExtractionQueries },
): Route[] => {
  const { extractions, dispatcher, queries } = ports;
  // The door lets nobody in without an identity: these routes ask for a role.
  const known = (identity: Identity | null) => identity as Identity;

  const shown = (id: string, identity: Identity) => {
    const row = extractions.found(id, identity);
    if (!row) throw extractionUnknown();
    return dispatcher.shown(row);
  };

  return [
    route({
      method: 'POST',
      path: '/extractions/',
      summary: 'Make a sound of what is behind a link',
      access: mayExtract,
      body: extractionBody,
      answers: { 202: { description: 'Waits for its turn', schema: extractionStarted } },
      problems: [unpaid, tooMany, invalid],
      async handle({ body, command, identity }) {
        const { url, start_ms = 0, end_ms = null, sponsorblock } = body;
        const fault = urlFault(url);
        if (fault !== undefined) throw badUrl(fault);
        const wish = { url, start_ms: start_ms === 0 ? null : start_ms, end_ms, sponsorblock };
        const outcome = await extractions.request(command, wish);
        if (!outcome.ok) throw new ProblemError(outcome.reason);
        const { extraction_id, ...funds } = outcome.result;
        const job = shown(extraction_id, known(identity));
        return { status: 202, body: { ...job, ...funds }, position: outcome.position };
      },
    }),
    route({
      method: 'GET',
      path: '/extractions/',
      summary: 'Extractions, newest first; own ones, or those of others for admins',
      access: mayRead,
      query: listQuery,
      answers: { 200: { description: 'A page', schema: extractionPage } },
      handle({ query, ...request }) {
        const { actor, role } = known(request.identity);
        const { everybody, user_id = actor, status, limit, cursor: before } = query;
        if (role !== 'admin' && (everybody || user_id !== actor)) throw new ProblemError(notYours);
        const whose = everybody ? query.user_id : user_id;
        const running = dispatcher.running().map(({ id }) => id);
        const page = queries.list({ user_id: whose, status, limit, before }, running);
        const { rows, ...rest } = page;
        return { status: 200, body: { items: dispatcher.shownAll(rows), ...rest } };
      },
    }),
    route({
      method: 'GET',
      path: '/extractions/{id}',
      summary: 'One extraction with all that happened',
      access: mayRead,
      params,
      answers: { 200: { description: 'The job and its history', schema: extractionDetail } },
      problems: [unknown],
      handle({ params: { id }, identity }) {
        const job = shown(id, known(identity));
        const history = historyOf(kernel.log.readStream(extractionStream(id)));
        return { status: 200, body: { ...job, history } };
      },
    }),
    route({
      method: 'POST',
      path: '/extractions/{id}/retry',
      summary: 'Begin again what failed or was cancelled',
      access: mayExtract,
      params,
      answers: { 202: { description: 'Waits for its turn', schema: extraction } },
      problems: [unknown, { status: 409, code: 'not_to_be_retried' }, unpaid, tooMany],
      async handle({ params: { id }, command, identity }) {
        const outcome = await extractions.retry(command, known(identity), id);
        if (!outcome.ok) throw new ProblemError(outcome.reason);
        return { status: 202, body: shown(id, known(identity)), position: outcome.position };
      },
    }),
    route({
      method: 'POST',
      path: '/extractions/{id}/cancel',
      summary: 'Break off what waits or runs; nothing is charged unless the sound is there already',
      access: mayExtract,
      params,
      answers: {
        200: {
          description: 'Cancelled, or completed with the sound that was there already',
          schema: extraction,
        },
      },
      problems: [unknown, { status: 409, code: 'extraction_ended' }],
      async handle({ params: { id }, command, identity }) {
        const outcome = await extractions.cancel(command, known(identity), id);
        if (!outcome.ok) throw new ProblemError(outcome.reason);
        return { status: 200, body: shown(id, known(identity)), position: outcome.position };
      },
    }),
  ];
};
