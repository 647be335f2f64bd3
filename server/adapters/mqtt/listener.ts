import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
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

const wordsFor = (error: NodeJS.ErrnoException, host: string, port: number): string => {
  const again = `trying again every ${mqttLimits.listenRetryMs / 1000} s`;
  if (error.code === 'EADDRINUSE')
    return `MQTT port ${port} on ${host} is used by another program; ${again}`;
  if (error.code === 'EACCES')
    return `MQTT port ${port} on ${host} may not be opened by this user; ${again}`;
  return `MQTT port ${port} on ${host} cannot be opened: ${error.message}; ${again}`;
};

/** The TCP port. One in use is a degraded part, not an end: it is tried again. */
export const createListener = (
  settings: { readonly host: string; readonly port: number },
  ports: { logger: Logger; onSocket: (socket: Socket) => void },
): Listener => {
  const { host, port } = settings;
  const { logger, onSocket } = ports;
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let retry: NodeJS.Timeout | undefined;
  let state: HealthPart = { state: 'starting', detail: 'MQTT is not started' };

  const open = () =>
    new Promise<void>((resolve) => {
      const candidate = createServer({ noDelay: true }, (socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
        onSocket(socket);
      });
      candidate.maxConnections = mqttLimits.connectionsMax;
      candidate.once('error', (error) => {
        const detail = wordsFor(error, host, port);
        if (detail !== state.detail) logger.warn({ err: error }, detail);
        state = { state: 'degraded', detail };
        retry = setTimeout(() => void open(), mqttLimits.listenRetryMs).unref();
        resolve();
      });
      candidate.listen(port, host, () => {
        candidate.removeAllListeners('error');
        candidate.on('error', (error) => logger.error({ err: error }, 'MQTT port fault'));
        server = candidate;
        const { port: opened } = candidate.address() as AddressInfo;
        state = { state: 'ok', detail: `MQTT on ${host}:${opened}` };
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
