import { once } from 'node:events';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { liveMemoryMiB } from '../../testing/live-memory.ts';
import { person } from '../testing/fake-authenticator.ts';
import { openMqttDoor, type OpenMqttDoor } from '../testing/open-mqtt-door.ts';
import { rawConnect, rawPublish, rawSubscribe } from '../testing/raw-mqtt.ts';
import { mqttLimits } from './limits.ts';

const versions = [4, 5] as const;
const grownMiBMax = 8;

let house: OpenMqttDoor;

beforeEach(async () => {
  house = await openMqttDoor(
    person('ann'),
    person('root', { role: 'admin' }),
    person('button', { mqtt: { kind: 'device', prefixes: ['zigbee2mqtt'], actAs: false } }),
  );
});
afterEach(() => house.close());

const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 20_000, interval: 5 });

const stillWorks = async () => {
  const before = house.bells.seen.length;
  const ann = await house.dial('ann');
  await ann.publishAsync('encore/main/cmd/ring', 'door', { qos: 1 });
  await until(() => house.bells.seen.length > before);
};

/** A bare connection that is logged in, and what it is told afterwards. */
const rawLogin = async (version: 4 | 5, name: string) => {
  const { socket, closed } = house.raw();
  socket.write(rawConnect(version, name));
  await once(socket, 'data');
  const told: Buffer[] = [];
  socket.on('data', (piece: Buffer) => told.push(piece));
  return { socket, closed, told: () => Buffer.concat(told) };
};

const refusals = () =>
  house.door.status().refusals.map(({ action, what, times }) => [action, what, times]);

test.each(versions)(
  '256 MiB announced before a login are not waited for, nor kept (MQTT version %i)',
  async (version) => {
    const before = liveMemoryMiB();
    const { socket, closed } = house.raw();
    socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
    socket.write(rawConnect(version, 'root').subarray(2));
    const more = Buffer.alloc(1024 * 1024);
    for (let sent = 0; sent < 256 && !socket.destroyed; sent++) {
      await new Promise((resolve) => socket.write(more, resolve));
    }
    await closed;
    expect(liveMemoryMiB() - before).toBeLessThan(grownMiBMax);
    await stillWorks();
  },
);

test('20,000 publishes of QoS 2 are each refused, and nothing of them stays', async () => {
  const wanted = 20_000;
  const { socket, told } = await rawLogin(5, 'root');
  const flood = (count: number) => {
    for (let number = 1; number <= count; number++) {
      const delivery = { qos: 2, messageId: number } as const;
      socket.write(rawPublish('news', 'x'.repeat(200), 5, delivery));
    }
  };
  const pubrec = 0x50;
  /** Of the PUBRECs so far, how many say "not authorized"; any other packet is a fault. */
  const refused = () => {
    const bytes = told();
    let count = 0;
    for (let at = 0; at + 4 < bytes.length; at += 2 + (bytes[at + 1] ?? 0)) {
      expect(bytes[at]).toBe(pubrec);
      if (bytes[at + 4] === 0x87) count++;
    }
    return count;
  };
  flood(100);
  await until(() => refused() === 100);
  house.logger.lines.length = 0;
  const before = liveMemoryMiB();
  flood(wanted - 100);
  await vi.waitUntil(() => refused() === wanted, { timeout: 50_000, interval: 100 });
  expect(refusals()).toEqual([['publish', 'news', wanted]]);
  // What this test and its logger remember is not the broker's.
  house.logger.lines.length = 0;
  expect(liveMemoryMiB() - before).toBeLessThan(grownMiBMax);
  await stillWorks();
}, 60_000);

test('the first publish of QoS 2 ends a connection of MQTT 3.1.1', async () => {
  const { socket, closed } = await rawLogin(4, 'root');
  for (let messageId = 1; messageId <= 1000; messageId++) {
    socket.write(rawPublish('news', 'x', 4, { qos: 2, messageId }));
  }
  await closed;
  expect(refusals()).toEqual([['publish', 'news', 1]]);
  await stillWorks();
});

test.each(versions)(
  'a button hears what is its own, by no filter more (MQTT version %i)',
  async (version) => {
    const { socket, told } = await rawLogin(version, 'button');
    const refused = [
      '#',
      '+/#',
      '+',
      '+/+/#',
      'dev/+/press',
      'dev/#',
      '/#',
      '$SYS/#',
      '$share/group/#',
      'encore/main/status',
    ];
    for (const filter of refused) socket.write(rawSubscribe(filter, version));
    for (const own of ['dev/button/#', 'zigbee2mqtt/#'])
      socket.write(rawSubscribe(own, version, 1));
    // SUBACK: head, length, message id, properties of MQTT 5, one reason.
    const size = version === 5 ? 6 : 5;
    await until(() => told().length === size * (refused.length + 2));
    const answers = Array.from(
      { length: refused.length + 2 },
      (_, index) => told()[size * index + size - 1],
    );
    const noShares = 0x9e;
    const notAuthorized = version === 5 ? 0x87 : 0x80;
    const wanted = refused.map((filter) =>
      version === 5 && filter.startsWith('$share/') ? noShares : notAuthorized,
    );
    // Granted, with the QoS.
    expect(answers).toEqual([...wanted, 1, 1]);
    const before = told().length;
    const root = await house.dial('root');
    for (const topic of ['news', 'dev/other/press', 'encore/main/x', 'dev/button/press'])
      await root.publishAsync(topic, 'x', { qos: 1 });
    await until(() => told().includes('dev/button/press'));
    expect(told().subarray(before).toString()).not.toMatch(/news|other|encore/);
  },
);

