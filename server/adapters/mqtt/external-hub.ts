import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import type { Authenticator } from '../../kernel/door.ts';
import type { HealthPart } from '../../kernel/module.ts';
import { createBrokerDial, type Dial } from './broker-dial.ts';
import { isBrokerFault } from './broker-fault.ts';
import type { HubMessage, HubPorts, Incoming, MqttHub, Sender } from './hub.ts';
import { mqttLimits } from './limits.ts';
import { covers } from './topic-filters.ts';

export type ExternalSettings = {
  /** `mqtt://host:1883`, `mqtts://…`, `ws://…` or `wss://…`, without user name and password. */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  /** The same after a restart, so that the broker ends what was before. */
  readonly clientId: string;
  /** As whom commands run; null: the house. */
  readonly account: string | null;
  /** Whether commands below `users/<name>/cmd` run as that account: only where the broker guards them. */
  readonly userTopics: boolean;
  /** Shorter ones for tests. */
  readonly limits?: Partial<
    Record<'reconnectMsMin' | 'connectTimeoutMs' | 'keepaliveS' | 'unacknowledgedMax', number>
  >;
};

type Subscription = {
  readonly filter: string;
  readonly id: number;
  state: 'asked' | 'granted' | 'leaving';
};

/** PUBACK of MQTT 5. */
const notAuthorized = 135;
const subscriptionIdMax = 268_435_455;

