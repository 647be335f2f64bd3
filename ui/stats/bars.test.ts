import { expect, test } from 'vitest';
import { barsOf, barWord, labelledBars } from './bars.ts';

const days = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    day: new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10),
    plays: 1,
  }));

test('days stand alone as long as there is room for them', () => {
  expect(barsOf(days(90))).toHaveLength(90);
  expect(barsOf([])).toEqual([]);
});

test('a year is weeks, the newest of them whole, and no play is lost', () => {
  const bars = barsOf(days(365));
  expect(bars.at(-1)).toEqual({ from: '2026-12-25', to: '2026-12-31', plays: 7 });
  expect(bars[0]).toEqual({ from: '2026-01-01', to: '2026-01-01', plays: 1 });
  expect(bars.reduce((sum, { plays }) => sum + plays, 0)).toBe(365);
});

test('a bar is called by its day, or by its ends', () => {
  expect(barWord({ from: '2026-11-20', to: '2026-11-20', plays: 0 })).toBe('20 Nov');
  expect(barWord({ from: '2026-11-20', to: '2026-11-26', plays: 0 })).toBe('20 Nov – 26 Nov');
});

test('words below the bars are even, and the newest has one', () => {
  expect(labelledBars(7, 4)).toEqual([0, 2, 4, 6]);
  expect(labelledBars(90, 8)).toEqual([5, 17, 29, 41, 53, 65, 77, 89]);
  expect(labelledBars(0, 8)).toEqual([]);
});
