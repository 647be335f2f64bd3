import { expect, test } from 'vitest';
import { createRepeats, RepeatKeyReused, repeatsKeptMs } from './repeats.ts';
import { openStorage } from './storage.ts';

const repeat = { key: 'http:ann:1', fingerprint: 'put 5' };
const outcome = { ok: true, result: 5, position: 7 } as const;

test('the first outcome is the answer to every repeat', () => {
  const repeats = createRepeats(openStorage(':memory:'));
  expect(repeats.find(repeat, 0)).toBeUndefined();
  repeats.keep(repeat, 0, outcome);
  expect(repeats.find(repeat, 1)).toEqual(outcome);
});

test('a key that was used for something else is a mistake of the caller', () => {
  const repeats = createRepeats(openStorage(':memory:'));
  repeats.keep(repeat, 0, outcome);
  expect(() => repeats.find({ ...repeat, fingerprint: 'put 6' }, 1)).toThrow(RepeatKeyReused);
});

test('it outlives a restart', () => {
  const storage = openStorage(':memory:');
  createRepeats(storage).keep(repeat, 0, outcome);
  expect(createRepeats(storage).find(repeat, 1)).toEqual(outcome);
});

test('after a day it is a new command, and old keys take no room', () => {
  const storage = openStorage(':memory:');
  const repeats = createRepeats(storage);
  repeats.keep(repeat, 0, outcome);
  expect(repeats.find(repeat, repeatsKeptMs)).toEqual(outcome);
  expect(repeats.find({ ...repeat, fingerprint: 'put 6' }, repeatsKeptMs + 1)).toBeUndefined();
  repeats.keep(repeat, repeatsKeptMs + 1, outcome);
  repeats.keep({ ...repeat, key: 'other' }, 2 * repeatsKeptMs + 2, outcome);
  expect(storage.prepare('SELECT key FROM commands').pluck().all()).toEqual(['other']);
});
