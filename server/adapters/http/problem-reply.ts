import { STATUS_CODES } from 'node:http';
import type { Context } from 'koa';
import { z } from 'zod';
import type { Problem } from '../../kernel/problem.ts';

/** HTTP has a few more statuses than the domain's problems. */
export type HttpProblem = Omit<Problem, 'status'> & { readonly status: number };

/** RFC 9457 with our members; further ones depend on the code. */
export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    request_id: z.string(),
  })
  .meta({ id: 'Problem' });

export const problemType = 'application/problem+json';

export const problemBody = (problem: HttpProblem, requestId: string): string =>
  JSON.stringify({
    ...problem.extra,
    type: `urn:encore:problem:${problem.code}`,
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
    ...(problem.errors && { errors: problem.errors }),
    request_id: requestId,
  });

/** Seconds to wait, where the problem does not say: `extra.retry_after_s`. */
const retryAfterDefaultS = 5;

/** What a status asks for besides its words. */
const statusHeaders = ({ status, extra }: HttpProblem): Record<string, string> => ({
  'Cache-Control': 'no-store',
  ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
  ...((status === 429 || status === 503) && {
    'Retry-After': String(Number(extra?.['retry_after_s'] ?? retryAfterDefaultS)),
  }),
});

export const sendProblem = (ctx: Context, problem: HttpProblem, requestId: string): void => {
  ctx.status = problem.status;
  const authenticate = ctx.response.get('WWW-Authenticate');
  ctx.set(statusHeaders(problem));
  if (authenticate) ctx.set('WWW-Authenticate', authenticate);
  ctx.body = problemBody(problem, requestId);
  ctx.set('Content-Type', problemType);
};

/** A whole response for connections that never became a request, or were to become something else. */
export const rawProblemResponse = (problem: HttpProblem, requestId: string): string => {
  const body = problemBody(problem, requestId);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? 'Error'}`,
    'Connection: close',
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    ...Object.entries(statusHeaders(problem)).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n');
};

export const notFound: HttpProblem = {
  status: 404,
  code: 'not_found',
  title: 'Not found',
  detail: 'There is nothing at this address.',
};
