import type { Socket } from 'node:net';
import { Aedes, type Client } from 'aedes';
import { createBrokerGuards, type GuardPorts, type Identities } from './broker-guards.ts';
import { createConnectGuard } from './connect-guard.ts';
import { boundKeptMessages } from './kept-messages.ts';
import { mqttLimits } from './limits.ts';

export type GuardedBroker = {
  take(socket: Socket): void;
  /** Resolves when it was passed on; never rejects. */
  publish(message: {
    topic: string;
    payload: string;
    retain: boolean;
    correlationData?: Buffer;
  }): Promise<void>;
  /** Ends everything that was opened with this credential, wills included. */
  revoke(credential: string): void;
  /** Ends the connections of a person who is to come back, as what they are now. */
  sendAway(actor: string): void;
  clients(): number;
  close(): Promise<void>;
};

const notAuthorized = 0x87;
const administrativeAction = 0x98;

/** aedes with its doors guarded and its stores bounded. */
export const createGuardedBroker = async (ports: GuardPorts): Promise<GuardedBroker> => {
  const { logger } = ports;
  const identities: Identities = new Map();
  const broker = await Aedes.createBroker({
    // Unlimited: with a limit, who does not read would hold up everybody's messages.
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
    ...createBrokerGuards(ports, identities),
  });
  boundKeptMessages(broker);
  broker.on('clientError', (client, error) => {
    logger.info(
      { name: identities.get(client)?.name ?? null, why: error.message },
      'MQTT client fault',
    );
  });
  broker.on('connectionError', (_client, error) => {
    logger.info({ why: error.message }, 'MQTT connection fault');
  });
  (broker as NodeJS.EventEmitter).on('error', (error: Error) => {
    logger.error({ err: error }, 'MQTT broker fault');
  });

  const disconnect = (client: Client, reasonCode: number) => {
    client.disconnect({ reasonCode });
    setTimeout(() => client.conn.destroy(), mqttLimits.stopMs).unref();
  };

  return {
    take: (socket) => void broker.handle(socket),
    publish: ({ topic, payload, retain, correlationData }) =>
      new Promise((resolve) => {
        const properties = correlationData && { properties: { correlationData } };
        broker.publish(
          { cmd: 'publish', topic, payload, retain, qos: 1, dup: false, ...properties },
          (error) => {
            if (error) logger.warn({ topic, err: error }, 'MQTT message could not be sent');
            resolve();
          },
        );
      }),
    revoke(credential) {
      for (const [client, identity] of identities) {
        if (identity.credential !== credential) continue;
        identities.delete(client);
        disconnect(client, notAuthorized);
      }
    },
    sendAway(actor) {
      for (const [client, identity] of identities) {
        if (identity.actor !== actor) continue;
        // Nothing more is done under the old role, a will included.
        identities.delete(client);
        disconnect(client, administrativeAction);
      }
    },
    clients: () => identities.size,
    close: () => new Promise((resolve) => broker.close(resolve)),
  };
};
