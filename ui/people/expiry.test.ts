import { expect, test } from 'vitest';
import { dateOf, expiryOf } from './expiry.ts';

const now = new Date(2026, 10, 23, 12).getTime();

test('days from now on, or the end of a day', () => {
  expect(expiryOf('7', '', now)).toBe(now + 7 * 24 * 60 * 60_000);
  expect(expiryOf('date', '2026-11-23', now)).toBe(new Date(2026, 10, 23, 23, 59, 59).getTime());
});

test('no day, and one that has passed, are none', () => {
  expect(expiryOf('date', '', now)).toBeNull();
  expect(expiryOf('date', '2026-11-22', now)).toBeNull();
});

test('a moment as a date field has it', () => {
  expect(dateOf(new Date(2026, 0, 5).getTime())).toBe('2026-01-05');
});
