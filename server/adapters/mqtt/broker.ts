import type { Socket } from 'node:net';
import { Aedes } from 'aedes';
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
  clients(): number;
  close(): Promise<void>;
};

const notAuthorized = 0x87;

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
        client.disconnect({ reasonCode: notAuthorized });
        setTimeout(() => client.conn.destroy(), mqttLimits.stopMs).unref();
      }
    },
    clients: () => identities.size,
    close: () => new Promise((resolve) => broker.close(resolve)),
  };
};
