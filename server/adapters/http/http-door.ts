/** The HTTP door: the modules' routes, health, the document that describes them, and the UI. */
import type { IncomingMessage, Server } from 'node:http';
import Koa, { type Context } from 'koa';
import type { Authenticator, Route } from '../../kernel/door.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Metric } from '../../kernel/metric.ts';
import { createAdmission } from './admission.ts';
import { apiDocs } from './api-docs.ts';
import { createApiRouter, refuseRest } from './api-router.ts';
import { createArrival } from './arrival.ts';
import { sayAlive, sayReady, type Health } from './health-routes.ts';
import { createMetrics, isFromThisMachine, metricsAccess } from './metrics.ts';
import { createNodeServer } from './node-server.ts';
import { openApiDocument } from './openapi.ts';
import { createRouteHandler } from './route-handler.ts';
import { createStaticUi } from './static-ui.ts';

export type HttpSettings = {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  /** Believe X-Forwarded-For, -Proto and -Host of one proxy in front. */
  readonly trustProxy: boolean;
  /** `auto`: where the request came by https. */
  readonly cookieSecure: 'auto' | boolean;
  /** Path of the unix socket through which whoever may open it is the house itself; null: none. */
  readonly adminSocket: string | null;
  /** The built UI; may be missing. */
  readonly uiDir: string;
};

export type HttpDoorOptions = {
  readonly routes: readonly Route[];
  readonly authenticator: Authenticator;
  readonly kernel: Kernel;
  readonly settings: HttpSettings;
  readonly health: Health;
  /** Other documents that describe the house, made when first asked: address → document. */
  readonly documents?: Readonly<Record<string, () => unknown>>;
  readonly version: string;
  /** Door → connected clients, for the metrics. */
  readonly clients: () => Record<string, number>;
  /** Of the modules. */
  readonly metrics: readonly Metric[];
  readonly logger: Logger;
  /** Checks every answer against its route's schemas: for tests and development. */
  readonly checkAnswers?: boolean;
};

export type HttpDoor = {
  /** For the WebSocket door, which takes its upgrades. */
  readonly server: Server;
  /** @throws the system's error, such as EADDRINUSE, as it is */
  start(): Promise<void>;
  /** No new connections; running requests may finish, for a bounded time. */
  stop(): Promise<void>;
};

const sayDocument = (make: () => unknown) => {
  let document: string | undefined;
  return (ctx: Context): void => {
    document ??= JSON.stringify(make());
    ctx.type = 'application/json';
    ctx.set('Cache-Control', 'no-cache');
    ctx.body = document;
  };
};

const createApp = (
  options: HttpDoorOptions,
  isLocal: (request: IncomingMessage) => boolean,
): Koa => {
  const { authenticator, kernel, logger, settings } = options;
  // Of X-Forwarded-For only the last entry is our proxy's own; the ones before anybody can send.
  const app = new Koa({ proxy: settings.trustProxy, maxIpsCount: 1, env: 'production' });
  app.on('error', (error: NodeJS.ErrnoException) => {
    logger.debug({ err: error }, 'an answer could not be delivered');
  });
  const admit = createAdmission(authenticator, settings, isLocal);
  const metrics = createMetrics(options);
  const handler = createRouteHandler({
    admit,
    settings,
    head: () => kernel.log.head().position,
    checkAnswers: options.checkAnswers ?? false,
  });
  // Around everything else: the status is the one that was sent.
  app.use(metrics.observe);
  app.use(createArrival(kernel, logger));
  const { accessCookie } = authenticator;
  const documents = {
    '/api/v1/openapi.json': () =>
      openApiDocument(options.routes, { version: options.version, accessCookie }),
    ...options.documents,
  };
  const roots = [
    { path: '/healthz', answer: sayAlive },
    { path: '/readyz', answer: sayReady(options.health) },
    {
      path: '/metrics',
      async answer(ctx: Context) {
        if (!isFromThisMachine(ctx)) await admit(ctx, metricsAccess);
        await metrics.answer(ctx);
      },
    },
    ...Object.entries(documents).map(([path, make]) => ({ path, answer: sayDocument(make) })),
    ...apiDocs(),
  ];
  for (const layer of createApiRouter(options.routes, handler, roots)) app.use(layer);
  app.use(createStaticUi(settings.uiDir));
  app.use(refuseRest);
  return app;
};

export const createHttpDoor = (options: HttpDoorOptions): HttpDoor => {
  const { host, port, adminSocket } = options.settings;
  const { ids } = options.kernel;
  const local = new WeakSet<IncomingMessage>();
  const answer = createApp(options, (request) => local.has(request)).callback();
  const node = createNodeServer((request, response) => void answer(request, response), ids);
  const admin = createNodeServer((request, response) => {
    local.add(request);
    void answer(request, response);
  }, ids);
  return {
    server: node.server,
    async start() {
      await node.listen(host, port);
      if (adminSocket === null) return;
      await admin.listenPrivately(adminSocket).catch((err: unknown) => {
        // A file system without sockets: everything but the command line works on it.
        options.logger.warn({ err }, 'the command line cannot reach this server');
      });
    },
    async stop() {
      await Promise.all([node.close(), admin.close()]);
    },
  };
};
