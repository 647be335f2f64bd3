import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Ids } from '../../kernel/ports.ts';
import { listenPrivately } from '../system/private-socket.ts';
import { startBodyClock } from './body-clock.ts';
import { httpLimits } from './limits.ts';
import { rawProblemResponse, type HttpProblem } from './problem-reply.ts';

const malformedRequest: HttpProblem = {
  status: 400,
  code: 'malformed',
  title: 'Malformed request',
  detail: 'This is not a valid HTTP request.',
};

const requestTimeout: HttpProblem = {
  status: 408,
  code: 'request_timeout',
  title: 'Request took too long',
  detail: `A request must arrive within ${httpLimits.requestTimeoutMs} ms, its head within ${httpLimits.headersTimeoutMs} ms.`,
};

/** What node's parser refuses before there is a request. */
const connectionFaults: Readonly<Record<string, HttpProblem>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers_too_large',
    title: 'Header fields too large',
    detail: `Address and header fields may have at most ${httpLimits.headerBytesMax} bytes.`,
  },
  ERR_HTTP_REQUEST_TIMEOUT: requestTimeout,
};

export type NodeServer = {
  readonly server: Server;
  /** @throws the system's error, such as EADDRINUSE, as it is */
  listen(host: string, port: number): Promise<void>;
  /** For this user and root alone. @throws the system's error */
  listenPrivately(socketPath: string): Promise<void>;
  close(): Promise<void>;
};

export const createNodeServer = (
  listener: RequestListener,
  ids: Ids,
  { requestTimeoutMs }: { requestTimeoutMs: number } = httpLimits,
): NodeServer => {
  const sockets = new Set<Socket>();
  const running = new Set<ServerResponse>();
  const server: Server = createServer(
    {
      noDelay: true,
      maxHeaderSize: httpLimits.headerBytesMax,
      headersTimeout: httpLimits.headersTimeoutMs,
      // Ours instead, which a form can have reset.
      requestTimeout: 0,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: httpLimits.keepAliveMs,
      // Clients also offer h2c here; they are to be answered as if they had not.
      shouldUpgradeCallback: ({ headers }) =>
        headers.upgrade?.toLowerCase() === 'websocket' && server.listenerCount('upgrade') > 0,
    },
    listener,
  );
  server.maxConnections = httpLimits.connectionsMax;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => {
    running.add(response);
    response.once('close', () => running.delete(response));
    startBodyClock(request, requestTimeoutMs, () => {
      const { socket } = request;
      if (response.headersSent) socket.destroy();
      else socket.end(rawProblemResponse(requestTimeout, ids()), () => socket.destroy());
    });
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const problem = connectionFaults[error.code ?? ''] ?? malformedRequest;
    socket.end(rawProblemResponse(problem, ids()), () => socket.destroy());
  });

  return {
    server,
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve();
        });
      }),
    listenPrivately: (socketPath) => listenPrivately(server, socketPath),
    close: () =>
      new Promise((resolve) => {
        // Connections that were upgraded count too: nothing may hold the stop for ever.
        const deadline = setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, httpLimits.drainMs);
        server.close(() => {
          clearTimeout(deadline);
          resolve();
        });
        server.closeIdleConnections();
        for (const response of running) {
          if (!response.headersSent) response.setHeader('Connection', 'close');
        }
      }),
  };
};
