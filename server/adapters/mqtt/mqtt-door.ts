/** The MQTT door: a broker, ours or somebody else's; command topics in, announcements out. */
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Announcement, Authenticator, Hearing, Topic } from '../../kernel/door.ts';
import type { Recorded } from '../../kernel/event.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { HealthPart, ModuleParts } from '../../kernel/module.ts';
import type { MqttStatus } from '../../mqtt/contract.ts';
import { createAccessList } from './access-list.ts';
import { createCommandIntake, type MqttRefusal } from './command-intake.ts';
import { createCommandTopics } from './command-topics.ts';
import { createEmbeddedHub, type EmbeddedSettings } from './embedded-hub.ts';
import { createExternalHub, type ExternalSettings } from './external-hub.ts';
import { createHearing } from './hearing.ts';
import type { HubMessage, HubPorts, MqttHub } from './hub.ts';
import { createRefusals } from './refusals.ts';
import { covers } from './topic-filters.ts';

export type MqttSettings = EmbeddedSettings & {
  /** `encore`, say; topics are below `<baseTopic>/<room>`. */
  readonly baseTopic: string;
  readonly room: string;
  /** Where Home Assistant looks for devices; left out: `homeassistant`. */
  readonly discoveryPrefix?: string;
  /** Instead of the embedded broker. */
  readonly external?: ExternalSettings;
};

export type MqttDoorOptions = {
  readonly settings: MqttSettings;
  readonly topics: readonly Topic[];
  readonly announcements: readonly NonNullable<ModuleParts['announcements']>[];
  /** Retained messages as they stand when the door opens. */
  readonly standing?: readonly NonNullable<ModuleParts['standing']>[];
  /** And as they are to stand after it has closed. */
  readonly farewell?: readonly NonNullable<ModuleParts['farewell']>[];
  /** Who wants to hear what others say. */
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
  /** Never rejects: a port in use, or a broker that is away, shows in `health`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): HealthPart;
  status(): MqttStatus;
  /** Undefined while the port is not open, and where the broker is somebody else's. */
  address(): AddressInfo | undefined;
  /** How many are connected to the embedded broker. */
  clients(): number;
  /** Sends a message; one that is retained is told again whenever the broker has lost it. */
  announce(announcement: Announcement): void;
  /** Told of an error that nobody caught: whether it was the broker's own, which is then opened anew. */
  recover(error: unknown): boolean;
  /** Takes a connection that came by another way; undefined where the broker is somebody else's. */
  readonly take: ((stream: Duplex, request?: IncomingMessage) => void) | undefined;
};

type Announcements = MqttDoorOptions['announcements'];

const announcementMakers = (
  maps: Announcements,
): ReadonlyMap<string, readonly ((event: Recorded) => Announcement | undefined)[]> => {
  const makers = new Map<string, ((event: Recorded) => Announcement | undefined)[]>();
  for (const map of maps) {
    for (const [type, make] of Object.entries(map)) {
      makers.set(type, [...(makers.get(type) ?? []), make]);
    }
  }
  return makers;
};

export const createMqttDoor = (options: MqttDoorOptions): MqttDoor => {
  const { settings, kernel, authenticator, logger } = options;
  const { baseTopic, room, discoveryPrefix = 'homeassistant' } = settings;
  const prefix = `${baseTopic}/${room}`;
  const access = createAccessList({ baseTopic, room, discoveryPrefix });
  const makers = announcementMakers(options.announcements);
  const refusals = createRefusals(kernel.clock);
  /** What the broker has to keep for us, by topic; empty payloads until it has forgotten. */
  const retained = new Map<string, HubMessage>();
  let open = false;
  let following = false;

  const publish = async (message: HubMessage): Promise<void> => {
    const delivered = await hub.publish(message);
    const cleared = message.retain && message.payload === '';
    if (delivered && cleared && retained.get(message.topic) === message) {
      retained.delete(message.topic);
    }
  };

  const announce = async ({ topic, payload, retain, root, qos }: Announcement) => {
    if (!open) return;
    const message: HubMessage = {
      topic: root ? topic : `${prefix}/${topic}`,
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
      retain,
      ...(qos === 0 && { qos }),
    };
    if (retain) retained.set(message.topic, message);
    await publish(message);
  };

  const isOurs = (topic: string) => covers(`${prefix}/#`, topic) || retained.has(topic);
  const hearing = createHearing(options.hearing ?? [], {
    clock: kernel.clock,
    logger,
    isOurs,
  });

  const status = (payload: 'online' | 'offline'): HubMessage => ({
    topic: `${prefix}/status`,
    payload,
    retain: true,
  });

  const ports: HubPorts = {
    logger,
    refusals,
    onCommand: createCommandIntake(prefix, {
      kernel,
      logger,
      access,
      publish: (message) => hub.publish(message),
      run: createCommandTopics(options.topics, { kernel, logger, authenticator }),
      async onRefused(refusal) {
        const told = options.onRefused?.(refusal);
        if (told) await announce(told);
      },
    }),
    onHeard: hearing.hear,
    async onOpen() {
      for (const message of retained.values()) await publish(message);
      await hub.publish(status('online'));
    },
  };

  const isCommand = (topic: string) => topic.startsWith(`${prefix}/cmd/`);
  const { clock } = kernel;
  const { external } = settings;
  const hub: MqttHub = external
    ? createExternalHub(external, { ...ports, prefix, authenticator })
    : createEmbeddedHub(settings, { ...ports, access, authenticator, clock, isCommand, isOurs });

  const tell = (event: Recorded) => {
    for (const make of makers.get(event.type) ?? []) {
      try {
        const announcement = make(event);
        if (announcement) void announce(announcement);
      } catch (error) {
        logger.error({ err: error, type: event.type }, 'an event could not be told over MQTT');
      }
    }
  };

  const listen = () => {
    if (open) hub.listen(hearing.filters());
  };

  authenticator.onRevoked((credential) => hub.revoke(credential));
  authenticator.onRoleChanged((actor) => hub.sendAway(actor));
  // Topics have the name in them.
  authenticator.onRenamed((actor) => hub.sendAway(actor));
  hearing.onFiltersChanged(listen);

  return {
    async start() {
      open = true;
      if (!following) kernel.bus.onCommitted((events) => events.forEach(tell));
      following = true;
      const standing = (options.standing ?? []).flatMap((made) => [...made()]);
      const info: Announcement = { topic: 'info', payload: options.info(), retain: true };
      for (const announcement of [...standing, info]) void announce(announcement);
      listen();
      await hub.start();
    },
    async stop() {
      for (const made of options.farewell ?? []) {
        for (const announcement of made()) void announce(announcement);
      }
      await hub.stop(status('offline'));
      open = false;
    },
    health: () => hub.health(),
    status: () => ({
      mode: external ? 'external' : 'embedded',
      ...hub.health(),
      url: hub.url(),
      topic: prefix,
      clients: hub.clients(),
      refusals: refusals
        .list()
        .map(({ at, ...refusal }) => ({ at: new Date(at).toISOString(), ...refusal })),
    }),
    address: () => hub.address(),
    clients: () => hub.clients().length,
    announce: (announcement) => void announce(announcement),
    recover: (error) => hub.recover(error),
    take: hub.take,
  };
};
