import { Aedes } from 'aedes';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boundKeptMessages, type KeptMessages } from './kept-messages.ts';
import { mqttLimits } from './limits.ts';

let broker: Aedes;
let persistence: KeptMessages;

beforeEach(async () => {
  broker = await Aedes.createBroker();
  boundKeptMessages(broker);
  ({ persistence } = broker as unknown as { persistence: KeptMessages });
});
afterEach(() => new Promise<void>((resolve) => broker.close(resolve)));

const large = { topic: 'news', payload: Buffer.alloc(mqttLimits.payloadBytesMax), qos: 1 };
const small = { topic: 'news', payload: 'x', qos: 1 };
const keep = (packet: object, ...clientIds: string[]) =>
  persistence.outgoingEnqueueCombi(
    clientIds.map((clientId) => ({ clientId })),
    packet,
  );
const waitingFor = async (id: string) =>
  (await Array.fromAsync(persistence.outgoingStream({ id }))).length;

test('a client whose subscriptions overlap has a message once', async () => {
  await keep(small, 'panel', 'other', 'panel');
  expect([await waitingFor('panel'), await waitingFor('other')]).toEqual([1, 1]);
});

test('so many wait for one client', async () => {
  for (let count = 0; count < 300; count++) await keep(small, 'panel');
  expect(await waitingFor('panel')).toBe(mqttLimits.keptMessagesMax);
});

test('so many bytes wait for all, and none of them costs a client that is there', async () => {
  const all = mqttLimits.keptBytesMax / mqttLimits.payloadBytesMax;
  for (let count = 0; count < all; count++) await keep(large, count % 2 === 0 ? 'one' : 'two');
  await keep(small, 'three');
  expect(await waitingFor('three')).toBe(0);
  (broker as unknown as { clients: Record<string, unknown> }).clients['here'] = {
    close: (done: () => void) => done(),
    disconnect: (_: unknown, done: () => void) => done(),
  };
  await keep(small, 'here');
  expect(await waitingFor('here')).toBe(1);
  const [first] = await Array.fromAsync(persistence.outgoingStream({ id: 'one' }));
  await persistence.outgoingClearMessageId({ id: 'one' }, first);
  await keep(small, 'three');
  expect(await waitingFor('three')).toBe(1);
});

test('what waited goes with the session, all of it', async () => {
  for (let count = 0; count < 100; count++) await keep(small, 'panel');
  await persistence.cleanSubscriptions({ id: 'panel' });
  expect(await waitingFor('panel')).toBe(0);
});
