/** The MQTT door: an embedded broker, command topics in, announcements out. */
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { PublishPacket } from 'aedes';
import type { Announcement, Authenticator, Identity, Topic } from '../../kernel/door.ts';
import type { Recorded } from '../../kernel/event.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { HealthPart, ModuleParts } from '../../kernel/module.ts';
import type { Problem } from '../../kernel/problem.ts';
import { createRateMeter } from '../door/rate-meter.ts';
import { createAccessList } from './access-list.ts';
import { createGuardedBroker, type GuardedBroker } from './broker.ts';
import { createCommandTopics, type CommandResult } from './command-topics.ts';
import { mqttLimits } from './limits.ts';
import { createListener } from './listener.ts';
import { createLoginGate } from './login-gate.ts';

export type MqttSettings = {
  readonly host: string;
  readonly port: number;
  /** `encore`, say; topics are below `<baseTopic>/<room>`. */
  readonly baseTopic: string;
  readonly room: string;
};

export type MqttRefusal = {
  /** Below `<base>/<room>/`, such as `cmd/play`. */
  readonly topic: string;
  readonly problem: Problem;
  readonly identity: Identity;
  readonly payload: unknown;
};

export type MqttDoorOptions = {
  readonly settings: MqttSettings;
  readonly topics: readonly Topic[];
  readonly announcements: readonly NonNullable<ModuleParts['announcements']>[];
  readonly kernel: Kernel;
  readonly authenticator: Authenticator;
  /** Retained on `info`. */
  readonly info: () => Record<string, unknown>;
  readonly logger: Logger;
  /** What everybody is told of a refused command, such as a message on `event/play`. */
  readonly onRefused?: (refusal: MqttRefusal) => Announcement | undefined;
};

export type MqttDoor = {
  /** Never rejects: a port in use shows in `health`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): HealthPart;
  /** Undefined while the port is not open. */
  address(): AddressInfo | undefined;
  clients(): number;
  /** Sends a message below `<base>/<room>/`; nothing while the broker is not running. */
  announce(announcement: Announcement): void;
};

const tooMany: Problem = {
  status: 429,
  code: 'too_many',
  title: 'Too many commands',
  detail: `At most ${mqttLimits.commandsPerSecondMax} commands a second.`,
};

const outcomeWords = ({ outcome }: CommandResult): Record<string, unknown> => {
  if (outcome.ok) return { ok: true, ...outcome.result };
  const { code, detail, extra } = outcome.problem;
  return { ...extra, ok: false, code, detail };
};

export const createMqttDoor = (options: MqttDoorOptions): MqttDoor => {
  const { settings, kernel, authenticator, logger } = options;
  const prefix = `${settings.baseTopic}/${settings.room}`;
  const access = createAccessList(prefix);
  const runCommand = createCommandTopics(options.topics, { kernel, logger });
  const rates = new WeakMap<Identity, () => number>();
  const makers = new Map<string, (event: Recorded) => Announcement | undefined>();
  for (const map of options.announcements) {
    for (const [type, make] of Object.entries(map)) {
      if (makers.has(type)) throw new Error(`two MQTT messages for ${type}`);
      makers.set(type, make);
    }
  }
  let broker: GuardedBroker | undefined;
  let hearing = false;

  const announce = async ({ topic, payload, retain }: Announcement) => {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    await broker?.publish({ topic: `${prefix}/${topic}`, payload: text, retain });
  };

  const answer = (packet: PublishPacket, identity: Identity, result: CommandResult) => {
    const payload = JSON.stringify(outcomeWords(result));
    if (result.reply !== undefined) {
      void broker?.publish({ topic: access.replyTopic(identity, result.reply), payload, retain: false });
    }
    const { responseTopic, correlationData } = packet.properties ?? {};
    if (responseTopic === undefined) return;
    if (access.mayBeAnswered(identity, responseTopic)) {
      void broker?.publish({ topic: responseTopic, payload, retain: false, ...(correlationData && { correlationData }) });
    } else logger.warn({ name: identity.name, topic: responseTopic }, 'MQTT response topic refused');
  };

  const countCommand = (identity: Identity): number => {
    const rate = rates.get(identity) ?? createRateMeter(kernel.clock);
    rates.set(identity, rate);
    return rate();
  };

  const refuse = async (topic: string, problem: Problem, identity: Identity, payload: unknown) => {
    logger.info({ name: identity.name, topic, code: problem.code, why: problem.detail }, 'MQTT command refused');
    const told = options.onRefused?.({ topic, problem, identity, payload });
    if (told) await announce(told);
  };

  const obey = async (packet: PublishPacket, identity: Identity, topic: string, receivedAtMs: number) => {
    // A copy: aedes may reuse what it read into.
    const payload = Buffer.from(packet.payload as Buffer);
    const result = await runCommand({ topic, payload, identity, receivedAtMs });
    answer(packet, identity, result);
    if (!result.outcome.ok) await refuse(topic, result.outcome.problem, identity, result.payload);
  };

  const onPublish = (packet: PublishPacket, identity: Identity) => {
    const receivedAtMs = kernel.clock.monotonic();
    if (!packet.topic.startsWith(`${prefix}/cmd/`)) return;
    const topic = packet.topic.slice(prefix.length + 1);
    if (packet.retain) {
      // It would sound again at every start of a listener.
      packet.retain = false;
      logger.warn({ name: identity.name, topic }, 'MQTT command ignored: retained messages command nothing');
      return;
    }
    const count = countCommand(identity);
    // Of a flood only the first is answered: the rest would be a flood of answers.
    if (count > mqttLimits.commandsPerSecondMax + 1) return;
    const work =
      count > mqttLimits.commandsPerSecondMax
        ? refuse(topic, tooMany, identity, null)
        : obey(packet, identity, topic, receivedAtMs);
    work.catch((error: unknown) => {
      logger.error({ err: error, topic }, 'an MQTT command could not be answered');
    });
  };

  const listener = createListener(settings, { logger, onSocket: (socket) => broker?.take(socket) });

  const tell = (event: Recorded) => {
    try {
      const announcement = makers.get(event.type)?.(event);
      if (announcement) void announce(announcement);
    } catch (error) {
      logger.error({ err: error, type: event.type }, 'an event could not be told over MQTT');
    }
  };

  authenticator.onRevoked((credential) => broker?.revoke(credential));

  return {
    async start() {
      broker = await createGuardedBroker({ login: createLoginGate(authenticator), access, logger, onPublish });
      if (!hearing) kernel.bus.onCommitted((events) => events.forEach(tell));
      hearing = true;
      await announce({ topic: 'info', payload: options.info(), retain: true });
      await announce({ topic: 'status', payload: 'online', retain: true });
      await listener.start();
    },
    async stop() {
      listener.refuseNew();
      const bye = async () => {
        await announce({ topic: 'status', payload: 'offline', retain: true });
        await broker?.close();
      };
      // A client that takes nothing may not hold the stop.
      await Promise.race([bye(), wait(mqttLimits.stopMs, undefined, { ref: false })]);
      broker = undefined;
      listener.dropAll();
    },
    health: () => listener.health(),
    address: () => listener.address(),
    clients: () => broker?.clients() ?? 0,
    announce: (announcement) => void announce(announcement),
  };
};
