import { Server } from 'node:net';
import { Aedes } from 'aedes';
import type { MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { person } from '../testing/fake-authenticator.ts';
import { openMqttDoor, type OpenMqttDoor } from '../testing/open-mqtt-door.ts';

let house: OpenMqttDoor;
let root: MqttClient;
let heard: string[];

const hearAll = async (client: MqttClient) => {
  const topics: string[] = [];
  client.on('message', (topic, payload) => topics.push(`${topic} ${payload.toString()}`));
  await client.subscribeAsync('#', { qos: 1 });
  return topics;
};

const open = async () => {
  house = await openMqttDoor(person('root', { role: 'admin' }), person('ann'));
  root = await house.dial('root');
  heard = await hearAll(root);
};
beforeEach(() => void vi.restoreAllMocks());
afterEach(() => house.close());

const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 20_000, interval: 5 });
const closing = (client: MqttClient) =>
  new Promise<void>((resolve) => void client.once('close', () => resolve()));
const logged = () => house.logger.lines.map(({ message }) => message);

/** As aedes itself throws. */
const brokerFault = (): unknown => {
  try {
    new Aedes().publish(null as never, () => undefined);
  } catch (error) {
    return error;
  }
  throw new Error('the broker takes nothing for a message');
};

test('what the broker throws while a client speaks costs that client, and no other', async () => {
  const { subscribe } = Aedes.prototype;
  vi.spyOn(Aedes.prototype, 'subscribe').mockImplementation(function (
    this: Aedes,
    ...[topic, listener, done]: Parameters<typeof subscribe>
  ) {
    if (topic === 'boom') throw new Error('boom');
    subscribe.call(this, topic, listener, done);
  });
  await open();
  const ann = await house.dial('root');
  const gone = closing(ann);
  ann.subscribe('boom');
  await gone;
  expect(logged()).toContain('the MQTT broker failed on what a client said, and dropped it');
  await root.publishAsync('news', 'x', { qos: 1 });
  await until(() => heard.includes('news x'));
  expect(house.door.health().state).toBe('ok');
});

test.each([0, 1] as const)(
  'a message that the broker fails on holds up none that comes later (QoS %i)',
  async (qos) => {
    const { publish } = Aedes.prototype;
    vi.spyOn(Aedes.prototype, 'publish').mockImplementation(function (
      this: Aedes,
      ...args: Parameters<typeof publish>
    ) {
      if (args[0].topic === 'boom') throw new Error('boom');
      publish.apply(this, args);
    });
    await open();
    const ann = await house.dial('root');
    const gone = closing(ann);
    ann.publish('boom', 'x', { qos });
    await gone;
    await root.publishAsync('news', 'x', { qos: 1 });
    await until(() => heard.includes('news x'));
    house.door.announce({ topic: 'state/volume', payload: { volume: 7 }, retain: true });
    await until(() => heard.includes('encore/main/state/volume {"volume":7}'));
  },
);

test('a fault that nobody caught opens the broker anew, with all that was kept', async () => {
  await open();
  house.door.announce({ topic: 'state/volume', payload: { volume: 7 }, retain: true });
  await root.publishAsync('tele/lamp/LWT', 'Online', { qos: 1, retain: true });
  const gone = closing(root);
  const fault = brokerFault();
  expect([house.door.recover(fault), house.door.recover(fault)]).toEqual([true, true]);
  expect(house.door.health()).toEqual({
    state: 'degraded',
    detail: 'the MQTT broker failed and starts anew',
  });
  await gone;
  await until(() => house.door.health().state === 'ok');
  const again = await hearAll(await house.dial('root'));
  await until(() => again.length === 4);
  expect(again.toSorted()).toEqual([
    'encore/main/info {}',
    'encore/main/state/volume {"volume":7}',
    'encore/main/status online',
    'tele/lamp/LWT Online',
  ]);
});

test("somebody else's fault is left to others", async () => {
  await open();
  expect(house.door.recover(new Error('a bug of ours'))).toBe(false);
  expect([house.door.health().state, root.connected]).toEqual(['ok', true]);
});

test('a port that fails is opened again, and who is connected stays so', async () => {
  await open();
  const handles = (
    process as unknown as { _getActiveHandles(): unknown[] }
  )._getActiveHandles() as object[];
  const port = house.port();
  const server = handles.find(
    (handle): handle is Server =>
      handle instanceof Server && (handle.address() as { port?: number } | null)?.port === port,
  );
  server?.emit('error', new Error('out of sockets'));
  expect(house.door.health().state).toBe('degraded');
  expect(house.door.health().detail).toMatch(/out of sockets; trying again every 5 s/);
  await root.publishAsync('news', 'x', { qos: 1 });
  await until(() => heard.includes('news x'));
  await until(() => house.door.health().state === 'ok');
  await house.dial('ann');
}, 40_000);
