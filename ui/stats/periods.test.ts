import { expect, test } from 'vitest';
import { warmth } from './heat-map.ts';
import { fromQuery, midnightBefore, periodOf, periodWords } from './periods.ts';

const noon = new Date(2026, 10, 23, 12).getTime();

test('seven days are today and the six before it, from a midnight on', () => {
  expect(midnightBefore(7, noon)).toBe(new Date(2026, 10, 17).getTime());
  expect(midnightBefore(1, noon)).toBe(new Date(2026, 10, 23).getTime());
});

test('all time asks for no beginning', () => {
  expect(fromQuery('all', noon)).toBe('');
  expect(fromQuery('7', noon)).toMatch(/^from=2026-11-1\dT\d\d%3A\d\d%3A00\.000Z&$/);
});

test('an address without a period, or with another word, is a month', () => {
  expect([periodOf(null), periodOf('8'), periodOf('year')]).toEqual(['30', '30', 'year']);
  expect(periodWords('90')).toBe('in the last 90 days');
});

test('one play is warm, the most is hottest, none is cold', () => {
  expect([0, 1, 50, 51, 100].map((plays) => warmth(plays, 100))).toEqual([0, 1, 3, 3, 5]);
});
