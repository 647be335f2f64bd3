import { Router } from '@koa/router';
import type { Context, Middleware, Next } from 'koa';
import type { Route } from '../../kernel/door.ts';
import { notFound, sendProblem } from './problem-reply.ts';
import type { RequestState } from './request-state.ts';

const prefix = '/api/v1';

/** Literal segments before parameters, so that the order of the modules decides nothing. */
const byPrecision = (a: Route, b: Route): number => {
  const key = (route: Route) =>
    route.path
      .split('/')
      .map((segment) => (segment.startsWith('{') ? '1' : '0'))
      .join('');
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
};

const routerPath = ({ path }: Route) =>
  `${prefix}${path.replace(/\/$/, '')}`.replaceAll(/\{(\w+)\}/g, ':$1');

const allowed = (router: Router, path: string): string[] => {
  const methods = router.match(path, '').path.flatMap((layer) => layer.methods);
  return [...new Set(methods)].sort();
};

/** Answers what no route took: 405 where the path has other methods, else 404. */
const refuseUnknown =
  (router: Router) =>
  async (ctx: Context, next: Next): Promise<void> => {
    const { requestId } = ctx.state as RequestState;
    const methods = allowed(router, ctx.path);
    if (methods.length === 0) {
      await next();
      return;
    }
    ctx.set('Allow', methods.join(', '));
    if (ctx.method === 'OPTIONS') {
      ctx.status = 204;
      return;
    }
    const detail = `This address takes ${methods.join(', ')}.`;
    sendProblem(
      ctx,
      { status: 405, code: 'method_not_allowed', title: 'Method not allowed', detail },
      requestId,
    );
  };

export type Root = {
  readonly path: string;
  readonly answer: (ctx: Context) => void | Promise<void>;
};

/** All addresses of programs. What it does not know is left to the next. */
export const createApiRouter = (
  routes: readonly Route[],
  handler: (route: Route) => (ctx: Context) => Promise<void>,
  roots: readonly Root[],
): Middleware[] => {
  const router = new Router();
  for (const { path, answer } of roots)
    router.get(path, (ctx) => answer(ctx as unknown as Context));
  for (const route of [...routes].sort(byPrecision)) {
    if (route.path.includes('{') && !route.params) {
      throw new Error(`${route.method} ${route.path} has parameters and no schema for them`);
    }
    const handle = handler(route);
    router.register(routerPath(route), [route.method], (ctx) => handle(ctx));
  }
  return [router.routes() as unknown as Middleware, refuseUnknown(router)];
};

export const refuseRest = (ctx: Context): void =>
  sendProblem(ctx, notFound, (ctx.state as RequestState).requestId);
