/** The server's end of the player's unix socket: one player at a time, a newer one replaces the older. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Logger } from 'pino';
import { playerReport, protocolLimits, type PlayerReport } from '../../player/contract.ts';
import type { PlayerLink, PlayerLinkListener } from '../../player/player-link.ts';
import { listenPrivately } from '../system/private-socket.ts';
import { createLineReader, parseLine } from './json-lines.ts';

export const playerSocketLimits = {
  /** A player sends a heartbeat each second; one that is silent for this long hangs. */
  silenceMsMax: 5000,
  /** Commands that a player has not read yet; more, and it is taken for hanging. */
  unsentBytesMax: 1024 * 1024,
} as const;

export type PlayerSocketOptions = {
  path: string;
  log: Logger;
};

export const createPlayerSocket = ({ path, log }: PlayerSocketOptions): PlayerLink => {
  let listeners: PlayerLinkListener[] = [];
  let current: Socket | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => accept(socket));

  const drop = (socket: Socket, reason: string): void => {
    socket.destroy();
    if (current !== socket) return;
    current = undefined;
    log.warn({ reason }, 'player lost');
    for (const listener of listeners) listener.lost(reason);
  };

  const introduce = (socket: Socket, report: Extract<PlayerReport, { type: 'hello' }>): void => {
    if (current !== undefined && current !== socket) drop(current, 'a newer player took its place');
    current = socket;
    const { pid, version, vlc_version, output } = report;
    log.info({ pid, version, vlc_version, output }, 'player connected');
  };

  const read = (socket: Socket, line: string): void => {
    const parsed = parseLine(playerReport, line);
    if (!parsed.ok) return drop(socket, `malformed report (${parsed.problem})`);
    const report = parsed.value;
    if (report.type === 'hello') introduce(socket, report);
    // Also what was still unread of a connection that has been replaced.
    if (socket !== current) return drop(socket, 'no hello');
    for (const listener of listeners) listener.report(report);
  };

  /** If it was this process that hung, timers run first, but what the player wrote meanwhile is read before this ends. */
  const dropIfSilent = (socket: Socket): void => {
    const before = socket.bytesRead;
    setImmediate(() => {
      if (socket.bytesRead === before)
        drop(socket, `silent for ${playerSocketLimits.silenceMsMax} ms`);
    });
  };

  const accept = (socket: Socket): void => {
    sockets.add(socket);
    const reader = createLineReader(protocolLimits.lineBytesMax, {
      line: (line) => !socket.destroyed && read(socket, line),
      tooLong: () => drop(socket, `a line of more than ${protocolLimits.lineBytesMax} bytes`),
    });
    socket.setTimeout(playerSocketLimits.silenceMsMax, () => dropIfSilent(socket));
    socket.on('data', reader);
    socket.on('error', (error) => drop(socket, error.message));
    socket.on('close', () => {
      sockets.delete(socket);
      drop(socket, 'the player closed the connection');
    });
  };

  return {
    get connected() {
      return current !== undefined;
    },
    listen(to) {
      listeners.push(to);
    },
    async start() {
      await listenPrivately(server, path);
    },
    async stop() {
      listeners = [];
      current = undefined;
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
    send(command) {
      if (current === undefined) return false;
      if (current.writableLength > playerSocketLimits.unsentBytesMax) {
        drop(current, 'it does not read its commands');
        return false;
      }
      current.write(`${JSON.stringify(command)}\n`);
      return true;
    },
  };
};
