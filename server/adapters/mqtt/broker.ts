import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Aedes, type Client } from 'aedes';
import type { MqttClientInfo } from '../../mqtt/contract.ts';
import { aclKindOf } from './access-list.ts';
import { createBrokerGuards, type GuardPorts, type Arrivals } from './broker-guards.ts';
import { preConnect } from './connect-guard.ts';
import { contain } from './contained-client.ts';
import type { HubMessage } from './hub.ts';
import { boundKeptMessages } from './kept-messages.ts';
import { boundKeptSessions } from './kept-sessions.ts';
import { mqttLimits } from './limits.ts';
import { publishInOrder } from './publish-order.ts';
import { readWhole } from './read-whole.ts';
import type { RetainedStore } from './retained-store.ts';

export type GuardedBroker = {
  take(stream: Duplex, request?: IncomingMessage): void;
  /** Resolves to whether it was passed on; never rejects. */
  publish(message: HubMessage): Promise<boolean>;
  /** Ends everything that was opened with this credential, wills included. */
  revoke(credential: string): void;
  /** Ends the connections of a person who is to come back, as what they are now. */
  sendAway(actor: string): void;
  clients(): MqttClientInfo[];
  close(): Promise<void>;
};

const protocolNames: Readonly<Record<number, string>> = { 3: '3.1', 4: '3.1.1', 5: '5' };

/** What aedes itself ends a connection for, in our words. */
const brokersOwnRefusals: Readonly<Record<string, string>> = {
  'packet too large': `a packet may have at most ${mqttLimits.packetBytesMax} bytes`,
  'topic has too many levels': `a topic may have at most ${mqttLimits.topicLevelsMax} levels`,
};

const notAuthorized = 0x87;
const administrativeAction = 0x98;

/** aedes with its doors guarded and its stores bounded. */
export const createGuardedBroker = async (
  ports: GuardPorts & { readonly retained: RetainedStore },
): Promise<GuardedBroker> => {
  const { logger } = ports;
  const arrivals: Arrivals = new Map();
  const broker = await Aedes.createBroker({
    // Unlimited: with a limit, who does not read would hold up everybody's messages.
    concurrency: 0,
    connectTimeout: mqttLimits.connectTimeoutMs,
    drainTimeout: mqttLimits.drainTimeoutMs,
    maxTopicLevels: mqttLimits.topicLevelsMax,
    maximumPacketSize: mqttLimits.packetBytesMax,
    sessionExpiryIntervalLimit: mqttLimits.sessionExpirySMax,
    // Of MQTT 3.1 only; ours are longer by the user's name.
    maxClientsIdLength: mqttLimits.packetBytesMax,
    preConnect,
    ...createBrokerGuards(ports, arrivals),
  });
  ports.retained.serve(broker);
  boundKeptMessages(broker);
  boundKeptSessions(broker, logger);
  publishInOrder(broker);
  broker.on('clientError', (client, error) => {
    const { identity, address = '' } = arrivals.get(client) ?? {};
    const name = identity?.name ?? null;
    logger.info({ name, why: error.message }, 'MQTT client fault');
    const reason = brokersOwnRefusals[error.message];
    // aedes does not say of which topic.
    if (reason) ports.refusals.note({ name, action: 'connection', what: address, reason });
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
    take: (stream, request) => contain(broker.handle(readWhole(stream), request), logger),
    publish: ({ topic, payload, retain, qos, correlationData }) =>
      new Promise((resolve) => {
        const properties = correlationData && { properties: { correlationData } };
        broker.publish(
          { cmd: 'publish', topic, payload, retain, qos: qos ?? 1, dup: false, ...properties },
          (error) => {
            if (error) logger.warn({ topic, err: error }, 'MQTT message could not be sent');
            resolve(!error);
          },
        );
      }),
    revoke(credential) {
      for (const [client, { identity }] of arrivals) {
        if (identity.credential !== credential) continue;
        arrivals.delete(client);
        disconnect(client, notAuthorized);
      }
    },
    sendAway(actor) {
      for (const [client, { identity }] of arrivals) {
        if (identity.actor !== actor) continue;
        // Nothing more is done under the old role, a will included.
        arrivals.delete(client);
        disconnect(client, administrativeAction);
      }
    },
    clients: () =>
      [...arrivals].map(([client, { identity, address, at }]) => ({
        name: identity.name,
        kind: aclKindOf(identity),
        // Without the name that our guard put in front.
        client_id: client.id.slice(client.id.indexOf('/') + 1),
        address,
        protocol: protocolNames[client.version] ?? String(client.version),
        connected_at: new Date(at).toISOString(),
      })),
    close: () => new Promise((resolve) => broker.close(resolve)),
  };
};
