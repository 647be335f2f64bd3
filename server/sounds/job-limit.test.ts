import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createJobLimit, mapInOrder } from './job-limit.ts';
import { collect } from './testing/audio-files.ts';

it('runs no more jobs at a time than allowed and goes on after a failure', async () => {
  const limit = createJobLimit(2);
  let running = 0;
  let most = 0;
  const job = async (fails: boolean) => {
    running += 1;
    most = Math.max(most, running);
    await sleep(2);
    running -= 1;
    if (fails) throw new Error('no');
  };
  const results = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => limit(() => job(n === 1))));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  expect(most).toBe(2);
});

it('whoever waits leaves at once when it is called off, and takes no turn', async () => {
  const limit = createJobLimit(1);
  const { promise: held, resolve } = Promise.withResolvers<undefined>();
  const first = limit(() => held);
  const calledOff = new AbortController();
  const begun: number[] = [];
  const second = limit(async () => begun.push(2), calledOff.signal);
  const third = limit(async () => begun.push(3));
  calledOff.abort(new Error('not any more'));
  await expect(second).rejects.toThrow('not any more');
  resolve(undefined);
  await Promise.all([first, third]);
  expect(begun).toEqual([3]);
});

it('maps in the order of the input, whoever is ready first', async () => {
  const slowFirst = async (n: number) => {
    await sleep(10 - n * 3);
    return n;
  };
  expect(await collect(mapInOrder([1, 2, 3], 3, slowFirst))).toEqual([1, 2, 3]);
});

it('awaits the jobs under way when its consumer leaves', async () => {
  let ended = 0;
  const job = async (n: number) => {
    await sleep(5);
    ended += 1;
    return n;
  };
  for await (const n of mapInOrder([1, 2, 3, 4], 3, job)) if (n === 1) break;
  expect(ended).toBe(3);
});
