import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Authenticator } from '../../kernel/door.ts';
import type { Clock } from '../../kernel/ports.ts';
import { openStorage, type Storage } from '../../kernel/storage.ts';
import type { AccessList } from './access-list.ts';
import { createGuardedBroker, type GuardedBroker } from './broker.ts';
import { isBrokerFault } from './broker-fault.ts';
import type { HubPorts, MqttHub } from './hub.ts';
import { mqttLimits } from './limits.ts';
import { createListener } from './listener.ts';
import { createLoginGate } from './login-gate.ts';
import { createRetainedStore, type RetainedStore } from './retained-store.ts';
import { coversAny } from './topic-filters.ts';

export type EmbeddedSettings = {
  readonly host: string;
  readonly port: number;
  /** Where retained messages of others survive a restart; left out: nowhere. */
  readonly retainedFile?: string;
  /** A second port, with TLS: paths of PEM files. */
  readonly tls?: { readonly port: number; readonly cert: string; readonly key: string };
};

/** Our own broker, in this process. */
export const createEmbeddedHub = (
  settings: EmbeddedSettings,
  ports: HubPorts & {
    readonly access: AccessList;
    readonly authenticator: Authenticator;
    readonly clock: Clock;
    readonly isCommand: (topic: string) => boolean;
    readonly isOurs: (topic: string) => boolean;
  },
): MqttHub => {
  const { logger, access, authenticator, clock, refusals } = ports;
  let broker: GuardedBroker | undefined;
  let filters: readonly string[] = [];
  let retained: RetainedStore | undefined;
  let opening: Promise<void> | undefined;

  const { host, port, tls } = settings;
  const onSocket = (socket: Socket) => (broker ? broker.take(socket) : socket.destroy());
  const onTooMany = (what: string) => {
    const reason = `at most ${mqttLimits.connectionsMax} connections`;
    refusals.note({ name: null, action: 'login', what, reason });
  };
  const doors = { logger, onSocket, onTooMany };
  const listener = createListener({ host, port }, doors);
  const secure = tls && createListener({ host, port: tls.port, pem: tls }, doors);
  const listeners = secure ? [listener, secure] : [listener];

  /** A file that is broken is no reason to have no broker. */
  const openRetained = (): RetainedStore => {
    const { retainedFile } = settings;
    let file: Storage | undefined;
    try {
      file = retainedFile === undefined ? undefined : openStorage(retainedFile);
      return createRetainedStore({ file, logger, isOurs: ports.isOurs });
    } catch (error) {
      file?.close();
      logger.warn({ err: error }, 'retained MQTT messages of before could not be read');
      return createRetainedStore({ file: undefined, logger, isOurs: ports.isOurs });
    }
  };

  /** What new filters let through of what is kept, as a broker tells a newcomer. */
  const hearKept = (before: readonly string[], wanted: readonly string[]) => {
    const added = wanted.filter((filter) => !before.includes(filter));
    for (const packet of retained?.matching(added) ?? []) {
      ports.onHeard({ topic: packet.topic, payload: packet.payload, retain: true });
    }
  };

  const open = async (kept: RetainedStore) => {
    broker = await createGuardedBroker({
      retained: kept,
      login: createLoginGate(authenticator),
      access,
      logger,
      clock,
      refusals,
      onPublish(packet, identity) {
        if (!ports.isCommand(packet.topic)) {
          if (packet.retain && !kept.claim(packet, identity.actor)) {
            const reason = 'this account has as many retained messages as one may have';
            logger.warn({ name: identity.name, topic: packet.topic, why: reason }, 'not retained');
            const { name } = identity;
            refusals.note({ name, action: 'publish', what: packet.topic, reason });
            packet.retain = false;
          }
          if (coversAny(filters, packet.topic)) ports.onHeard({ ...packet, live: true });
          return undefined;
        }
        const command = ports.onCommand({ ...packet }, { identity, meter: identity });
        packet.retain = false;
        return command;
      },
    });
    await ports.onOpen();
    hearKept([], filters);
  };

  /** What is retained is kept; everybody has to come again. */
  const openAnew = async () => {
    const failed = broker;
    broker = undefined;
    try {
      for (const one of listeners) one.dropAll();
      // Of one that has failed not even this is sure to end.
      await Promise.race([failed?.close(), wait(mqttLimits.brokerRestartMs)]);
      await wait(mqttLimits.brokerRestartMs, undefined, { ref: false });
      if (retained) await open(retained);
    } catch (error) {
      logger.error({ err: error }, 'the MQTT broker could not start anew');
    } finally {
      opening = undefined;
    }
  };

  return {
    async start() {
      retained = openRetained();
      await open(retained);
      await Promise.all(listeners.map((one) => one.start()));
    },
    async stop(farewell) {
      for (const one of listeners) one.refuseNew();
      await opening;
      const bye = async () => {
        await broker?.publish(farewell);
        await broker?.close();
      };
      // A client that takes nothing may not hold the stop.
      await Promise.race([bye(), wait(mqttLimits.stopMs, undefined, { ref: false })]);
      broker = undefined;
      retained?.close();
      retained = undefined;
      for (const one of listeners) one.dropAll();
    },
    publish: async (message) => (await broker?.publish(message)) ?? false,
    listen(wanted) {
      const before = filters;
      filters = wanted;
      hearKept(before, wanted);
    },
    recover(fault) {
      if (!isBrokerFault(fault)) return false;
      logger.error({ err: fault }, 'the MQTT broker failed and starts anew');
      opening ??= openAnew();
      return true;
    },
    health() {
      if (opening) return { state: 'degraded', detail: 'the MQTT broker failed and starts anew' };
      const parts = listeners.map((one) => one.health());
      const worst = parts.find(({ state }) => state !== 'ok');
      return worst ?? { state: 'ok', detail: parts.map(({ detail }) => detail).join(', ') };
    },
    url: () => `mqtt://${settings.host}:${listener.address()?.port ?? settings.port}`,
    address: () => listener.address(),
    clients: () => broker?.clients() ?? [],
    revoke: (credential) => broker?.revoke(credential),
    sendAway: (actor) => broker?.sendAway(actor),
    take: (stream, request) => (broker ? broker.take(stream, request) : stream.destroy()),
  };
};
