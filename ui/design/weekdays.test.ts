import { expect, test } from 'vitest';
import { daysWord, weekdays, weekend, workingDays } from './weekdays.ts';

test('days are named by what they are together, in the order of the week', () => {
  expect(daysWord([...weekdays].toReversed())).toBe('Every day');
  expect(daysWord(workingDays)).toBe('Weekdays');
  expect(daysWord(weekend)).toBe('Weekends');
  expect(daysWord(['fri', 'mon'])).toBe('Mon, Fri');
  expect(daysWord(['mon', 'tue', 'wed', 'thu', 'sun'])).toBe('Mon, Tue, Wed, Thu, Sun');
  expect(daysWord([])).toBe('No day');
});
