import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { silentLogger } from '../../kernel/logger.ts';
import { testKernel } from '../../kernel/testing/test-kernel.ts';
import { liveMemoryMiB } from '../../testing/live-memory.ts';
import { counterModule } from '../testing/counter-module.ts';
import { fakeAuthenticator, person } from '../testing/fake-authenticator.ts';
import { malformedPackets } from '../testing/malformed-mqtt.ts';
import { openHttpDoor, type OpenDoor } from '../testing/open-http-door.ts';
import { rawConnect, rawPublish } from '../testing/raw-mqtt.ts';
import { createMqttDoor, type MqttDoor } from './mqtt-door.ts';

const packetsPerSeed = 2_000 * inject('effort');
const atOnce = 50;
/** The first leave behind code that is warm and caches that are full. */
const warmUpPackets = 1_000;
/** A few MiB come and go with the garbage collector; more than that for each packet would be a leak. */
const grownMiBMax = 4 + (1.4 / 1024) * (packetsPerSeed - warmUpPackets);

let kernel: ReturnType<typeof testKernel>;
let bells: ReturnType<typeof counterModule>;
let door: MqttDoor;
let http: OpenDoor;

beforeEach(async () => {
  kernel = testKernel();
  bells = counterModule(kernel);
  door = createMqttDoor({
    settings: { host: '127.0.0.1', port: 0, baseTopic: 'encore', room: 'main' },
    topics: [bells.ringTopic],
    announcements: [],
    kernel,
    authenticator: fakeAuthenticator(person('root', { role: 'admin' })),
    info: () => ({}),
    logger: silentLogger,
  });
  await door.start();
  http = await openHttpDoor([bells.ringRoute]);
});
afterEach(async () => {
  await http.close();
  await door.stop();
  await kernel.stop();
});

/** On a connection of its own, before a login or after it; ends when the broker has closed it. */
const say = async (packet: Buffer, loginAs?: 4 | 5) => {
  const [near, far] = duplexPair();
  for (const end of [near, far]) end.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => void far.once('close', resolve));
  door.take?.(far);
  if (loginAs !== undefined) {
    near.write(rawConnect(loginAs, 'root'));
    await once(near, 'data');
  }
  near.resume();
  near.end(packet);
  await closed;
};

const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 20_000, interval: 5 });

const ringOverHttp = async () => {
  const answer = await fetch(`${http.origin}/api/v1/bells/ring`, {
    method: 'POST',
    headers: { Authorization: 'Bearer ann-token', 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'gate' }),
  });
  expect(answer.status).toBe(202);
};

test.each([11, 22, 33, 44, 55])(
  `${packetsPerSeed} malformed packets harm nobody, and the API answers meanwhile (seed %i)`,
  async (seed) => {
    const next = malformedPackets(seed);
    const batch = async () => {
      const said = Array.from({ length: atOnce }, (_, index) => {
        const version = index % 2 === 0 ? 4 : 5;
        return say(next(version), index % 4 < 3 ? version : undefined);
      });
      await Promise.all([...said, ringOverHttp()]);
    };
    for (let sent = 0; sent < warmUpPackets; sent += atOnce) await batch();
    const before = liveMemoryMiB();
    for (let sent = warmUpPackets; sent < packetsPerSeed; sent += atOnce) await batch();
    expect(liveMemoryMiB() - before).toBeLessThan(grownMiBMax);
    // Some were whole commands after all, and of these there may be so many in one second.
    kernel.clock.advance(2000);
    await say(rawPublish('encore/main/cmd/ring', 'door', 5), 5);
    const overMqtt = () => bells.seen.filter(({ command }) => command.origin === 'mqtt');
    await until(() => overMqtt().length === 1);
    await until(() => door.clients() === 0);
  },
  60_000 * (1 + inject('effort')),
);
