import { expect, test } from 'vitest';
import { ApiProblem, Unreachable } from '../api/problem.ts';
import { atOnceMax, runBatch } from './batch.ts';

const options = () => ({ onProgress: () => {}, signal: new AbortController().signal });

test('no more than four are under way', async () => {
  let running = 0;
  let most = 0;
  await runBatch(
    Array.from({ length: 20 }, (_, i) => i),
    async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
    },
    options(),
  );
  expect(most).toBe(atOnceMax);
});

test('one that is refused does not stop the others, and keeps its sentence', async () => {
  const outcome = await runBatch(
    ['a', 'b', 'c'],
    async (item) => {
      if (item === 'b') throw new ApiProblem(403, { detail: 'Not yours.' });
    },
    options(),
  );
  expect(outcome).toEqual({
    done: ['a', 'c'],
    failed: [{ item: 'b', reason: 'Not yours.' }],
    left: [],
  });
});

test('when nobody answers the rest is left', async () => {
  const work = () => Promise.reject(new Unreachable());
  const { failed, left } = await runBatch(['a', 'b', 'c'], work, { ...options(), atOnce: 1 });
  expect(failed).toHaveLength(1);
  expect(left).toEqual(['b', 'c']);
});

test('what is cancelled is left, and progress is told of what has ended', async () => {
  const abort = new AbortController();
  const told: number[] = [];
  const { done, left } = await runBatch(
    ['a', 'b', 'c'],
    async (item) => {
      if (item === 'b') abort.abort();
    },
    { onProgress: (ended) => told.push(ended), signal: abort.signal, atOnce: 1 },
  );
  expect([done, left, told]).toEqual([['a', 'b'], ['c'], [1, 2]]);
});