/** Somebody else's broker, to which we are a client. */
export const createExternalHub = (
  settings: ExternalSettings,
  ports: HubPorts & {
    /** `<base>/<room>` */
    readonly prefix: string;
    readonly authenticator: Pick<Authenticator, 'byAccountName'>;
  },
): MqttHub => {
  const { prefix, logger, refusals } = ports;
  const limits = { ...mqttLimits, ...settings.limits };
  const { url } = settings;
  const shownUrl = url.replace(/\/$/, '');
  const meters = new Map<string, object>();
  const commandFilters = [
    `${prefix}/cmd/#`,
    ...(settings.userTopics ? [`${prefix}/users/+/cmd/#`] : []),
  ];
  let client: MqttClient | undefined;
  let subscriptions: Subscription[] = [];
  let wanted: readonly string[] = [];
  /** By the broker, on this connection. */
  const refused = new Set<string>();
  let lastId = 0;
  const unacknowledged = new Set<(delivered: boolean) => void>();
  let health: HealthPart = { state: 'degraded', detail: `connecting to ${shownUrl}` };

  const setHealth = (state: HealthPart['state'], detail: string) => {
    if (health.detail !== detail) logger[state === 'ok' ? 'info' : 'warn']({}, detail);
    health = { state, detail };
  };

  const meterOf = (name: string): object => {
    const known = meters.get(name) ?? {};
    meters.delete(name);
    meters.set(name, known);
    const oldest = meters.keys().next();
    if (meters.size > mqttLimits.clientsMax && !oldest.done) meters.delete(oldest.value);
    return known;
  };

  const noSuchAccount = (name: string, topic: string) => {
    const reason = `there is no account "${name}" that could command`;
    logger.warn({ name, topic, why: reason }, 'MQTT command refused');
    refusals.note({ name, action: 'command', what: topic, reason });
  };

  /** The account that a command runs as: by its topic, or the one that all run as. */
  const commandOf = (message: Incoming): { message: Incoming; name: string | null } => {
    const below = message.topic.slice(prefix.length + 1);
    const [first, name = '', ...rest] = below.split('/');
    if (first !== 'users') return { message, name: settings.account };
    return { message: { ...message, topic: `${prefix}/${rest.join('/')}` }, name };
  };

  const obey = async (heard: Incoming): Promise<void> => {
    const { message, name } = commandOf(heard);
    const identity = name === null ? null : await ports.authenticator.byAccountName(name);
    if (name !== null && !identity) {
      noSuchAccount(name, heard.topic);
      return;
    }
    const sender: Sender = { identity, meter: meterOf(name ?? '') };
    await ports.onCommand(message, sender);
  };

  /** The first subscription that lets a message through; copies that came by another are dropped. */
  const isFirstCopy = (topic: string, ids: number | number[] | undefined): boolean => {
    const given = ids === undefined ? [] : [ids].flat();
    if (!subscriptions.some(({ id }) => given.includes(id))) return true;
    const first = subscriptions.find(({ filter }) => covers(filter, topic));
    return first === undefined || given.includes(first.id);
  };

  const take = (message: Incoming, ids: number | number[] | undefined) => {
    if (!isFirstCopy(message.topic, ids)) return;
    if (commandFilters.some((filter) => covers(filter, message.topic))) {
      obey(message).catch((error: unknown) => {
        logger.error({ err: error, topic: message.topic }, 'an MQTT command failed unexpectedly');
      });
    } else ports.onHeard(message);
  };

  const without = (one: Subscription) => {
    subscriptions = subscriptions.filter((other) => other !== one);
  };

  /** Whether another filter takes in what this one did. */
  const isReplaced = ({ filter }: Subscription): boolean => {
    const wider = wanted.filter((other) => covers(other, filter));
    return wider.length === 0 || wider.some((other) => !refused.has(other));
  };

  /** Once all that is wanted is answered, so that nothing is missed between two filters. */
  const leaveOthers = (to: MqttClient) => {
    if (subscriptions.some(({ state }) => state === 'asked')) return;
    for (const one of subscriptions) {
      const { filter, state } = one;
      if (state === 'leaving' || commandFilters.includes(filter) || wanted.includes(filter))
        continue;
      if (!isReplaced(one)) continue;
      one.state = 'leaving';
      to.unsubscribe(filter, () => without(one));
    }
  };

  const subscribe = (to: MqttClient, filter: string, published: boolean) => {
    lastId = (lastId % subscriptionIdMax) + 1;
    const one: Subscription = { filter, id: lastId, state: 'asked' };
    subscriptions.push(one);
    const v5 = to.options.protocolVersion === 5 && {
      nl: true,
      // Of a command it must be known; of what is heard it says "kept", not "to be kept".
      rap: published,
      properties: { subscriptionIdentifier: lastId },
    };
    to.subscribe(filter, { qos: 1, ...v5 }, (error, granted) => {
      if (to !== client || !to.connected) return;
      one.state = 'granted';
      if (error || granted?.some(({ qos }) => qos === 128)) {
        without(one);
        refused.add(filter);
        const reason = 'the broker does not let Encore listen there: check its access rules';
        logger.warn({ filter, err: error ?? undefined, why: reason }, 'MQTT subscription refused');
        refusals.note({ name: settings.username, action: 'subscribe', what: filter, reason });
      }
      leaveOthers(to);
    });
  };

  const follow = (to: MqttClient) => {
    const there = new Set(
      subscriptions.flatMap(({ filter, state }) => (state === 'leaving' ? [] : [filter])),
    );
    for (const filter of wanted)
      if (!there.has(filter) && !refused.has(filter)) subscribe(to, filter, false);
    leaveOthers(to);
  };

  const dial: Dial = createBrokerDial({
    limits,
    logger,
    open: (protocolVersion) => mqtt.connect(url, optionsFor(protocolVersion)),
    onDown: (why) =>
      setHealth('degraded', `the MQTT broker at ${shownUrl} ${why}; Encore tries again`),
    onLost() {
      client = undefined;
      for (const settle of unacknowledged) settle(false);
    },
    onUp(opened) {
      client = opened;
      subscriptions = [];
      refused.clear();
      const version = opened.options.protocolVersion === 5 ? '5' : '3.1.1';
      setHealth('ok', `connected to ${shownUrl} by MQTT ${version}`);
      opened.on('message', (topic, payload, { retain, properties }) => {
        const { responseTopic, correlationData, subscriptionIdentifier } = properties ?? {};
        const message = { topic, payload, retain, properties: { responseTopic, correlationData } };
        take(message, subscriptionIdentifier);
      });
      for (const filter of commandFilters) subscribe(opened, filter, true);
      follow(opened);
      ports.onOpen().catch((error: unknown) => {
        logger.error({ err: error }, 'what stands could not be told to the MQTT broker');
      });
    },
  });

  const optionsFor = (protocolVersion: 4 | 5): IClientOptions => ({
    protocolVersion,
    clientId: settings.clientId,
    clean: true,
    keepalive: limits.keepaliveS,
    connectTimeout: limits.connectTimeoutMs,
    reconnectPeriod: 0,
    resubscribe: false,
    ...(settings.username === null ? {} : { username: settings.username }),
    ...(settings.password === null ? {} : { password: settings.password }),
    will: { topic: `${prefix}/status`, payload: Buffer.from('offline'), qos: 1, retain: true },
  });

  const refusedByBroker = (topic: string) => {
    const reason = 'the broker does not let Encore publish there: check its access rules';
    logger.warn({ topic, why: reason }, 'MQTT message could not be sent');
    refusals.note({ name: settings.username, action: 'publish', what: topic, reason });
  };

  const publish = ({ topic, payload, retain, qos, correlationData }: HubMessage) =>
    new Promise<boolean>((resolve) => {
      const to = client;
      if (!to) {
        resolve(false);
        return;
      }
      if (unacknowledged.size >= limits.unacknowledgedMax) {
        // What is kept is told anew on the next connection; what only happened is over by then.
        resolve(false);
        dial.redial('takes no more messages');
        return;
      }
      const settle = (delivered: boolean) => {
        unacknowledged.delete(settle);
        resolve(delivered);
      };
      unacknowledged.add(settle);
      const properties = correlationData && { properties: { correlationData } };
      to.publish(topic, payload, { qos: qos ?? 1, retain, ...properties }, (error) => {
        const { code } = (error ?? {}) as { code?: unknown };
        if (code === notAuthorized) refusedByBroker(topic);
        settle(!error);
      });
    });

  return {
    start: async () => dial.start(),
    async stop(farewell) {
      await Promise.race([
        publish(farewell),
        new Promise((resolve) => setTimeout(resolve, mqttLimits.stopMs).unref()),
      ]);
      client = undefined;
      await dial.stop();
    },
    publish,
    listen(filters) {
      wanted = filters;
      if (client) follow(client);
    },
    health: () => health,
    url: () => shownUrl,
    clients: () => [],
    address: () => undefined,
    revoke: () => undefined,
    sendAway: () => undefined,
    recover(error) {
      if (!isBrokerFault(error)) return false;
      logger.error({ err: error }, 'the MQTT client failed and dials anew');
      dial.redial('could not be talked to');
      return true;
    },
  };
};
