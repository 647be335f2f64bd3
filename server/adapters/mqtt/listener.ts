import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { HealthPart } from '../../kernel/module.ts';
import type { Logger } from '../../kernel/logger.ts';
import { mqttLimits } from './limits.ts';

export type Listener = {
  /** Resolves when the port is open or the first try failed; never rejects. */
  start(): Promise<void>;
  refuseNew(): void;
  dropAll(): void;
  health(): HealthPart;
  address(): AddressInfo | undefined;
};

/** Paths of PEM files, read at every opening, so that a renewed certificate is the next one's. */
export type Pem = { readonly cert: string; readonly key: string };

type Place = { readonly host: string; readonly port: number; readonly pem?: Pem };

const wordsFor = (error: NodeJS.ErrnoException, { host, port, pem }: Place): string => {
  const again = `trying again every ${mqttLimits.listenRetryMs / 1000} s`;
  if (pem && error.syscall !== 'listen') {
    const { message } = error;
    return `MQTT with TLS needs MQTT_TLS_CERT and MQTT_TLS_KEY as PEM files: ${message}; ${again}`;
  }
  if (error.code === 'EADDRINUSE')
    return `MQTT port ${port} on ${host} is used by another program; ${again}`;
  if (error.code === 'EACCES')
    return `MQTT port ${port} on ${host} may not be opened by this user; ${again}`;
  return `MQTT port ${port} on ${host} cannot be opened: ${error.message}; ${again}`;
};

const serverFor = (pem: Pem | undefined, onSocket: (socket: Socket) => void): Server => {
  if (!pem) return createServer({ noDelay: true }, onSocket);
  const server = createTlsServer(
    {
      cert: readFileSync(pem.cert),
      key: readFileSync(pem.key),
      noDelay: true,
      handshakeTimeout: mqttLimits.connectTimeoutMs,
    },
    onSocket,
  );
  // Who does not speak TLS is nobody's fault here.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
};

/** The TCP port. One in use is a degraded part, not an end: it is tried again. */
export const createListener = (
  settings: Place,
  ports: {
    logger: Logger;
    onSocket: (socket: Socket) => void;
    /** A connection was cut off unheard: there are too many. */
    onTooMany: (address: string) => void;
  },
): Listener => {
  const { host, port, pem } = settings;
  const { logger, onSocket, onTooMany } = ports;
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let retry: NodeJS.Timeout | undefined;
  let state: HealthPart = { state: 'starting', detail: 'MQTT is not started' };

  const failed = (error: NodeJS.ErrnoException) => {
    const detail = wordsFor(error, settings);
    if (detail !== state.detail) logger.warn({ err: error }, detail);
    state = { state: 'degraded', detail };
    retry = setTimeout(() => void open(), mqttLimits.listenRetryMs).unref();
  };

  const make = (): Server | undefined => {
    try {
      return serverFor(pem, onSocket);
    } catch (error) {
      failed(error as NodeJS.ErrnoException);
      return undefined;
    }
  };

  const open = () =>
    new Promise<void>((resolve) => {
      const candidate = make();
      if (!candidate) {
        resolve();
        return;
      }
      candidate.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
      candidate.maxConnections = mqttLimits.connectionsMax;
      candidate.on('drop', (dropped) => onTooMany(dropped?.remoteAddress ?? ''));
      candidate.once('error', (error) => {
        failed(error);
        resolve();
      });
      candidate.listen(port, host, () => {
        candidate.removeAllListeners('error');
        candidate.on('error', (error) => {
          if (server !== candidate) return;
          // Who is connected stays so; for others the port is opened again.
          server = undefined;
          candidate.close();
          failed(error);
        });
        server = candidate;
        const { port: opened } = candidate.address() as AddressInfo;
        state = { state: 'ok', detail: `MQTT${pem ? ' with TLS' : ''} on ${host}:${opened}` };
        logger.info({}, state.detail);
        resolve();
      });
    });

  return {
    start: open,
    refuseNew() {
      clearTimeout(retry);
      server?.close();
      server = undefined;
      state = { state: 'starting', detail: 'MQTT is stopped' };
    },
    dropAll() {
      for (const socket of sockets) socket.destroy();
    },
    health: () => state,
    address: () => (server?.address() as AddressInfo | null) ?? undefined,
  };
};
