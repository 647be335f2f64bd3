import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';

export type PassOptions = {
  /** To and from the network together. */
  readonly bytesMax: number;
  /** Called once, when more than that came: all connections are closed by then. */
  readonly onTooMuch: () => void;
};

/** What one job may do through the proxy, and what came of it. */
export type Pass = {
  /** With name and secret; not for logs, nor for a command line that everybody can read. */
  readonly url: string;
  readonly secret: string;
  /** Hosts that the guard refused, each once, in order. */
  readonly refused: readonly string[];
  /** Hosts that are not known or did not answer. */
  readonly unreached: readonly string[];
  /** Ends its connections; the secret is of no use any more. */
  close(): void;
};

export type OpenPass = Pass & {
  readonly signal: AbortSignal;
  matches(secret: string): boolean;
  remember(host: string, why: 'refused' | 'unreached'): void;
  /** False when there are too many connections already. */
  enter(socket: Socket): boolean;
  count(bytes: number): void;
};

/** Of one job, from it and to the network. */
export const connectionsPerPassMax = 32;
/** Names remembered for its report. */
const hostsRememberedMax = 20;

export const createPass = (
  { bytesMax, onTooMuch }: PassOptions,
  place: { readonly name: string; readonly port: number; readonly onClose: () => void },
): OpenPass => {
  const secret = randomBytes(24).toString('base64url');
  const ended = new AbortController();
  const sockets = new Set<Socket>();
  const hosts = { refused: [] as string[], unreached: [] as string[] };
  let bytes = 0;

  const close = () => {
    ended.abort();
    for (const socket of sockets) socket.destroy();
    place.onClose();
  };
  return {
    url: `http://${place.name}:${secret}@127.0.0.1:${place.port}`,
    secret,
    ...hosts,
    signal: ended.signal,
    close,
    matches: (said) => {
      const [given, own] = [Buffer.from(said), Buffer.from(secret)];
      return given.length === own.length && timingSafeEqual(given, own);
    },
    remember: (host, why) => {
      const list = hosts[why];
      if (!list.includes(host) && list.length < hostsRememberedMax) list.push(host);
    },
    enter: (socket) => {
      if (sockets.has(socket)) return true;
      if (ended.signal.aborted || sockets.size >= connectionsPerPassMax) return false;
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return true;
    },
    count: (more) => {
      bytes += more;
      if (bytes <= bytesMax || ended.signal.aborted) return;
      close();
      onTooMuch();
    },
  };
};
