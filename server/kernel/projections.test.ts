import { describe, expect, test } from 'vitest';
import type { AnyProjection, Projection } from './projections.ts';
import { openStorage, type Storage } from './storage.ts';
import { countingIds } from './testing/fake-ports.ts';
import { purse, purses, putIn, takeOut, type PurseEvent } from './testing/purse.ts';
import { testKernel } from './testing/test-kernel.ts';
import { done } from './command-bus.ts';

const ids = countingIds();
const open = (storage: Storage, ...projections: AnyProjection[]) =>
  testKernel({ storage, ids, projections });
const reports = (kernel: ReturnType<typeof testKernel>) =>
  kernel.connect({ feed: [], reactors: [] }).rebuilt;

const filled = async () => {
  const storage = openStorage(':memory:');
  const kernel = open(storage, purses);
  await putIn(kernel, 'a', 5);
  await takeOut(kernel, 'a', 2);
  await putIn(kernel, 'b', 7);
  await takeOut(kernel, 'b', 9);
  return { storage, kernel };
};
const balances = (storage: Storage) =>
  storage.prepare('SELECT id, coins FROM purses ORDER BY id').all();
const tables = (storage: Storage) =>
  storage
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'purse%' ORDER BY name",
    )
    .pluck()
    .all();
const right = [
  { id: 'a', coins: 3 },
  { id: 'b', coins: 7 },
];

/** The second version of `purses`, which counts in cents. */
const purses2: Projection<PurseEvent> = {
  ...purses,
  version: 2,
  tables: { purses: 'CREATE TABLE purses (id TEXT PRIMARY KEY, coins INTEGER NOT NULL) STRICT' },
  handlers(storage) {
    const upsert = storage.prepare(
      'INSERT INTO purses VALUES (:id, :cents) ON CONFLICT DO UPDATE SET coins = coins + :cents',
    );
    return {
      CoinsPutIn: ({ streamId, data }) =>
        void upsert.run({ id: streamId, cents: data.coins * 100 }),
    };
  },
};

const counter = (name: string, seen: string[] = []): AnyProjection => ({
  name,
  version: 1,
  tables: { [name]: `CREATE TABLE ${name} (id INTEGER PRIMARY KEY) STRICT` },
  handlers: () => ({
    CoinsPutIn: (event: { data: { coins: number } }) =>
      void seen.push(`${name} ${event.data.coins}`),
  }),
});

describe('at the start', () => {
  test('a new read model is filled from the log', async () => {
    const { storage } = await filled();
    const seen: string[] = [];
    const kernel = open(storage, purses, counter('first', seen), counter('second', seen));
    expect(reports(kernel)).toEqual([
      { projection: 'first', events: 2 },
      { projection: 'second', events: 2 },
    ]);
    expect(seen).toEqual(['first 5', 'second 5', 'first 7', 'second 7']);
  });

  test('one at its version is left alone', async () => {
    const { storage } = await filled();
    expect(reports(open(storage, purses))).toEqual([]);
    expect(balances(storage)).toEqual(right);
  });

  test('newer code rebuilds the older tables', async () => {
    const { storage } = await filled();
    expect(reports(open(storage, purses2))).toEqual([{ projection: 'purses', events: 2 }]);
    expect(balances(storage)).toEqual([
      { id: 'a', coins: 500 },
      { id: 'b', coins: 700 },
    ]);
    expect(tables(storage)).toEqual(['purses']);
  });

  test('older code does not touch newer tables, and says what to do', async () => {
    const { storage } = await filled();
    open(storage, purses2);
    const before = balances(storage);
    expect(() => open(storage, purses)).toThrow(
      'the read model "purses" was written by a newer Encore: start that version, or restore a backup',
    );
    expect(balances(storage)).toEqual(before);
  });

  test('one that was away starts over, since it missed events', async () => {
    const { storage } = await filled();
    await putIn(open(storage), 'a', 10);
    expect(tables(storage)).toEqual([]);
    expect(reports(open(storage, purses))).toEqual([{ projection: 'purses', events: 5 }]);
    expect(balances(storage)).toEqual([
      { id: 'a', coins: 13 },
      { id: 'b', coins: 7 },
    ]);
  });

  test('a rebuild that fails changes nothing and says its own error', async () => {
    const { storage } = await filled();
    const broken: AnyProjection = {
      ...counter('broken'),
      handlers: () => ({
        CoinsTakenOut() {
          throw new Error('a bug');
        },
      }),
    };
    expect(() => open(storage, purses2, broken)).toThrow('a bug');
    expect(balances(storage)).toEqual(right);
    expect(reports(open(storage, purses))).toEqual([]);
  });
});

