/** The player's end of the unix socket: connects by itself, again and again, and says hello each time. */
import { connect, type Socket } from 'node:net';
import type { Logger } from 'pino';
import {
  playerCommand,
  protocolLimits,
  type PlayerCommand,
  type PlayerReport,
} from '../../player/contract.ts';
import { createLineReader, parseLine } from './json-lines.ts';

export const connectionLimits = {
  retryMs: 250,
  /** Reports that the server has not read yet; more, and the connection starts anew. */
  unsentBytesMax: 1024 * 1024,
} as const;

export type ServerConnectionParts = {
  path: string;
  /** The first line of each connection. */
  hello(): PlayerReport;
  execute(command: PlayerCommand): void;
  log: Logger;
};

export type ServerConnection = {
  start(): void;
  /** Dropped while there is no connection: the next hello tells what sounds. */
  send(report: PlayerReport): void;
  /** For how long there has been no connection, since start or since the last one; 0: connected. */
  closedForMs(): number;
  everConnected(): boolean;
  stop(): void;
};

export const createServerConnection = ({
  path,
  hello,
  execute,
  log,
}: ServerConnectionParts): ServerConnection => {
  let socket: Socket | undefined;
  let connected = false;
  let everConnected = false;
  let closedAtMs = performance.now();
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  const send = (report: PlayerReport): void => {
    if (socket === undefined || !connected) return;
    if (socket.writableLength > connectionLimits.unsentBytesMax) {
      log.error('the server does not read reports; connecting anew');
      socket.destroy();
    } else socket.write(`${JSON.stringify(report)}\n`);
  };

  const read = (from: Socket, line: string): void => {
    const parsed = parseLine(playerCommand, line);
    if (parsed.ok) return execute(parsed.value);
    log.error({ problem: parsed.problem }, 'malformed command; connecting anew');
    from.destroy();
  };

  const onConnect = (): void => {
    connected = true;
    everConnected = true;
    log.info({ path }, 'connected to the server');
    send(hello());
  };

  const onClose = (): void => {
    if (connected) {
      log.warn('the connection to the server closed');
      closedAtMs = performance.now();
    }
    connected = false;
    if (!stopped) retry = setTimeout(open, connectionLimits.retryMs);
  };

  const open = (): void => {
    const opened = connect(path);
    socket = opened;
    opened.on('connect', onConnect);
    opened.on(
      'data',
      createLineReader(protocolLimits.lineBytesMax, {
        line: (line) => !opened.destroyed && read(opened, line),
        tooLong: () =>
          opened.destroy(new Error(`a line of more than ${protocolLimits.lineBytesMax} bytes`)),
      }),
    );
    // 'close' follows; that the server is not there yet is not worth a line each quarter of a second.
    opened.on('error', (error) => log.debug({ err: error }, 'no connection'));
    opened.on('close', onClose);
  };

  return {
    start: open,
    send,
    closedForMs: () => (connected ? 0 : performance.now() - closedAtMs),
    everConnected: () => everConnected,
    stop() {
      stopped = true;
      clearTimeout(retry);
      socket?.end();
    },
  };
};
