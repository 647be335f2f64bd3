import { expect, test } from 'vitest';
import { capitalised, countWord, initialsOf, lengthWord, msWord } from './words.ts';

test('lengths: tenths below a minute, then minutes', () => {
  expect([940, 1_900, 59_949, 59_950, 153_000].map(lengthWord)).toEqual([
    '0.9 s',
    '1.9 s',
    '59.9 s',
    '1:00',
    '2:33',
  ]);
});

test('counts, latencies, initials', () => {
  expect(countWord(5_000)).toBe('5,000');
  expect(msWord(0.3)).toBe('1 ms');
  expect([initialsOf('Mira'), initialsOf('Mira Rossi'), initialsOf(' x ')]).toEqual([
    'MI',
    'MR',
    'X',
  ]);
});

test('tags are folders: their words begin like names', () => {
  expect(['games', 'Memes', 'éclair', ''].map(capitalised)).toEqual([
    'Games',
    'Memes',
    'Éclair',
    '',
  ]);
});
