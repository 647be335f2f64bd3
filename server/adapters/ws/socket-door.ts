/** The WebSocket door: the feed out, latency-critical commands in. */
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Access, Authenticator, SocketCommand, Watch } from '../../kernel/door.ts';
import type { Feed } from '../../kernel/feed.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Presence } from '../../presence/presence.ts';
import { mayUse } from '../door/access.ts';
import type { OriginSettings } from '../door/origin.ts';
import { unexpectedFault } from '../door/problems.ts';
import { createCommandRunner } from './commands.ts';
import { createConnection, type Connection } from './connection.ts';
import type { Hello } from './contract.ts';
import { admit, refuseUpgrade, targetOf, tooManyConnections, type Admitted } from './handshake.ts';
import { closeCodes, socketLimits, type SocketLimits } from './limits.ts';
import { createWatching } from './watching.ts';

/** A token without it may command, and hears the answers alone. */
const listening: Access = { role: 'guest', scope: 'read' };

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export type SocketDoorOptions = {
  readonly httpServer: Server;
  readonly feed: Feed;
  readonly kernel: Kernel;
  readonly authenticator: Authenticator;
  readonly presence: Presence;
  readonly socketCommands: readonly SocketCommand[];
  readonly watches?: readonly Watch[];
  readonly room: string;
  readonly version: string;
  readonly boxId: string;
  readonly settings: OriginSettings;
  readonly logger: Logger;
  /** Path → who else takes upgrades on this port. */
  readonly neighbours?: ReadonlyMap<string, UpgradeHandler>;
  /** Narrower ones for tests. */
  readonly limits?: Partial<SocketLimits>;
};

export type SocketDoor = {
  start(): void;
  stop(): Promise<void>;
  clients(): number;
};

export const createSocketDoor = (options: SocketDoorOptions): SocketDoor => {
  const { httpServer, feed, kernel, authenticator, presence, settings, logger } = options;
  const limits: SocketLimits = { ...socketLimits, ...options.limits };
  const run = createCommandRunner(options.socketCommands, { kernel, logger });
  const connections = new Map<Connection, WebSocket>();
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytesMax,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols: (protocols) => (protocols.has('bearer') ? 'bearer' : false),
  });
  let heartbeat: NodeJS.Timeout | undefined;

  const hello = () => {
    const { position } = kernel.log.head();
    const { version, room, boxId: id } = options;
    const data: Hello = { position, version, room, id };
    return { type: 'hello', at: new Date(kernel.clock.now()).toISOString(), data };
  };

  const welcome = (socket: WebSocket, { identity, after }: Admitted) => {
    const { actor, name, role } = identity;
    const connectionId = kernel.ids();
    const watching = createWatching(options.watches ?? []);
    let left = () => undefined as void;
    const connection = createConnection(socket, identity, {
      run: async (message, sender, receivedAtMs) =>
        watching.choose(message) ?? run(message, sender, receivedAtMs, connectionId),
      limits,
      clock: kernel.clock,
      onEnd(why) {
        connections.delete(connection);
        unsubscribe();
        left();
        logger.debug({ actor, why }, 'socket closed');
      },
    });
    let unsubscribe = () => undefined as void;
    connections.set(connection, socket);
    left = presence.opened(actor, name);
    connection.deliver(hello());
    if (mayUse(identity, listening)) {
      unsubscribe = feed.subscribe({ actor, role }, after, (message) => {
        if (watching.wants(message.type)) connection.deliver(message);
      });
    }
    connection.resumed();
    if (!connections.has(connection)) unsubscribe();
    logger.debug({ actor, name, after: after ?? null }, 'socket opened');
  };

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const answer = await admit(request, authenticator, settings);
    if ('status' in answer) refuseUpgrade(socket, answer, kernel.ids());
    else if (connections.size >= limits.connectionsMax)
      refuseUpgrade(socket, tooManyConnections(limits.connectionsMax), kernel.ids());
    else if (!socket.destroyed)
      wss.handleUpgrade(request, socket, head, (ws) => welcome(ws, answer));
  };

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const neighbour = options.neighbours?.get(targetOf(request)?.pathname ?? '');
    if (neighbour) {
      neighbour(request, socket, head);
      return;
    }
    upgrade(request, socket, head).catch((error: unknown) => {
      const requestId = kernel.ids();
      logger.error({ request_id: requestId, err: error }, 'a socket could not be opened');
      refuseUpgrade(socket, unexpectedFault, requestId);
    });
  };

  authenticator.onRevoked((credential) => {
    for (const connection of connections.keys()) {
      if (connection.identity.credential === credential)
        connection.close(closeCodes.signedOut, 'signed out');
    }
  });

  const sendAway = (actor: string, why: string) => {
    for (const connection of connections.keys()) {
      if (connection.identity.actor === actor) connection.close(closeCodes.comeBack, why);
    }
  };
  authenticator.onRoleChanged((actor) => sendAway(actor, 'your role is another: connect again'));
  // Who is here is shown by name.
  authenticator.onRenamed((actor) => sendAway(actor, 'your name is another: connect again'));

  return {
    start() {
      httpServer.on('upgrade', onUpgrade);
      heartbeat = setInterval(() => {
        for (const connection of connections.keys()) connection.ping();
      }, limits.pingIntervalMs);
    },
    clients: () => connections.size,
    async stop() {
      httpServer.off('upgrade', onUpgrade);
      clearInterval(heartbeat);
      const closed = [...connections].map(([connection, socket]) => {
        const gone = once(socket, 'close');
        connection.close(closeCodes.goingAway, 'Encore is stopping');
        return gone;
      });
      await Promise.all(closed);
    },
  };
};
