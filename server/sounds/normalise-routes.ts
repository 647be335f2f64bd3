import { z } from 'zod';
import { route, type Route, type RouteReply } from '../kernel/door.ts';
import type { CommandRequest } from '../kernel/command-bus.ts';
import { ProblemError } from '../kernel/problem.ts';
import { normalizationJob, normalizationReport, normalizedIdsMax, soundType } from './contract.ts';
import type { BatchOf, NormalisationQueries } from './normalisation-queries.ts';
import { neverNormalised, notNormalising } from './normalise-problems.ts';
import type { Normaliser } from './normaliser.ts';

const mayNormalise = { role: 'admin', scope: 'library' } as const;

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');

const query = z.object({
  /** Also sounds that are normalised in this way already. */
  force: flag,
  /** Faster, and only near the target. */
  one_pass: flag,
});

const answers = {
  202: { description: 'Begun; progress comes on the feed', schema: normalizationJob },
};
const running = { status: 409, code: 'normalization_running' } as const;

export const normaliseRoutes = (ports: {
  normaliser: Normaliser;
  queries: NormalisationQueries;
}): Route[] => {
  const { normaliser, queries } = ports;

  const begin = async (
    { command, query }: { command: CommandRequest; query: { force: boolean; one_pass: boolean } },
    of: BatchOf,
  ): Promise<RouteReply> => {
    const outcome = await normaliser.start(command, { of, ...query });
    if (!outcome.ok) throw new ProblemError(outcome.reason);
    return { status: 202, body: outcome.result, position: outcome.position };
  };

  return [
    route({
      method: 'GET',
      path: '/sounds/normalize',
      summary: 'The normalisation that runs, or the last one',
      access: { role: 'admin', scope: 'read' },
      answers: { 200: { description: 'The job with its failures', schema: normalizationReport } },
      problems: [{ status: 404, code: 'never_normalized' }],
      handle() {
        const report = queries.last();
        if (!report) throw new ProblemError(neverNormalised);
        return { status: 200, body: report };
      },
    }),
    route({
      method: 'POST',
      path: '/sounds/normalize/all',
      summary: 'Make all sounds equally loud',
      access: mayNormalise,
      query,
      answers,
      problems: [running],
      handle: (request) => begin(request, { kind: 'all' }),
    }),
    route({
      method: 'POST',
      path: '/sounds/normalize/type/{type}',
      summary: 'Make all sounds of a type equally loud',
      access: mayNormalise,
      params: z.object({ type: soundType }),
      query,
      answers,
      problems: [running],
      handle: (request) => begin(request, { kind: 'type', type: request.params.type }),
    }),
    route({
      method: 'POST',
      path: '/sounds/normalize',
      summary: 'Make picked sounds equally loud; what is not in the library is left out',
      access: mayNormalise,
      query,
      body: z.object({ sound_ids: z.array(z.string().max(100)).min(1).max(normalizedIdsMax) }),
      answers,
      problems: [running],
      handle: (request) => begin(request, { kind: 'picked', ...request.body }),
    }),
    route({
      method: 'POST',
      path: '/sounds/normalize/cancel',
      summary: 'Break off the normalisation; what is done stays',
      access: mayNormalise,
      answers: { 200: { description: 'The job at its end', schema: normalizationJob } },
      problems: [{ status: 409, code: 'normalization_not_running' }],
      async handle() {
        const job = await normaliser.cancel();
        if (!job) throw new ProblemError(notNormalising);
        return { status: 200, body: job };
      },
    }),
    route({
      method: 'POST',
      path: '/sounds/normalize/{id}',
      summary: 'Normalise one sound',
      access: mayNormalise,
      params: z.object({ id: z.string() }),
      query,
      answers,
      problems: [
        { status: 404, code: 'unknown_sound' },
        { status: 409, code: 'sound_missing' },
        running,
      ],
      handle: (request) => begin(request, { kind: 'sound', sound_id: request.params.id }),
    }),
  ];
};