describe('rebuild', () => {
  test('gives the live tables again, byte for byte', async () => {
    const { kernel, storage } = await filled();
    const dump = () =>
      JSON.stringify([storage.prepare('SELECT * FROM purse_moves').all(), balances(storage)]);
    const live = dump();
    expect(kernel.projector.rebuild()).toEqual([{ projection: 'purses', events: 4 }]);
    expect(dump()).toBe(live);
  });

  test('heals tables that somebody changed', async () => {
    const { kernel, storage } = await filled();
    storage.exec(
      "UPDATE purses SET coins = 1000; DELETE FROM purse_moves; INSERT INTO purses VALUES ('x', 1, 1)",
    );
    kernel.projector.rebuild('purses');
    expect(balances(storage)).toEqual(right);
  });

  test('leaves other projections alone', async () => {
    const { storage } = await filled();
    const kernel = open(storage, purses, counter('other'));
    storage.exec('INSERT INTO other VALUES (1)');
    kernel.projector.rebuild('purses');
    expect(storage.prepare('SELECT id FROM other').all()).toEqual([{ id: 1 }]);
  });

  test('reads and commands prepared before it go on', async () => {
    const { kernel, storage } = await filled();
    const read = storage.prepare("SELECT coins FROM purses WHERE id = 'a'").pluck();
    expect(read.get()).toBe(3);
    kernel.projector.rebuild();
    await putIn(kernel, 'a', 1);
    expect(read.get()).toBe(4);
    kernel.projector.verify();
    await putIn(kernel, 'a', 1);
    expect(read.get()).toBe(5);
    expect(kernel.projector.verify()).toEqual([]);
  });

  test('reads more events than a page', async () => {
    const kernel = testKernel({ projections: [purses] });
    const coins = Array.from({ length: 100 }, (_, index) => index + 1);
    const commands = Array.from({ length: 51 }, (_, index) =>
      kernel.bus.execute({ actor: 'ann', origin: 'system' }, (tx) => {
        for (const one of coins) tx.decide(purse, `purse-${index}`, { type: 'PutIn', coins: one });
        return done(null);
      }),
    );
    await Promise.all(commands);
    expect(kernel.projector.rebuild()).toEqual([{ projection: 'purses', events: 5100 }]);
    const sum = kernel.storage.prepare('SELECT sum(coins) FROM purses').pluck().get();
    expect(sum).toBe(51 * 5050);
  });
});

describe('verify', () => {
  test('is content with honest tables and leaves them as they are', async () => {
    const { kernel, storage } = await filled();
    expect(kernel.projector.verify()).toEqual([]);
    expect(balances(storage)).toEqual(right);
  });

  test.each([
    ['a changed row', "UPDATE purses SET coins = 4 WHERE id = 'a'", ['purses']],
    ['a row too many', "INSERT INTO purses VALUES ('x', 1, 0)", ['purses']],
    ['a row too few', 'DELETE FROM purse_moves WHERE position = 1', ['purse_moves']],
  ])('names the table with %s, and does not heal it', async (_, sql, tables) => {
    const { kernel, storage } = await filled();
    storage.exec(sql);
    expect(kernel.projector.verify()).toEqual(tables);
    expect(kernel.projector.verify()).toEqual(tables);
  });
});
