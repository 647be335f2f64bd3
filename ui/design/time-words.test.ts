import { expect, test } from 'vitest';
import { agoWord, comingWord, dateWord } from './time-words.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');

test.each([
  ['2026-11-20T11:59:30.000Z', 'just now'],
  ['2026-11-20T12:00:09.000Z', 'just now'],
  ['2026-11-20T11:55:00.000Z', '5 minutes ago'],
  ['2026-11-20T09:00:00.000Z', '3 hours ago'],
  ['2026-11-19T11:00:00.000Z', 'yesterday'],
  ['2026-11-08T11:00:00.000Z', '12 days ago'],
  ['2026-09-08T11:00:00.000Z', '8 Sept 2026'],
])('%s was %s', (iso, words) => {
  expect(agoWord(iso, now)).toBe(words);
});

test('a date has its year', () => {
  expect(dateWord('2027-01-31T12:00:00.000Z')).toBe('31 Jan 2027');
});

test.each([
  ['2026-11-20T22:00:00.000Z', 'Today 22:00'],
  ['2026-11-21T07:00:00.000Z', 'Tomorrow 07:00'],
  ['2026-11-25T07:00:00.000Z', 'Wed 07:00'],
  ['2026-11-27T07:00:00.000Z', 'Fri 27 Nov, 07:00'],
  ['2027-09-01T07:00:00.000Z', 'Wed 1 Sep 2027, 07:00'],
])('%s comes %s', (iso, words) => {
  expect(comingWord(Date.parse(iso), now, 'UTC')).toBe(words);
});

test('the day is that of the time zone, not of this device', () => {
  const late = Date.parse('2026-11-20T22:30:00.000Z');
  expect(comingWord(late, now, 'UTC')).toBe('Today 22:30');
  expect(comingWord(late, now, 'Asia/Tokyo')).toBe('Tomorrow 07:30');
});
