/** What a Prometheus server reads of the box. */
import type { Context, Middleware, Next } from 'koa';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Access } from '../../kernel/door.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Health } from './health-routes.ts';

export const metricsAccess: Access = { role: 'admin', scope: 'read' };

/** Seconds: a press takes milliseconds, an upload minutes. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];

export type MetricsPorts = {
  readonly kernel: Kernel;
  readonly health: Health;
  readonly version: string;
  /** Name → how many are connected, such as `socket`. */
  readonly clients: () => Record<string, number>;
};

/** Asked by a program of this machine itself, not by a proxy on it for somebody else. */
export const isFromThisMachine = (ctx: Context): boolean => {
  const { headers, socket } = ctx.req;
  const isForwarded = Object.keys(headers).some((name) => /^(?:x-)?forwarded/.test(name));
  return !isForwarded && /^(?:::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
};

export const createMetrics = ({ kernel, health, version, clients }: MetricsPorts) => {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const gauge = (name: string, help: string, label: string, read: () => Record<string, number>) =>
    register.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers: [],
        collect() {
          for (const [value, count] of Object.entries(read())) this.set({ [label]: value }, count);
        },
      }),
    );
  gauge('encore_info', 'The version that runs', 'version', () => ({ [version]: 1 }));
  register.registerMetric(
    new Gauge({
      name: 'encore_log_position',
      help: 'Global position of the last event',
      registers: [],
      collect() {
        this.set(kernel.log.head().position);
      },
    }),
  );
  gauge('encore_part_ok', '1 while this part of readiness is in order, else 0', 'part', () =>
    Object.fromEntries(
      Object.entries(health()).map(([part, { state }]) => [part, state === 'ok' ? 1 : 0]),
    ),
  );
  gauge('encore_clients', 'Connected clients', 'door', clients);
  const events = new Counter({
    name: 'encore_events_total',
    help: 'Events committed since the start',
    labelNames: ['type'],
    registers,
  });
  kernel.bus.onCommitted((committed) => {
    for (const { type } of committed) events.inc({ type });
  });
  const requests = new Histogram({
    name: 'encore_http_request_duration_seconds',
    help: 'From the arrival of a request until its answer is ready',
    labelNames: ['method', 'route', 'status'],
    buckets: durationBuckets,
    registers,
  });

  const observe: Middleware = async (ctx: Context, next: Next) => {
    const end = requests.startTimer();
    await next();
    const { _matchedRoute: route } = ctx as Context & { _matchedRoute?: string };
    // Never the path itself: ids and typing errors would make a series each.
    end({ method: ctx.method, route: route ?? 'other', status: ctx.status });
  };
  return {
    observe,
    async answer(ctx: Context): Promise<void> {
      ctx.set('Cache-Control', 'no-store');
      ctx.type = register.contentType;
      ctx.body = await register.metrics();
    },
  };
};
