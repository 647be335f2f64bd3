import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { LogCheck } from './log-check.ts';
import type { RunningKernel } from './kernel.ts';
import { openScratch, openStorage, openStorageToRead } from './storage.ts';
import { putIn, purses, takeOut } from './testing/purse.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { testKernel } from './testing/test-kernel.ts';
import { createUpcast } from './upcasters.ts';
import { verifyLog, type Verification } from './verification.ts';

let kernel: RunningKernel;
beforeEach(async () => {
  kernel = testKernel({ projections: [purses] });
  // Positions 1 to 6: a, b, a, b, a, b.
  for (let coins = 1; coins <= 3; coins++) {
    await putIn(kernel, 'purse-a', coins);
    await putIn(kernel, 'purse-b', 10 * coins);
  }
});

const verify = (options: Partial<Verification> = {}) =>
  verifyLog({
    live: kernel.storage,
    openScratch,
    upcast: createUpcast({}),
    projections: [purses],
    checks: [],
    published: [],
    ...options,
  });

const tamper = (sql: string) => {
  const triggers = kernel.storage
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    .pluck()
    .all();
  for (const trigger of triggers) kernel.storage.exec(`DROP TRIGGER ${trigger}`);
  kernel.storage.exec(sql);
};

const headNow = () => {
  const { position, hash } = kernel.log.head();
  return { position, head: hash.toString('hex') };
};

test('an honest house is valid, and nothing is left behind', () => {
  const progress: number[][] = [];
  const verdict = verify({ progress: (...one) => progress.push(one), published: [headNow()] });
  expect(verdict).toEqual({ verdict: 'valid', ...headNow() });
  expect(progress).toEqual([
    [0, 6],
    [6, 6],
  ]);
  expect(kernel.storage.inTransaction).toBe(false);
});

describe('names the first position that does not hold, after', () => {
  test.each([
    [
      'one byte of an event',
      `UPDATE events SET data = '{"coins":9}' WHERE global_position = 3`,
      3,
      'event 3 was altered',
    ],
    [
      'an edited row',
      `UPDATE purses SET coins = 1000 WHERE id = 'purse-a'`,
      5,
      'purses: the row id = "purse-a" is not what event 5 made of it',
    ],
    [
      'two rows that changed places',
      `UPDATE purses SET coins = CASE id WHEN 'purse-a' THEN 60 ELSE 6 END`,
      5,
      'purses: the row id = "purse-a" is not what event 5 made of it',
    ],
    [
      'a removed row',
      `DELETE FROM purse_moves WHERE position = 2`,
      2,
      'purse_moves: the row position = 2 of event 2 is missing',
    ],
    [
      'an invented row',
      `INSERT INTO purses VALUES ('purse-c', 5, 0)`,
      6,
      'purses: no event made the row id = "purse-c" that stands there',
    ],
    [
      'a table with a column more',
      'ALTER TABLE purses ADD COLUMN extra TEXT',
      6,
      'purses: the table has not the columns it should have',
    ],
    [
      'a read model of another version',
      `UPDATE projections SET version = 7`,
      6,
      "the read model purses is not of this Encore's version: start it once, or rebuild it",
    ],
  ])('%s', (_, sql, position, fault) => {
    tamper(sql);
    expect(verify()).toMatchObject({ verdict: 'broken', position, fault });
  });

  test('the last event is deleted, as far as anybody remembers it', () => {
    const was = headNow();
    tamper('DELETE FROM events WHERE global_position = 6');
    const missing = { verdict: 'broken', position: 6, fault: 'events after 5 are missing' };
    expect(verify({ reached: was.position })).toMatchObject(missing);
    expect(verify({ published: [was] })).toMatchObject(missing);
    // Without a witness the read models still tell.
    expect(verify()).toMatchObject({ verdict: 'broken', position: 4 });
    tamper(
      'CREATE TABLE checkpoints (reactor TEXT, position INTEGER); INSERT INTO checkpoints VALUES (1, 6)',
    );
    expect(verify()).toMatchObject(missing);
  });

  test('the log was written anew behind one of several published heads', async () => {
    const first = headNow();
    await takeOut(kernel, 'purse-a', 1);
    const second = { ...headNow(), head: '00'.repeat(32) };
    expect(verify({ published: [first, second] })).toMatchObject({
      verdict: 'broken',
      position: 7,
      fault: 'event 7 is not the one whose hash was published',
    });
  });

  test('the file itself is damaged', async () => {
    const file = join(temporaryFolder(), 'encore.db');
    const whole = testKernel({ storage: openStorage(file), projections: [purses] });
    for (let coins = 1; coins <= 400; coins++) await putIn(whole, `purse-${coins % 7}`, coins);
    await whole.stop();
    const bytes = readFileSync(file);
    const page = bytes.readUInt16BE(16);
    // The heads of all pages behind the schema's.
    for (let at = 3 * page; at < bytes.length; at += page) bytes.fill(0xee, at, at + 64);
    writeFileSync(file, bytes);
    const live = openStorageToRead(file);
    expect(verify({ live })).toMatchObject({
      verdict: 'broken',
      position: 1,
      fault: 'the database file is damaged: database disk image is malformed',
    });
    live.close();
  });

  test('a stream is out of order, in a log that was chained anew', () => {
    const meta = { actor: 'ann', origin: 'http', correlationId: 'c', causationId: null } as const;
    tamper('DELETE FROM events WHERE global_position = 6');
    kernel.log.refreshHead();
    kernel.log.append('purse-b', 4, [{ type: 'CoinsPutIn', data: { coins: 30 } }], meta);
    expect(verify()).toMatchObject({
      position: 6,
      fault: 'event 6 is out of place in its stream purse-b',
    });
  });
});

describe("a module's own check", () => {
  const sumCheck = (limit: number): LogCheck => ({
    name: 'sums',
    on: ['CoinsPutIn'],
    open(storage) {
      let sum = 0;
      return {
        see(event) {
          sum += (event.data as { coins: number }).coins;
          if (event.globalPosition === limit) throw new Error('no such purse');
          return undefined;
        },
        end(position) {
          const stored = storage.prepare('SELECT sum(coins) FROM purses').pluck().get();
          return stored === sum
            ? undefined
            : { position, fault: `${sum} is not ${String(stored)}` };
        },
      };
    },
  });

  test('folds the log and reads the tables', () => {
    expect(verify({ checks: [sumCheck(0)] })).toMatchObject({ verdict: 'valid' });
    tamper(`UPDATE purses SET coins = coins + 1 WHERE id = 'purse-b'`);
    expect(verify({ checks: [sumCheck(0)], projections: [] })).toMatchObject({
      position: 6,
      fault: '66 is not 67',
    });
  });

  test('that throws names the event it was at', () => {
    expect(verify({ checks: [sumCheck(4)] })).toMatchObject({
      verdict: 'broken',
      position: 4,
      fault: 'sums: event 4: Error: no such purse',
    });
  });
});
