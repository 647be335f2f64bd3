import { expect, test } from 'vitest';
import { agoWord, balanceWord, peopleWord, seenWord } from './people-words.ts';

const now = Date.parse('2026-11-23T12:00:00.000Z');
const before = (minutes: number): number => now - minutes * 60_000;

test.each([
  [before(0), 'Just now'],
  [before(-3), 'Just now'],
  [before(5), '5 min ago'],
  [before(59.9), '59 min ago'],
  [before(200), '3 h ago'],
])('%d was %s', (ms, words) => {
  expect(agoWord(ms, now)).toBe(words);
});

test('from a day on the moment itself is told', () => {
  expect(agoWord(before(25 * 60), now)).toMatch(/^22 Nov, \d\d:\d\d$/);
});

test('who is here, who was, and who has no device signed in', () => {
  expect(seenWord(true, null, now)).toBe('Here now');
  expect(seenWord(false, new Date(before(5)).toISOString(), now)).toBe('5 min ago');
  expect(seenWord(false, null, now)).toBe('Signed out');
});

test('counts and balances in words', () => {
  expect([0, 1, 1200].map(peopleWord)).toEqual(['Nobody', '1 person', '1,200 people']);
  expect([null, Infinity, 1237].map(balanceWord)).toEqual(['–', 'Unlimited', '1,237']);
});