/** What only the broker says to itself: another broker has this client now, so end it here. */
const takeover = (id: string) => ['$SYS/another/new/clients', id] as const;

test.each(versions)(
  'nobody speaks as the broker, not even in a will (MQTT version %i)',
  async (protocolVersion) => {
    const victim = await house.dial('root', { clientId: 'victim' });
    const [topic, id] = takeover('root/victim');
    const options: IClientOptions = { protocolVersion };
    const root = await house.dial('root', options);
    // In 3.1.1 the connection ends instead of an answer.
    root.publish(topic, id, { qos: 1 });
    const will = { topic, payload: Buffer.from(id), qos: 1, retain: true } as const;
    const dying = await house.dial('root', { ...options, will });
    dying.stream.destroy();
    await until(() => refusals().some(([, what, times]) => what === topic && times === 2));
    expect(victim.connected).toBe(true);
    await stillWorks();
  },
);

const deep = Array.from({ length: 101 }, (_, level) => level).join('/');

const deepWays: Record<string, (client: MqttClient) => Promise<unknown>> = {
  publish: (client) => client.publishAsync(deep, 'x', { qos: 1 }),
  'retained publish': (client) => client.publishAsync(deep, 'x', { qos: 1, retain: true }),
  subscription: (client) => client.subscribeAsync(`${deep}/#`, { qos: 1 }),
  unsubscription: (client) => client.unsubscribeAsync(deep),
};

test.each(
  versions.flatMap((version) => Object.keys(deepWays).map((way) => [way, version] as const)),
)(
  'a %s of 101 levels costs its sender the connection and nobody anything else (MQTT version %i)',
  async (way, protocolVersion) => {
    const root = await house.dial('root', { protocolVersion });
    const closed = new Promise<void>((resolve) => void root.once('close', () => resolve()));
    deepWays[way]?.(root).catch(() => undefined);
    await closed;
    await stillWorks();
  },
);

test.each(versions)(
  'a will of 101 levels is not told, and an answer that is wanted there neither (MQTT version %i)',
  async (protocolVersion) => {
    const root = await house.dial('root');
    const heard: string[] = [];
    root.on('message', (topic) => heard.push(topic));
    await root.subscribeAsync(['0/#', 'end'], { qos: 1 });
    const will = { topic: deep, payload: Buffer.from('x'), qos: 1, retain: true } as const;
    const dying = await house.dial('root', { protocolVersion, will });
    dying.stream.destroy();
    await until(() => house.door.clients() === 1);
    const properties = { responseTopic: deep };
    await root.publishAsync('encore/main/cmd/ring', 'door', { qos: 1, properties });
    await until(() =>
      house.logger.lines.some(({ message }) => message === 'MQTT message could not be sent'),
    );
    await root.publishAsync('end', 'x', { qos: 1 });
    await until(() => heard.includes('end'));
    expect(heard).toEqual(['end']);
    await stillWorks();
  },
);

const away = (clientId: string): IClientOptions => ({ clientId, clean: false, protocolVersion: 4 });

test('sessions of 3.1.1 that nobody wipes take no place of who is there; the oldest goes first', async () => {
  const here = await Promise.all(
    Array.from({ length: 10 }, (_, index) => house.dial('root', away(`here-${index}`))),
  );
  const leave = async (clientId: string) => {
    const client = await house.dial('root', away(clientId));
    await client.subscribeAsync('news', { qos: 1 });
    await client.endAsync();
    await until(() => house.door.clients() === here.length);
  };
  for (let count = 0; count < mqttLimits.keptSessionsMax + 2; count++)
    await leave(`panel-${count}`);
  const isKept = (clientId: string) =>
    new Promise<boolean>((resolve) => {
      const client = mqtt.connect(`mqtt://127.0.0.1:${house.port()}`, {
        username: 'root',
        password: 'root-token',
        reconnectPeriod: 0,
        ...away(clientId),
      });
      client.once('connect', ({ sessionPresent }) => {
        client.end(true);
        resolve(sessionPresent);
      });
    });
  // Who is asked for comes back, and is the newest of those away afterwards.
  const asked = ['panel-2', `panel-${mqttLimits.keptSessionsMax + 1}`, 'panel-0', 'panel-1'];
  const kept: boolean[] = [];
  for (const clientId of asked) kept.push(await isKept(clientId));
  expect(kept).toEqual([true, true, false, false]);
  expect(here.every(({ connected }) => connected)).toBe(true);
}, 60_000);
