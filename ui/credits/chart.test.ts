import { expect, test } from 'vitest';
import { aTransaction } from '../testing/transactions.ts';
import {
  balanceTicks,
  momentAt,
  scalesOf,
  shareOf,
  spanOf,
  stepAt,
  stepPath,
  stepsOf,
  timeTicks,
} from './chart.ts';
import { momentOf, momentWord } from './moments.ts';

const minute = 60_000;
const at = (minutes: number): string => new Date(minutes * minute).toISOString();
const ledger = [
  aTransaction({ amount: -9, balance_before: 3, balance_after: 3, success: false }, at(40)),
  aTransaction({ amount: -2, balance_before: 5, balance_after: 3 }, at(30)),
  aTransaction({ amount: 5, balance_before: 0, balance_after: 5 }, at(10)),
];

test('steps go from the oldest on; a refused attempt is none', () => {
  expect(stepsOf(ledger)).toEqual([
    { at: 10 * minute, balance: 0 },
    { at: 10 * minute, balance: 5 },
    { at: 30 * minute, balance: 3 },
  ]);
  expect(stepsOf([])).toEqual([]);
});

test('the balance of a moment is that of the last step before it', () => {
  const steps = stepsOf(ledger);
  expect(stepAt(steps, 9 * minute)).toBeUndefined();
  expect(stepAt(steps, 10 * minute)?.balance).toBe(5);
  expect(stepAt(steps, 29 * minute)?.balance).toBe(5);
  expect(stepAt(steps, 99 * minute)?.balance).toBe(3);
});

test('the span ends now, or with what a faster clock has written', () => {
  expect(spanOf(ledger, 60 * minute)).toEqual({ from: 10 * minute, to: 60 * minute });
  expect(spanOf(ledger, 20 * minute)).toEqual({ from: 10 * minute, to: 40 * minute });
  expect(spanOf([], 60 * minute)).toEqual({ from: 50 * minute, to: 60 * minute });
});

test('moments and places go there and back', () => {
  const span = { from: 1_000, to: 5_000 };
  expect([0, 1_000, 3_000, 9_000].map((one) => shareOf(one, span))).toEqual([0, 0, 0.5, 1]);
  expect(momentAt(0.5, span)).toBe(3_000);
});

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [7, [0, 2, 4, 6, 8]],
  [2_950, [0, 500, 1_000, 1_500, 2_000, 2_500, 3_000]],
])('round lines up to %i', (highest, lines) => {
  expect(balanceTicks(highest, 6)).toEqual(lines);
});

test('round moments, by the clock or by the calendar', () => {
  const noon = new Date(2026, 10, 20, 12, 3).getTime();
  const clock = timeTicks({ from: noon, to: noon + 10 * minute }, 6).map(({ label }) => label);
  expect(clock).toEqual(['12:04', '12:06', '12:08', '12:10', '12:12']);
  const days = timeTicks({ from: noon, to: noon + 12 * 1_440 * minute }, 6);
  expect(days.map(({ label }) => label)).toEqual([
    '21 Nov',
    '23 Nov',
    '25 Nov',
    '27 Nov',
    '29 Nov',
    '1 Dec',
  ]);
});

test('a path of level lines and straight steps', () => {
  const scales = scalesOf(
    { left: 10, top: 0, width: 100, height: 50 },
    { from: 10 * minute, to: 60 * minute },
    5,
  );
  expect(stepPath(stepsOf(ledger), 60 * minute, scales)).toBe('M10 50H10V0H50V20H110');
  expect(stepPath([], 0, scales)).toBe('');
});

test('moments in words and out of addresses', () => {
  const moment = new Date(2026, 10, 20, 7, 56).getTime();
  expect(momentWord(moment, moment)).toBe('Fri 20 Nov, 07:56');
  expect(momentWord(moment, new Date(2027, 0, 2).getTime())).toBe('Fri 20 Nov 2026, 07:56');
  expect(momentOf('1970-01-01T00:00:01Z')).toBe(1_000);
  expect([momentOf(null), momentOf('yesterday')]).toEqual([null, null]);
});
