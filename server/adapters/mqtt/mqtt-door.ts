/** The MQTT door: an embedded broker, command topics in, announcements out. */
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Announcement, Authenticator, Hearing, Topic } from '../../kernel/door.ts';
import type { Recorded } from '../../kernel/event.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { HealthPart, ModuleParts } from '../../kernel/module.ts';
import { createAccessList } from './access-list.ts';
import { createGuardedBroker, type GuardedBroker } from './broker.ts';
import { createCommandIntake, type MqttRefusal } from './command-intake.ts';
import { createCommandTopics } from './command-topics.ts';
import { mqttLimits } from './limits.ts';
import { createListener } from './listener.ts';
import { createLoginGate } from './login-gate.ts';
import { createOverhearing } from './overhearing.ts';

export type MqttSettings = {
  readonly host: string;
  readonly port: number;
  /** `encore`, say; topics are below `<baseTopic>/<room>`. */
  readonly baseTopic: string;
  readonly room: string;
};

export type MqttDoorOptions = {
  readonly settings: MqttSettings;
  readonly topics: readonly Topic[];
  readonly announcements: readonly NonNullable<ModuleParts['announcements']>[];
  /** Retained messages as they stand when the door opens. */
  readonly standing?: readonly NonNullable<ModuleParts['standing']>[];
  /** Rooms that listen to what is no command. */
  readonly hearing?: readonly Hearing[];
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

type Announcements = MqttDoorOptions['announcements'];

const announcementMakers = (
  maps: Announcements,
): ReadonlyMap<string, (event: Recorded) => Announcement | undefined> => {
  const makers = new Map<string, (event: Recorded) => Announcement | undefined>();
  for (const map of maps) {
    for (const [type, make] of Object.entries(map)) {
      if (makers.has(type)) throw new Error(`two MQTT messages for ${type}`);
      makers.set(type, make);
    }
  }
  return makers;
};

export const createMqttDoor = (options: MqttDoorOptions): MqttDoor => {
  const { settings, kernel, authenticator, logger } = options;
  const prefix = `${settings.baseTopic}/${settings.room}`;
  const access = createAccessList(prefix);
  const makers = announcementMakers(options.announcements);
  let broker: GuardedBroker | undefined;
  let hearing = false;

  const publish: GuardedBroker['publish'] = async (message) => broker?.publish(message);

  const announce = async ({ topic, payload, retain }: Announcement) => {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    await publish({ topic: `${prefix}/${topic}`, payload: text, retain });
  };

  const overhear = createOverhearing(prefix, kernel.clock, options.hearing ?? []);
  const intake = createCommandIntake(prefix, {
    kernel,
    logger,
    access,
    publish,
    run: createCommandTopics(options.topics, { kernel, logger }),
    async onRefused(refusal) {
      const told = options.onRefused?.(refusal);
      if (told) await announce(told);
    },
  });

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
  authenticator.onRoleChanged((actor) => broker?.sendAway(actor));

  return {
    async start() {
      broker = await createGuardedBroker({
        login: createLoginGate(authenticator),
        access,
        logger,
        onPublish(packet, identity) {
          overhear(packet);
          return intake(packet, identity);
        },
      });
      if (!hearing) kernel.bus.onCommitted((events) => events.forEach(tell));
      hearing = true;
      for (const made of options.standing ?? []) {
        for (const announcement of made()) await announce(announcement);
      }
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
