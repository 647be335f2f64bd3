import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  request as send,
  type IncomingMessage,
  type OutgoingHttpHeader,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline, Transform, type Duplex } from 'node:stream';
import { createDial } from './dial.ts';
import type { AddressGuard } from './guard.ts';
import { createPass, type OpenPass, type Pass, type PassOptions } from './pass.ts';

export const proxyLimits = {
  headerBytesMax: 64 * 1024,
  headersTimeoutMs: 10_000,
  /** Nothing said by either side. */
  idleTimeoutMs: 60_000,
  connectionsMax: 128,
} as const;

export type FilteringProxy = {
  start(): Promise<void>;
  /** Closes every pass and connection. */
  stop(): Promise<void>;
  /** Access for one job; only between `start` and `stop`. */
  openPass(options: PassOptions): Pass;
};

/** They concern one connection, and a proxy has two. */
const ofOneConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const handedOn = ({ headers, headersDistinct }: IncomingMessage) => {
  const named = new Set(
    (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()),
  );
  const kept: Record<string, OutgoingHttpHeader> = {};
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    if (ofOneConnection.has(name) || named.has(name)) continue;
    kept[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return kept;
};

const counting = (pass: OpenPass) =>
  new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      pass.count(chunk.length);
      done(null, chunk);
    },
  });

const parsed = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

const refusals = {
  refused: [403, 'This address is not fetched from.'],
  unresolved: [502, 'There is no such host.'],
  unreachable: [502, 'The host does not answer.'],
  busy: [503, 'Too many connections at once.'],
  unauthorised: [407, 'Not for you.'],
  unsupported: [400, 'Only http, and tunnels for https.'],
} as const;
type Refusal = keyof typeof refusals;

const answerRefused = (response: ServerResponse, why: Refusal) => {
  const [status, text] = refusals[why];
  const headers = { 'content-type': 'text/plain', connection: 'close' };
  const asked = why === 'unauthorised' ? { 'proxy-authenticate': 'Basic realm="encore"' } : {};
  response.writeHead(status, { ...headers, ...asked });
  response.end(text);
};

const endRefused = (client: Duplex, why: Refusal) => {
  const [status, text] = refusals[why];
  client.end(`HTTP/1.1 ${status} ${text}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
};

/**
 * An HTTP proxy on loopback that connects to nothing but what the guard lets through, whoever asks
 * for it: links, redirects, pieces of a stream. It looks names up itself and connects to the very
 * address that was checked, so that a name which changes its mind in between gains nothing.
 */
export const createFilteringProxy = (guard: AddressGuard): FilteringProxy => {
  const passes = new Map<string, OpenPass>();
  const dial = createDial(guard);

  const passOf = ({ headers }: IncomingMessage): OpenPass | undefined => {
    const [scheme, encoded = ''] = (headers['proxy-authorization'] ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'basic') return undefined;
    const [name = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':');
    const pass = passes.get(name);
    return pass?.matches(secret) ? pass : undefined;
  };

  /** A connection for a job, with the limits of both. */
  const reach = async (pass: OpenPass, { hostname, port }: URL, usualPort: number) => {
    const dialled = await dial(hostname, Number(port || usualPort), pass.signal);
    if (!dialled.ok) {
      pass.remember(hostname, dialled.why === 'refused' ? 'refused' : 'unreached');
      return dialled.why;
    }
    const { socket } = dialled;
    if (!pass.enter(socket)) {
      socket.destroy();
      return 'busy';
    }
    socket.setTimeout(proxyLimits.idleTimeoutMs, () => socket.destroy());
    return socket;
  };

  const tunnel = async (request: IncomingMessage, client: Socket, head: Buffer) => {
    client.on('error', () => {});
    const pass = passOf(request);
    if (!pass) return endRefused(client, 'unauthorised');
    if (!pass.enter(client)) return endRefused(client, 'busy');
    const target = parsed(`https://${request.url}`);
    if (!target || target.pathname !== '/') return endRefused(client, 'unsupported');
    const socket = await reach(pass, target, 443);
    if (typeof socket === 'string') return endRefused(client, socket);
    client.setTimeout(proxyLimits.idleTimeoutMs, () => client.destroy());
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) client.unshift(head);
    pipeline(client, counting(pass), socket, counting(pass), client, () => {
      socket.destroy();
      client.destroy();
    });
  };

  const forward = async (request: IncomingMessage, response: ServerResponse) => {
    const pass = passOf(request);
    if (!pass) return answerRefused(response, 'unauthorised');
    if (!pass.enter(request.socket)) return answerRefused(response, 'busy');
    const target = parsed(request.url ?? '');
    if (target?.protocol !== 'http:') return answerRefused(response, 'unsupported');
    const socket = await reach(pass, target, 80);
    if (typeof socket === 'string') return answerRefused(response, socket);
    const outgoing = send({
      method: request.method,
      path: `${target.pathname}${target.search}`,
      headers: { ...handedOn(request), host: target.host, connection: 'close' },
      setHost: false,
      maxHeaderSize: proxyLimits.headerBytesMax,
      createConnection: () => socket,
    });
    const cut = () => {
      outgoing.destroy();
      socket.destroy();
      response.destroy();
    };
    outgoing.on('error', () => {
      pass.remember(target.hostname, 'unreached');
      if (response.headersSent) cut();
      else answerRefused(response, 'unreachable');
    });
    outgoing.on('response', (incoming) => {
      response.writeHead(incoming.statusCode ?? 502, handedOn(incoming));
      pipeline(incoming, counting(pass), response, (error) => void (error && cut()));
    });
    response.on('close', () => socket.destroy());
    pipeline(request, counting(pass), outgoing, () => {});
  };

  const server = createServer({
    maxHeaderSize: proxyLimits.headerBytesMax,
    headersTimeout: proxyLimits.headersTimeoutMs,
    requestTimeout: proxyLimits.idleTimeoutMs,
    connectionsCheckingInterval: 1000,
    keepAliveTimeout: 1000,
  });
  server.maxConnections = proxyLimits.connectionsMax;
  server.on('request', (request, response) => void forward(request, response));
  server.on(
    'connect',
    (request: IncomingMessage, client: Socket, head: Buffer) => void tunnel(request, client, head),
  );

  return {
    start: async () => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    },
    stop: async () => {
      for (const pass of passes.values()) pass.close();
      server.closeAllConnections();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
    openPass: (options) => {
      const name = randomUUID();
      const { port } = server.address() as AddressInfo;
      const pass = createPass(options, { name, port, onClose: () => passes.delete(name) });
      passes.set(name, pass);
      return pass;
    },
  };
};
