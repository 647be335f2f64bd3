import { beforeEach, describe, expect, test } from 'vitest';
import { checkChain } from './chain-check.ts';
import type { RunningKernel } from './kernel.ts';
import { putIn } from './testing/purse.ts';
import { testKernel } from './testing/test-kernel.ts';

let kernel: RunningKernel;
beforeEach(async () => {
  kernel = testKernel();
  for (let coins = 1; coins <= 5; coins++) await putIn(kernel, 'purse-a', coins);
});

const tamper = (sql: string) => {
  const triggers = kernel.storage
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    .pluck()
    .all();
  for (const trigger of triggers) kernel.storage.exec(`DROP TRIGGER ${trigger}`);
  kernel.storage.exec(sql);
};

test('an honest log is valid up to its head', async () => {
  const head = kernel.log.head().hash.toString('hex');
  expect(await checkChain(kernel.log)).toEqual({ verdict: 'valid', position: 5, head });
});

test('an empty log is valid', async () => {
  expect(await checkChain(testKernel().log)).toMatchObject({ verdict: 'valid', position: 0 });
});

describe('names the first position that does not hold, after', () => {
  test.each([
    [
      'one byte of data',
      `UPDATE events SET data = '{"coins":9}' WHERE global_position = 3`,
      3,
      'event 3 was altered',
    ],
    [
      'the actor',
      `UPDATE events SET actor = 'bob' WHERE global_position = 2`,
      2,
      'event 2 was altered',
    ],
    [
      'the time',
      `UPDATE events SET recorded_at = recorded_at + 1 WHERE global_position = 5`,
      5,
      'event 5 was altered',
    ],
    [
      'its hash alone',
      `UPDATE events SET hash = zeroblob(32) WHERE global_position = 4`,
      4,
      'event 4 was altered',
    ],
    ['a deleted event', 'DELETE FROM events WHERE global_position = 2', 2, 'event 2 is missing'],
    [
      'the deleted last event',
      'DELETE FROM events WHERE global_position = 5',
      5,
      'events after 4 are missing',
    ],
    ['all deleted', 'DELETE FROM events', 1, 'events after 0 are missing'],
    [
      'two rows that changed places',
      `UPDATE events SET global_position = -2 WHERE global_position = 2;
       UPDATE events SET global_position = 2 WHERE global_position = 3;
       UPDATE events SET global_position = 3 WHERE global_position = -2`,
      2,
      'event 2 was altered',
    ],
    [
      'contents that changed places',
      `UPDATE events SET data = (SELECT data FROM events AS other WHERE other.global_position = 7 - events.global_position) WHERE global_position IN (3, 4)`,
      3,
      'event 3 was altered',
    ],
  ])('%s', async (_, sql, position, fault) => {
    tamper(sql);
    expect(await checkChain(kernel.log)).toMatchObject({ verdict: 'broken', position, fault });
  });
});

describe('with a published head', () => {
  const published = () => ({ position: 5, head: kernel.log.head().hash.toString('hex') });

  test('a log that went on since is valid', async () => {
    const was = published();
    await putIn(kernel, 'purse-a', 6);
    expect(await checkChain(kernel.log, undefined, was)).toMatchObject({
      verdict: 'valid',
      position: 6,
    });
  });

  test('a log that was cut before a restart is broken', async () => {
    const was = published();
    tamper('DELETE FROM events WHERE global_position > 3');
    kernel.log.refreshHead();
    expect(await checkChain(kernel.log)).toMatchObject({ verdict: 'valid', position: 3 });
    expect(await checkChain(kernel.log, undefined, was)).toMatchObject({
      verdict: 'broken',
      position: 4,
      fault: 'events after 3 are missing',
    });
  });

  test('a log that was written anew, hashes and all, is broken', async () => {
    const was = published();
    kernel = testKernel();
    for (let coins = 11; coins <= 17; coins++) await putIn(kernel, 'purse-a', coins);
    expect(await checkChain(kernel.log)).toMatchObject({ verdict: 'valid' });
    expect(await checkChain(kernel.log, undefined, was)).toMatchObject({
      verdict: 'broken',
      position: 5,
    });
  });
});

test('a longer log is read page by page, with word of the progress', async () => {
  const events = Array.from({ length: 4500 }, (_, coins) => ({
    type: 'CoinsPutIn',
    data: { coins },
  }));
  const meta = { actor: 'ann', origin: 'http', correlationId: 'c', causationId: null } as const;
  kernel.log.append('purse-b', 0, events, meta);
  const progress: number[] = [];
  expect(await checkChain(kernel.log, (position) => progress.push(position))).toMatchObject({
    verdict: 'valid',
    position: 4505,
  });
  expect(progress).toEqual([2000, 4000]);
});
