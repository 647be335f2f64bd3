import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { testKernel } from '../../kernel/testing/test-kernel.ts';
import { counterModule } from '../testing/counter-module.ts';
import { fakeAuthenticator, person } from '../testing/fake-authenticator.ts';
import { rawConnect, rawPublish, rawSubscribe } from '../testing/raw-mqtt.ts';
import { rememberingLogger } from '../testing/remembering-logger.ts';
import { createMqttDoor, type MqttDoor } from './mqtt-door.ts';

let kernel: ReturnType<typeof testKernel>;
let bells: ReturnType<typeof counterModule>;
let logger: ReturnType<typeof rememberingLogger>;
let door: MqttDoor;
let port: number;
let clients: MqttClient[];
let sockets: Socket[];

beforeEach(async () => {
  clients = [];
  sockets = [];
  kernel = testKernel();
  bells = counterModule(kernel);
  logger = rememberingLogger();
  door = createMqttDoor({
    settings: { host: '127.0.0.1', port: 0, baseTopic: 'encore', room: 'main' },
    topics: [bells.ringTopic],
    announcements: [],
    kernel,
    authenticator: fakeAuthenticator(person('ann'), person('root', { role: 'admin' })),
    info: () => ({}),
    logger,
  });
  await door.start();
  port = door.address()?.port ?? 0;
});

afterEach(async () => {
  for (const client of clients) client.end(true);
  for (const socket of sockets) socket.destroy();
  await door.stop();
  await kernel.stop();
});

const dial = async (name: string, options: IClientOptions = {}) => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    username: name,
    password: `${name}-token`,
    reconnectPeriod: 0,
    protocolVersion: 5,
    ...options,
  });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
};

const raw = () => {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  return socket;
};

const until = (holds: () => boolean | Promise<boolean>) =>
  vi.waitUntil(holds, { timeout: 20_000, interval: 5 });

const stillWorks = async () => {
  const ann = await dial('ann');
  const before = bells.seen.length;
  await ann.publishAsync('encore/main/cmd/ring', 'door', { qos: 1 });
  await until(() => bells.seen.length > before);
  expect(bells.seen.length).toBe(before + 1);
};

test('odd packets before a login are not answered', async () => {
  const socket = raw();
  socket.write(rawPublish('encore/main/cmd/ring', 'door'));
  await once(socket, 'close');
  expect(bells.seen).toEqual([]);
});

test('who connects and says nothing is dropped after 5 s', async () => {
  const socket = raw();
  const startedMs = performance.now();
  socket.write(rawConnect(4, 'root').subarray(0, 10));
  await once(socket, 'close');
  expect(performance.now() - startedMs).toBeGreaterThan(4_500);
}, 10_000);

test('a packet that announces 256 MiB is refused before it arrives', async () => {
  const socket = raw();
  socket.write(rawConnect(4, 'root'));
  await once(socket, 'data');
  socket.write(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f, 0x00]));
  await once(socket, 'close');
  await stillWorks();
});

test('who does not read is dropped, and the others never wait', async () => {
  const socket = raw();
  socket.write(rawConnect(4, 'root'));
  await once(socket, 'data');
  socket.write(rawSubscribe('flood'));
  await once(socket, 'data');
  socket.pause();
  const root = await dial('root');
  let heard = 0;
  root.on('message', () => heard++);
  await root.subscribeAsync('flood');
  const payload = 'x'.repeat(60 * 1024);
  for (let count = 0; count < 300 && door.clients() === 2; count++)
    await root.publishAsync('flood', payload, { qos: 1 });
  expect(door.clients()).toBe(1);
  expect(heard).toBeGreaterThan(20);
  expect(
    logger.lines.some(({ message }) => message === 'MQTT client does not read and is dropped'),
  ).toBe(true);
});

test('at most 256 clients', async () => {
  await Promise.all(
    Array.from({ length: 256 }, async () => {
      const socket = raw();
      socket.write(rawConnect(4, 'root'));
      await once(socket, 'data');
    }),
  );
  expect(door.clients()).toBe(256);
  await expect(dial('ann')).rejects.toThrow(/Server unavailable/i);
  sockets.pop()?.destroy();
  await until(() => door.clients() < 256);
  await stillWorks();
});

for (const protocolVersion of [4, 5] as const) {
  test(`messages for an absent client are kept, a bounded number of them (MQTT version ${protocolVersion})`, async () => {
    const options: IClientOptions = {
      clientId: 'panel',
      clean: false,
      protocolVersion,
      ...(protocolVersion === 5 && { properties: { sessionExpiryInterval: 3600 } }),
    };
    const first = await dial('root', options);
    await first.subscribeAsync('news', { qos: 1 });
    await first.endAsync();
    const other = await dial('root');
    for (let count = 1; count <= 300; count++)
      await other.publishAsync('news', String(count), { qos: 1 });
    const again = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
      username: 'root',
      password: 'root-token',
      reconnectPeriod: 0,
      ...options,
    });
    clients.push(again);
    const heard: string[] = [];
    again.on('message', (_topic, payload) => heard.push(String(payload)));
    await until(() => heard.length >= 256);
    expect(heard).toEqual(Array.from({ length: 256 }, (_, index) => String(index + 1)));
    // As long as what waited is not acknowledged, there is no room for more.
    await until(async () => {
      await other.publishAsync('news', 'later', { qos: 1 });
      return heard.at(-1) === 'later';
    });
  }, 30_000);
}
