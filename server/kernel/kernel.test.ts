import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStorage, StorageUnavailable } from './storage.ts';
import { eventually } from './testing/eventually.ts';
import { countingIds } from './testing/fake-ports.ts';
import { purses, purseState, putIn } from './testing/purse.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { testKernel } from './testing/test-kernel.ts';

test('reactors hear of a commit before the feed does', async () => {
  const kernel = testKernel({ projections: [purses] });
  const order: string[] = [];
  const { feed } = kernel.connect({
    feed: [{ CoinsPutIn: () => ({ type: 'put', data: {} }) }],
    reactors: [{ name: 'sound', on: ['CoinsPutIn'], react: () => void order.push('reactor') }],
  });
  kernel.start();
  await putIn(kernel, 'a', 1);
  await eventually(() => order.length === 1);
  feed.subscribe({ actor: 'ann', role: 'user' }, undefined, () => order.push('feed'));
  await putIn(kernel, 'a', 1);
  expect(order).toEqual(['reactor', 'reactor', 'feed']);
  await kernel.stop();
});

test('ephemeral messages before there is a feed are nobody’s', () => {
  expect(() => testKernel().publish({ type: 'tick', data: {} })).not.toThrow();
});

test('a stop commits what is queued, refuses what comes later, and leaves a whole database', async () => {
  const path = join(temporaryFolder(), 'encore.db');
  const ids = countingIds();
  const kernel = testKernel({ storage: openStorage(path), ids, projections: [purses] });
  kernel.connect({ feed: [], reactors: [] });
  kernel.start();
  const queued = putIn(kernel, 'a', 5);
  await kernel.stop();
  expect(await queued).toMatchObject({ ok: true, position: 1 });
  await expect(putIn(kernel, 'a', 5)).rejects.toThrow(StorageUnavailable);

  const again = testKernel({ storage: openStorage(path), ids, projections: [purses] });
  expect(again.connect({ feed: [], reactors: [] }).rebuilt).toEqual([]);
  expect(await purseState(again, 'a')).toMatchObject({ coins: 5 });
  await again.stop();
});

test('side tables are there before anything is set up', () => {
  const { storage } = testKernel({ sideTables: ['CREATE TABLE secrets (x TEXT) STRICT'] });
  expect(storage.prepare('SELECT * FROM secrets').all()).toEqual([]);
});

test('a first start that breaks off leaves no tables behind', () => {
  const storage = openStorage(':memory:');
  const sideTables = ['CREATE TABLE secrets (x TEXT) STRICT', 'CREATE TABLE broken ('];
  expect(() => testKernel({ storage, sideTables })).toThrow('incomplete input');
  expect(storage.prepare('SELECT name FROM sqlite_schema').all()).toEqual([]);
});

test('two modules cannot both upcast one event type', () => {
  const upcasters = [{ A: { 1: () => ({}) } }, { A: { 1: () => ({}) } }];
  expect(() => testKernel({ upcasters })).toThrow('two modules bring upcasters for A');
});
