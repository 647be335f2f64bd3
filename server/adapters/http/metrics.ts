/** What a Prometheus server reads of the box. */
import type { Context, Middleware, Next } from 'koa';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Access } from '../../kernel/door.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Metric } from '../../kernel/metric.ts';
import type { Health } from './health-routes.ts';
import { registerMetrics } from './house-metrics.ts';

export const metricsAccess: Access = { role: 'admin', scope: 'read' };

/** Seconds: a press takes milliseconds, an upload minutes. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];

/** Seconds: a flash disk takes a fraction of a millisecond, a worn SD card a second. */
const commitBuckets = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1,
];

export type MetricsPorts = {
  readonly kernel: Kernel;
  readonly health: Health;
  readonly version: string;
  /** Name → how many are connected, such as `socket`. */
  readonly clients: () => Record<string, number>;
  /** Of the modules. */
  readonly metrics: readonly Metric[];
};

/** Asked by a program of this machine itself, not by a proxy on it for somebody else. */
export const isFromThisMachine = (ctx: Context): boolean => {
  const { headers, socket } = ctx.req;
  const isForwarded = Object.keys(headers).some((name) => /^(?:x-)?forwarded/.test(name));
  return !isForwarded && /^(?:::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
};

const ownMetrics = ({ kernel, health, version, clients }: MetricsPorts): Metric[] => [
  {
    kind: 'gauge',
    name: 'encore_info',
    help: 'The version that runs',
    label: 'version',
    read: () => ({ [version]: 1 }),
  },
  {
    kind: 'gauge',
    name: 'encore_log_position',
    help: 'Global position of the last event',
    read: () => kernel.log.head().position,
  },
  {
    kind: 'gauge',
    name: 'encore_part_ok',
    help: '1 while this part of readiness is in order, else 0',
    label: 'part',
    read: () =>
      Object.fromEntries(
        Object.entries(health()).map(([part, { state }]) => [part, state === 'ok' ? 1 : 0]),
      ),
  },
  {
    kind: 'gauge',
    name: 'encore_clients',
    help: 'Connected clients',
    label: 'door',
    read: clients,
  },
];

/** What the log itself takes, and how long the disk takes for it. */
const followLog = (kernel: Kernel, registers: Registry[]): void => {
  const events = new Counter({
    name: 'encore_events_total',
    help: 'Events committed since the start',
    labelNames: ['type'],
    registers,
  });
  const commits = new Histogram({
    name: 'encore_commit_duration_seconds',
    help: 'COMMIT of a transaction with events, until the disk has it',
    buckets: commitBuckets,
    registers,
  });
  kernel.bus.onCommitted((committed, commitMs) => {
    commits.observe(commitMs / 1000);
    for (const { type } of committed) events.inc({ type });
  });
};

export const createMetrics = (ports: MetricsPorts) => {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  registerMetrics(register, ports.kernel.bus, [...ownMetrics(ports), ...ports.metrics]);
  followLog(ports.kernel, registers);
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
