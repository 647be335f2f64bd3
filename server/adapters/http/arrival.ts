import type { Context, Middleware, Next } from 'koa';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Logger } from '../../kernel/logger.ts';
import { problemOf, unexpectedFault } from '../door/problems.ts';
import { httpLimits } from './limits.ts';
import { sendProblem } from './problem-reply.ts';
import type { RequestState } from './request-state.ts';

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html encore-worker',
].join('; ');

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

const logRequest = (logger: Logger, ctx: Context, state: RequestState, ms: number) => {
  // Whoever waits for readiness asks often, and is told by the answer.
  const isProbe = ctx.path === '/readyz';
  const level = ctx.status >= 500 && !isProbe ? 'warn' : ctx.method === 'GET' ? 'debug' : 'info';
  logger[level](
    {
      request_id: state.requestId,
      method: ctx.method,
      // Never the query: it may hold what only its sender should know.
      path: ctx.path,
      status: ctx.status,
      ms: Math.round(ms * 10) / 10,
      actor: state.actor ?? null,
    },
    'request',
  );
};

const answerFault = (logger: Logger, ctx: Context, state: RequestState, error: unknown) => {
  const problem = problemOf(error);
  if (!problem)
    logger.error({ request_id: state.requestId, err: error }, 'a request failed unexpectedly');
  else if (problem.status === 503)
    logger.warn({ request_id: state.requestId, err: error }, problem.title);
  sendProblem(ctx, problem ?? unexpectedFault, state.requestId);
};

/** The outermost layer: names the request, times it, answers every fault, writes the log line. */
export const createArrival = (kernel: Kernel, logger: Logger): Middleware => {
  const { clock, ids } = kernel;
  return async (ctx: Context, next: Next) => {
    const state: RequestState = Object.assign(ctx.state, {
      receivedAtMs: clock.monotonic(),
      requestId: ids(),
    });
    ctx.set({ ...securityHeaders, 'X-Request-Id': state.requestId });
    try {
      if (ctx.url.length > httpLimits.urlCharactersMax) {
        const detail = `The address may have at most ${httpLimits.urlCharactersMax} characters.`;
        sendProblem(
          ctx,
          { status: 414, code: 'url_too_long', title: 'Address too long', detail },
          state.requestId,
        );
      } else await next();
    } catch (error) {
      answerFault(logger, ctx, state, error);
    }
    logRequest(logger, ctx, state, clock.monotonic() - state.receivedAtMs);
  };
};
