import type { Socket } from 'node:net';
import type { AedesOptions, Client, PublishPacket } from 'aedes';
import type { Identity } from '../../kernel/door.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { AccessList } from './access-list.ts';
import { mqttLimits } from './limits.ts';
import type { LoginGate } from './login-gate.ts';
import type { Refusals } from './refusals.ts';

export type GuardPorts = {
  readonly login: LoginGate;
  readonly access: AccessList;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly refusals: Refusals;
  /**
   * Every message that a client may publish, before it is passed on and acknowledged. A promise is
   * waited for and never rejects.
   */
  readonly onPublish: (packet: PublishPacket, identity: Identity) => Promise<void> | undefined;
};

export type Arrival = {
  readonly identity: Identity;
  readonly address: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
};

/** Who is logged in; a client that is not in it may do nothing. */
export type Arrivals = Map<Client, Arrival>;

/** Behind a WebSocket the address is that of the request which opened it. */
const addressOf = ({ req, conn }: Client): string =>
  (req?.socket ?? (conn as Socket)).remoteAddress ?? '';

type Guards = Required<
  Pick<
    AedesOptions,
    'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'
  >
>;

/** Refused logins by the numbers of MQTT 3.1.1; aedes knows those of 5. */
const returnCodes = { unavailable: 3, badLogin: 4 } as const;

class LoginRefused extends Error {
  override readonly name = 'LoginRefused';
  readonly returnCode: number;
  constructor(message: string, returnCode: number) {
    super(message);
    this.returnCode = returnCode;
  }
}

/** People put the token where the name belongs; the log must not keep it. */
const shownName = (name: string | undefined) =>
  name?.startsWith('enc_') ? '(a token)' : (name ?? null);

/** Why nobody may publish this, whoever they are. */
const breach = (packet: PublishPacket): string | undefined => {
  if (packet.topic.startsWith('$')) return "topics that begin with $ are the broker's own";
  if (packet.qos === 2) return 'QoS 2 is not taken here: use QoS 1';
  if (packet.payload.length > mqttLimits.payloadBytesMax) {
    return `a payload may have at most ${mqttLimits.payloadBytesMax} bytes`;
  }
  return undefined;
};

const createAuthenticate = (
  { login, logger, clock, refusals }: GuardPorts,
  arrivals: Arrivals,
): Guards['authenticate'] => {
  const enter = async (client: Client, name: string | undefined, password: Buffer | undefined) => {
    const socket = client.conn as Socket;
    const address = addressOf(client);
    const identity = await login(name, password?.toString('utf8'), address);
    if (!identity) throw new LoginRefused('bad user name or API token', returnCodes.badLogin);
    if (arrivals.size >= mqttLimits.clientsMax) {
      throw new LoginRefused(`at most ${mqttLimits.clientsMax} clients`, returnCodes.unavailable);
    }
    if (socket.destroyed) return;
    arrivals.set(client, { identity, address, at: clock.now() });
    // aedes publishes a will while it closes; the identity must last until then.
    socket.once('close', () => setImmediate(() => arrivals.delete(client)));
  };
  return (client, name, password, done) => {
    enter(client, name, password as Buffer | undefined).then(
      () => setImmediate(done, null, true),
      (error: unknown) => {
        const refused =
          error instanceof LoginRefused
            ? error
            : new LoginRefused('nobody can log in at the moment', returnCodes.unavailable);
        const address = addressOf(client);
        const shown = shownName(name);
        logger.info({ name: shown, address, why: refused.message }, 'MQTT login refused');
        refusals.note({ name: shown, action: 'login', what: address, reason: refused.message });
        if (refused !== error) logger.error({ err: error }, 'an MQTT login failed unexpectedly');
        setImmediate(done, refused, false);
      },
    );
  };
};

/** Who may log in, say and hear: what aedes asks on every packet. */
export const createBrokerGuards = (ports: GuardPorts, arrivals: Arrivals): Guards => {
  const { access, logger, refusals, onPublish } = ports;
  const identityOf = (client: Client) => arrivals.get(client)?.identity;

  const refusal = (identity: Identity | undefined, packet: PublishPacket): string | undefined => {
    if (!identity) return 'this client is not logged in any more';
    const allowed = access.mayPublish(identity, packet.topic);
    return breach(packet) ?? (allowed ? undefined : 'this token may not publish there');
  };

  return {
    authenticate: createAuthenticate(ports, arrivals),
    authorizePublish(client, packet, done) {
      const identity = client ? identityOf(client) : undefined;
      const why = refusal(identity, packet);
      if (why === undefined && identity) {
        const command = onPublish(packet, identity);
        // An acknowledged command is a durable one.
        if (command) void command.then(() => setImmediate(done, null));
        else done(null);
        return;
      }
      // A 3.1.1 client is disconnected for this and shows nothing but a reconnect loop.
      logger.warn(
        { name: identity?.name ?? null, topic: packet.topic, why },
        'MQTT publish refused',
      );
      refusals.note({
        name: identity?.name ?? null,
        action: 'publish',
        what: packet.topic,
        reason: why ?? '',
      });
      done(new Error(why));
    },
    authorizeSubscribe(client, subscription, done) {
      const identity = identityOf(client);
      if (identity && access.mayHear(identity, subscription.topic)) {
        done(null, subscription);
        return;
      }
      logger.warn(
        { name: identity?.name ?? null, filter: subscription.topic },
        'MQTT subscription refused',
      );
      refusals.note({
        name: identity?.name ?? null,
        action: 'subscribe',
        what: subscription.topic,
        reason: 'this token may not listen there',
      });
      done(null, null);
    },
    authorizeForward(client, packet) {
      const identity = identityOf(client);
      if ((client.conn as Socket).writableLength > mqttLimits.backlogBytesMax) {
        logger.warn({ name: identity?.name ?? null }, 'MQTT client does not read and is dropped');
        client.conn.destroy();
        return null;
      }
      return identity && access.mayHear(identity, packet.topic) ? packet : null;
    },
  };
};
