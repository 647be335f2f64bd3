import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, Middleware, Next } from 'koa';
import sirv, { type RequestHandler } from 'sirv';

const yearS = 365 * 24 * 60 * 60;

/** These belong to programs: a wrong address there must not answer with a page. */
const reserved = /^\/(api|metrics|healthz|readyz|mqtt)(\/|$)/;

const cacheControl = (path: string): string =>
  // Vite puts the content's hash into the name.
  /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(path) ? `public, max-age=${yearS}, immutable` : 'no-cache';

const notBuilt =
  'The user interface is not built yet. "npm start" builds it; the API below /api/v1 works without it.\n';

const deliver = (handler: RequestHandler, ctx: Context): Promise<boolean> =>
  new Promise((resolve) => {
    // sirv trusts a range that ends before it begins; nothing in the UI needs ranges.
    delete ctx.req.headers.range;
    ctx.res.once('close', () => resolve(true));
    ctx.respond = false;
    handler(ctx.req, ctx.res, () => {
      ctx.respond = true;
      resolve(false);
    });
  });

/** The built UI, and its page for every address that the UI's own router knows. */
export const createStaticUi = (uiDir: string): Middleware => {
  let handler: RequestHandler | undefined;
  const built = () => {
    if (!handler && existsSync(join(uiDir, 'index.html'))) {
      handler = sirv(uiDir, {
        brotli: true,
        gzip: true,
        etag: true,
        single: true,
        setHeaders: (res, path) => res.setHeader('Cache-Control', cacheControl(path)),
      });
    }
    return handler;
  };
  return async (ctx: Context, next: Next) => {
    if ((ctx.method !== 'GET' && ctx.method !== 'HEAD') || reserved.test(ctx.path)) return next();
    const files = built();
    if (files) return (await deliver(files, ctx)) ? undefined : next();
    ctx.status = 503;
    ctx.type = 'text/plain';
    ctx.body = notBuilt;
  };
};
