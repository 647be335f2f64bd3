import type { Socket } from 'node:net';
import { Aedes, type AedesPublishPacket, type AuthenticateError, type Client, type PublishPacket } from 'aedes';
import type { Identity } from '../../kernel/door.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { AccessList } from './access-list.ts';
import { createConnectGuard } from './connect-guard.ts';
import { boundKeptMessages } from './kept-messages.ts';
import { mqttLimits } from './limits.ts';
import type { LoginGate } from './login-gate.ts';

export type BrokerPorts = {
  readonly login: LoginGate;
  readonly access: AccessList;
  readonly logger: Logger;
  /** Every message that a client may publish, before it is passed on. */
  readonly onPublish: (packet: PublishPacket, identity: Identity) => void;
};

export type GuardedBroker = {
  take(socket: Socket): void;
  publish(message: { topic: string; payload: string; retain: boolean; correlationData?: Buffer }): Promise<void>;
  /** Ends everything that was opened with this credential, wills included. */
  revoke(credential: string): void;
  clients(): number;
  close(): Promise<void>;
};

const returnCodes = { unavailable: 3, badLogin: 4 } as const;
const notAuthorized = 0x87;

const loginError = (message: string, returnCode: number): AuthenticateError =>
  Object.assign(new Error(message), { returnCode }) as AuthenticateError;

/** Why nobody may publish this, whoever they are. */
const breach = (packet: PublishPacket): string | undefined => {
  if (packet.topic.startsWith('$')) return 'topics that begin with $ are the broker\'s own';
  if (packet.qos === 2) return 'QoS 2 is not taken here: use QoS 1';
  if (packet.payload.length > mqttLimits.payloadBytesMax) {
    return `a payload may have at most ${mqttLimits.payloadBytesMax} bytes`;
  }
  return undefined;
};

/** People put the token where the name belongs; the log must not keep it. */
const shownName = (name: string | undefined) => (name?.startsWith('enc_') ? '(a token)' : (name ?? null));

const backlogOf = (client: Client) => (client.conn as Socket).writableLength;

/** aedes with its doors guarded: who may log in, say and hear, and how much of it. */
export const createGuardedBroker = async (ports: BrokerPorts): Promise<GuardedBroker> => {
  const { login, access, logger, onPublish } = ports;
  const identities = new Map<Client, Identity>();

  const authenticate = async (client: Client, name: string | undefined, password: Buffer | undefined) => {
    const socket = client.conn as Socket;
    const identity = await login(name, password?.toString('utf8'), socket.remoteAddress ?? '');
    if (!identity) throw loginError('bad user name or API token', returnCodes.badLogin);
    if (identities.size >= mqttLimits.clientsMax) {
      throw loginError(`at most ${mqttLimits.clientsMax} clients`, returnCodes.unavailable);
    }
    if (socket.destroyed) return;
    identities.set(client, identity);
    // aedes publishes a will while it closes; the identity must last until then.
    socket.once('close', () => setImmediate(() => identities.delete(client)));
  };

  const refusal = (identity: Identity | undefined, packet: PublishPacket): string | undefined => {
    if (!identity) return 'this client is not logged in any more';
    return breach(packet) ?? (access.mayPublish(identity, packet.topic) ? undefined : `${identity.name} may not publish to ${packet.topic}`);
  };

  const broker = await Aedes.createBroker({
    concurrency: 0,
    connectTimeout: mqttLimits.connectTimeoutMs,
    drainTimeout: mqttLimits.drainTimeoutMs,
    maxTopicLevels: mqttLimits.topicLevelsMax,
    maximumPacketSize: mqttLimits.packetBytesMax,
    sessionExpiryIntervalLimit: mqttLimits.sessionExpirySMax,
    pendingSessionsLimit: mqttLimits.keptSessionsMax,
    // Of MQTT 3.1 only; ours are longer by the user's name.
    maxClientsIdLength: mqttLimits.packetBytesMax,
    preConnect: createConnectGuard(),
    authenticate: (client, name, password, done) => {
      authenticate(client, name, password as Buffer | undefined).then(
        () => done(null, true),
        (error: AuthenticateError) => {
          logger.info({ name: shownName(name), address: (client.conn as Socket).remoteAddress, why: error.message }, 'MQTT login refused');
          done(error.returnCode ? error : loginError('login failed', returnCodes.unavailable), false);
        },
      );
    },
    authorizePublish: (client, packet, done) => {
      const identity = client ? identities.get(client) : undefined;
      const why = refusal(identity, packet);
      if (why || !identity) {
        // A 3.1.1 client is disconnected for this and shows nothing but a reconnect loop.
        logger.warn({ name: identity?.name ?? null, topic: packet.topic, why }, 'MQTT publish refused');
        done(new Error(why));
        return;
      }
      onPublish(packet, identity);
      done(null);
    },
    authorizeSubscribe: (client, subscription, done) => {
      const identity = identities.get(client);
      if (identity && access.mayHear(identity, subscription.topic)) {
        done(null, subscription);
        return;
      }
      logger.warn({ name: identity?.name ?? null, filter: subscription.topic }, 'MQTT subscription refused');
      done(null, null);
    },
    authorizeForward: (client, packet: AedesPublishPacket) => {
      const identity = identities.get(client);
      if (backlogOf(client) > mqttLimits.backlogBytesMax) {
        logger.warn({ name: identity?.name ?? null }, 'MQTT client does not read and is dropped');
        client.conn.destroy();
        return null;
      }
      return identity && access.mayHear(identity, packet.topic) ? packet : null;
    },
  });
  boundKeptMessages(broker);
  broker.on('clientError', (client, error) => logger.info({ name: identities.get(client)?.name ?? null, why: error.message }, 'MQTT client fault'));
  broker.on('connectionError', (_client, error) => logger.info({ why: error.message }, 'MQTT connection fault'));
  (broker as NodeJS.EventEmitter).on('error', (error: Error) => logger.error({ err: error }, 'MQTT broker fault'));

  return {
    take: (socket) => void broker.handle(socket),
    publish: ({ topic, payload, retain, correlationData }) =>
      new Promise((resolve) => {
        const properties = correlationData && { properties: { correlationData } };
        broker.publish({ cmd: 'publish', topic, payload, retain, qos: 1, dup: false, ...properties }, (error) => {
          if (error) logger.warn({ topic, err: error }, 'MQTT message could not be sent');
          resolve();
        });
      }),
    revoke(credential) {
      for (const [client, identity] of identities) {
        if (identity.credential !== credential) continue;
        identities.delete(client);
        client.disconnect({ reasonCode: notAuthorized });
        setTimeout(() => client.conn.destroy(), mqttLimits.stopMs).unref();
      }
    },
    clients: () => identities.size,
    close: () => new Promise((resolve) => broker.close(resolve)),
  };
};
