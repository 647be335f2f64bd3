import type { Context } from 'koa';
import type { HealthPart } from '../../kernel/module.ts';

export type Health = () => Readonly<Record<string, HealthPart>>;

const overall = (parts: readonly HealthPart[]): HealthPart['state'] => {
  if (parts.some(({ state }) => state === 'starting')) return 'starting';
  return parts.some(({ state }) => state === 'degraded') ? 'degraded' : 'ok';
};

const answer = (ctx: Context, status: number, body: unknown) => {
  ctx.status = status;
  ctx.set('Cache-Control', 'no-store');
  ctx.type = 'application/json';
  ctx.body = JSON.stringify(body);
};

export const sayAlive = (ctx: Context): void => answer(ctx, 200, { status: 'ok' });

/** Degraded is still ready: sound or a broker is missing, the rest works. */
export const sayReady =
  (health: Health) =>
  (ctx: Context): void => {
    const parts = health();
    const status = overall(Object.values(parts));
    answer(ctx, status === 'starting' ? 503 : 200, { status, parts });
  };
