import { expect, test } from 'vitest';
import { aNormalization } from '../testing/library.ts';
import { endOfNormalisation, untilWord } from './words.ts';

test('each end of a normalisation has its words', () => {
  const told = (part: Parameters<typeof aNormalization>[0]): string =>
    endOfNormalisation(aNormalization(part));
  expect(told({})).toBe('2 sounds normalised');
  expect(told({ total: 0, done: 0, failed: 0 })).toBe('All were normalised already');
  expect(told({ state: 'cancelled', done: 1, failed: 0 })).toBe('Cancelled after 1 sound');
  expect(told({ state: 'interrupted' })).toMatch(/^Interrupted after 2 sounds/);
});

test('a file is gone in whole days', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  expect(untilWord('2026-12-20T11:00:00Z', now)).toBe('in 29 days');
  expect(untilWord('2026-11-21T13:00:00Z', now)).toBe('in 1 day');
  expect(untilWord('2026-11-20T13:00:00Z', now)).toBe('within a day');
});
