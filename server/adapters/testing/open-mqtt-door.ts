import { connect, type Socket } from 'node:net';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import type { Identity } from '../../kernel/door.ts';
import { testKernel } from '../../kernel/testing/test-kernel.ts';
import { createMqttDoor, type MqttDoor } from '../mqtt/mqtt-door.ts';
import { counterModule } from './counter-module.ts';
import { fakeAuthenticator, type FakeAuthenticator } from './fake-authenticator.ts';
import { rememberingLogger } from './remembering-logger.ts';

export type OpenMqttDoor = {
  readonly door: MqttDoor;
  readonly bells: ReturnType<typeof counterModule>;
  readonly logger: ReturnType<typeof rememberingLogger>;
  readonly authenticator: FakeAuthenticator;
  port(): number;
  /** By mqtt.js, MQTT 5 unless asked otherwise, without reconnecting. */
  dial(name: string, options?: IClientOptions): Promise<MqttClient>;
  /** A bare connection; `closed` is the broker's doing or its own. */
  raw(): { socket: Socket; closed: Promise<void> };
  /** Ends all that was dialled as well. */
  close(): Promise<void>;
};

/** The embedded broker on a free port of this machine, with one bell to ring. */
export const openMqttDoor = async (...people: Identity[]): Promise<OpenMqttDoor> => {
  const clients: MqttClient[] = [];
  const sockets: Socket[] = [];
  const kernel = testKernel();
  const bells = counterModule(kernel);
  const logger = rememberingLogger();
  const authenticator = fakeAuthenticator(...people);
  const door = createMqttDoor({
    settings: { host: '127.0.0.1', port: 0, baseTopic: 'encore', room: 'main' },
    topics: [bells.ringTopic],
    announcements: [],
    kernel,
    authenticator,
    info: () => ({}),
    logger,
  });
  await door.start();
  const port = () => door.address()?.port ?? 0;
  return {
    door,
    bells,
    logger,
    authenticator,
    port,
    async dial(name, options = {}) {
      const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port()}`, {
        username: name,
        password: `${name}-token`,
        reconnectPeriod: 0,
        protocolVersion: 5,
        ...options,
      });
      client.on('error', () => undefined);
      clients.push(client);
      return client;
    },
    raw() {
      const socket = connect(port(), '127.0.0.1');
      sockets.push(socket);
      socket.on('error', () => undefined);
      const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
      return { socket, closed };
    },
    async close() {
      for (const client of clients) client.end(true);
      for (const socket of sockets) socket.destroy();
      await door.stop();
      await kernel.stop();
    },
  };
};
