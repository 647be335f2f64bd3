import { Aedes } from 'aedes';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rememberingLogger } from '../testing/remembering-logger.ts';
import { boundKeptSessions, type Sessions } from './kept-sessions.ts';
import { mqttLimits } from './limits.ts';

type Subscriptions = {
  addSubscriptions(client: { id: string }, subs: object[]): Promise<void>;
  subscriptionsByClient(client: { id: string }): Promise<object[]>;
};

let broker: Aedes;
let sessions: Sessions;
let subscriptions: Subscriptions;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  broker = await Aedes.createBroker();
  boundKeptSessions(broker, rememberingLogger());
  sessions = broker as unknown as Sessions;
  subscriptions = sessions.persistence as unknown as Subscriptions;
});
afterEach(async () => {
  await new Promise<void>((resolve) => broker.close(resolve));
  vi.useRealTimers();
});

const daySeconds = mqttLimits.sessionExpirySMax;
const left = async (id: string, sessionExpiryInterval = daySeconds) => {
  await subscriptions.addSubscriptions({ id }, [{ topic: 'news', qos: 1 }]);
  sessions.scheduleSessionExpiry({ id, sessionExpiryInterval });
};
const isKept = async (id: string) =>
  (await subscriptions.subscriptionsByClient({ id })).length === 1;

test('a session ends when its time is over, whatever version it speaks', async () => {
  await left('panel');
  await left('lamp', 60);
  vi.advanceTimersByTime(60_000);
  expect([await isKept('panel'), await isKept('lamp')]).toEqual([true, false]);
  vi.advanceTimersByTime(daySeconds * 1000 - 60_001);
  expect(await isKept('panel')).toBe(true);
  vi.advanceTimersByTime(1);
  expect(await isKept('panel')).toBe(false);
});

test('who comes back keeps it, and a day begins anew when they leave', async () => {
  await left('panel');
  vi.advanceTimersByTime(daySeconds * 1000 - 1);
  sessions.clearSessionExpiry('panel');
  vi.advanceTimersByTime(daySeconds * 1000);
  expect(await isKept('panel')).toBe(true);
  await left('panel');
  vi.advanceTimersByTime(daySeconds * 1000 - 1);
  expect(await isKept('panel')).toBe(true);
});

test('one that is not to be kept ends at once', async () => {
  await left('panel', 0);
  expect(await isKept('panel')).toBe(false);
});

test('when there are too many, those that left first go first', async () => {
  for (let count = 0; count < mqttLimits.keptSessionsMax; count++) await left(`panel-${count}`);
  // It was here again, and is the newest.
  sessions.clearSessionExpiry('panel-0');
  await left('panel-0');
  await left('new');
  await left('newer');
  const kept = await Promise.all(
    ['panel-0', 'panel-1', 'panel-2', 'panel-3', 'new', 'newer'].map(isKept),
  );
  expect(kept).toEqual([true, false, false, true, true, true]);
});
