import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStorage } from '../../kernel/storage.ts';
import { rememberingLogger } from '../testing/remembering-logger.ts';
import { mqttLimits } from './limits.ts';
import { createRetainedStore, type RetainedPacket } from './retained-store.ts';

const packet = (topic: string, payload: string): RetainedPacket => ({
  cmd: 'publish',
  topic,
  payload: Buffer.from(payload),
  qos: 1,
  retain: true,
});

const open = (isOurs: (topic: string) => boolean = () => false, file = openStorage(':memory:')) => {
  const logger = rememberingLogger();
  const store = createRetainedStore({ file, logger, isOurs });
  const persistence: { storeRetained?: (one: RetainedPacket) => unknown } = {};
  store.serve({ persistence } as never);
  const keep = (one: RetainedPacket) => persistence.storeRetained?.(one);
  return { logger, store, keep };
};

test('there are at most so many of them; the known ones may still change and go', () => {
  const { store, keep, logger } = open();
  for (let count = 0; count < mqttLimits.retainedMessagesMax; count++)
    keep(packet(`a/${count}`, 'x'));
  keep(packet('b', 'x'));
  expect([store.size().messages, store.matching(['b'])]).toEqual([10_000, []]);
  expect(logger.lines.map(({ message }) => message)).toEqual([
    'MQTT message not retained: there are too many already',
  ]);
  keep(packet('a/7', 'changed'));
  expect(String(store.matching(['a/7'])[0]?.payload)).toBe('changed');
  keep(packet('a/8', ''));
  keep(packet('b', 'x'));
  expect(store.matching(['b'])).toHaveLength(1);
  store.close();
});

test('one account keeps at most so many, and only its own count', () => {
  const { store, keep } = open();
  const claimed = (topic: string, payload: string, owner: string) => {
    const fits = store.claim(packet(topic, payload), owner);
    if (fits) keep(packet(topic, payload));
    return fits;
  };
  for (let count = 0; count < mqttLimits.retainedMessagesPerAccountMax; count++)
    claimed(`a/${count}`, 'x', 'ann');
  expect([claimed('b', 'x', 'ann'), claimed('b', 'x', 'bob')]).toEqual([false, true]);
  expect(claimed('a/7', 'changed', 'ann')).toBe(true);
  claimed('a/8', '', 'ann');
  expect(claimed('c', 'x', 'ann')).toBe(true);
  const large = 'x'.repeat(60 * 1024);
  const kept = Array.from({ length: 400 }, (_, count) => claimed(`d/${count}`, large, 'bob'));
  expect(kept.filter(Boolean)).toHaveLength(136);
  store.close();
});

test('what the house itself says always has room', () => {
  const { store, keep } = open((topic) => topic === 'ours');
  for (let count = 0; count < mqttLimits.retainedMessagesMax; count++)
    keep(packet(`a/${count}`, 'x'));
  keep(packet('ours', 'x'));
  expect(store.matching(['ours'])).toHaveLength(1);
  store.close();
});

test('and at most so many bytes, counted as they come and go', () => {
  const { store, keep } = open();
  const payload = 'x'.repeat(60 * 1024);
  for (let count = 0; count < 400; count++) keep(packet(`a/${count}`, payload));
  const { messages, bytes } = store.size();
  expect(bytes).toBeLessThanOrEqual(mqttLimits.retainedBytesMax);
  expect(messages).toBeGreaterThan(250);
  for (let count = 0; count < 400; count++) keep(packet(`a/${count}`, ''));
  expect(store.size()).toEqual({ messages: 0, bytes: 0 });
  store.close();
});

test('whose a message is outlives a restart, also in a file that did not know it', () => {
  const dir = mkdtempSync(join(tmpdir(), 'encore-retained-'));
  const path = join(dir, 'retained.db');
  const old = openStorage(path);
  old.exec(`CREATE TABLE retained (
    topic TEXT PRIMARY KEY,
    payload BLOB NOT NULL,
    qos INTEGER NOT NULL,
    expires_at INTEGER
  ) STRICT, WITHOUT ROWID`);
  old.prepare('INSERT INTO retained VALUES (?, ?, ?, ?)').run('old', Buffer.from('x'), 1, null);
  old.close();
  const first = open(undefined, openStorage(path));
  expect(first.store.matching(['old'])).toHaveLength(1);
  for (let count = 0; count < mqttLimits.retainedMessagesPerAccountMax; count++) {
    first.store.claim(packet(`a/${count}`, 'x'), 'ann');
    first.keep(packet(`a/${count}`, 'x'));
  }
  first.store.close();
  const second = open(undefined, openStorage(path));
  expect(second.store.claim(packet('b', 'x'), 'ann')).toBe(false);
  expect(second.store.claim(packet('b', 'x'), 'bob')).toBe(true);
  second.store.close();
  rmSync(dir, { recursive: true });
});
