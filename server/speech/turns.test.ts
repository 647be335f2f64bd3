import { expect, it } from 'vitest';
import { createKeyedTurns, createTurns } from './turns.ts';

const never = new AbortController().signal;

it('runs as many at a time as it may, the others in their order', async () => {
  const inTurn = createTurns(2);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const job = (name: string) =>
    inTurn(() => {
      begun.push(name);
      return new Promise<void>((resolve) => void ends.set(name, () => resolve()));
    }, never);
  const jobs = ['a', 'b', 'c', 'd'].map(job);
  expect(begun).toEqual(['a', 'b']);
  ends.get('b')?.();
  await jobs[1];
  expect(begun).toEqual(['a', 'b', 'c']);
  ends.get('a')?.();
  ends.get('c')?.();
  await Promise.all([jobs[0], jobs[2]]);
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

it('who waits can leave, and the next one takes the turn', async () => {
  const inTurn = createTurns(1);
  const first = Promise.withResolvers<string>();
  const leaving = new AbortController();
  const jobs = [
    inTurn(() => first.promise, never),
    inTurn(() => Promise.resolve('never'), leaving.signal),
    inTurn(() => Promise.resolve('third'), never),
  ];
  leaving.abort(new Error('too late'));
  await expect(jobs[1]).rejects.toThrow('too late');
  first.resolve('first');
  expect(await Promise.all([jobs[0], jobs[2]])).toEqual(['first', 'third']);
});

it('a job that fails gives its turn away', async () => {
  const inTurn = createTurns(1);
  await expect(inTurn(() => Promise.reject(new Error('a fault')), never)).rejects.toThrow('fault');
  expect(await inTurn(() => Promise.resolve('next'), never)).toBe('next');
});

it('jobs of one key follow each other, also after one that failed', async () => {
  const inTurn = createKeyedTurns();
  const first = Promise.withResolvers<undefined>();
  const begun: string[] = [];
  const failing = inTurn('x', () => first.promise);
  const second = inTurn('x', () => Promise.resolve(begun.push('second')));
  await inTurn('y', () => Promise.resolve(begun.push('other')));
  expect(begun).toEqual(['other']);
  first.reject(new Error('a fault'));
  await expect(failing).rejects.toThrow('a fault');
  await second;
  expect(begun).toEqual(['other', 'second']);
});
