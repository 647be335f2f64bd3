import type { MqttClient } from 'mqtt';
import { issueToken, openMqtt, type Person } from '../users/testing/people.ts';
import { freePort } from './free-port.ts';
import { startMosquitto } from './mosquitto.ts';
import { eventually, startTestApp, type TestApp } from './test-app.ts';

export type MqttLogin = { readonly name: string; readonly token: string };

/**
 * The ways to have a broker. What they honestly differ in is here: our own knows who publishes;
 * somebody else's does not, and commands run as one account, or as the house.
 */
export const brokerKinds = [
  { broker: 'the embedded broker', isOurs: true, account: null, by: 'Mira', replies: 'Mira' },
  {
    broker: 'Mosquitto, commands as an account',
    isOurs: false,
    account: 'Mira',
    by: 'Mira',
    replies: 'Mira',
  },
  {
    broker: 'Mosquitto, commands as the house',
    isOurs: false,
    account: null,
    by: null,
    replies: 'house',
  },
] as const;
export type BrokerKind = (typeof brokerKinds)[number];

export type MqttHouse = {
  readonly port: number;
  app(): TestApp;
  /** Of the admin, who may say and hear all; a broker that knows nobody lets in whoever comes. */
  readonly admin: MqttLogin;
  /** An admin's connection by MQTT 5. */
  open(): Promise<MqttClient>;
  /** A login for somebody else at the same broker. */
  login(person: Person): Promise<MqttLogin>;
  /** Until Encore and its broker have found each other. */
  connected(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** The real server with its first account, Mira, and either broker; the player is a fake one. */
export const startMqttHouse = async (kind: BrokerKind): Promise<MqttHouse> => {
  const mosquitto = kind.isOurs ? undefined : await startMosquitto();
  const port = mosquitto?.port ?? (await freePort());
  let app = await startTestApp({
    environment: mosquitto
      ? {
          MQTT_MODE: 'external',
          MQTT_URL: mosquitto.url,
          ...(kind.account !== null && { MQTT_ACCOUNT: kind.account }),
        }
      : { MQTT_MODE: 'embedded', MQTT_PORT: String(port) },
  });
  await app.setUp();
  const mira = { id: '', name: 'Mira', token: app.token() ?? '' };
  const scopes = ['mqtt', 'admin', 'play', 'player', 'read'];
  const admin = { name: 'Mira', token: await issueToken(app, mira, scopes) };
  const connected = async () => {
    await eventually(async () => {
      const { body } = await app.call('GET', '/admin/mqtt');
      return body['state'] === 'ok' || undefined;
    });
  };
  await connected();
  return {
    port,
    app: () => app,
    admin,
    connected,
    open: () => openMqtt(port, admin.name, admin.token),
    async login(person) {
      return { name: person.name, token: await issueToken(app, person, ['mqtt', 'play']) };
    },
    async restart() {
      app = await app.restart();
      await connected();
    },
    async stop() {
      await app.stop();
      await mosquitto?.remove();
    },
  };
};
