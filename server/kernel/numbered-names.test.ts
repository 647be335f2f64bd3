import { expect, test } from 'vitest';
import { numberedNames } from './numbered-names.ts';

test('the first keeps its name, the next ones get numbers', () => {
  expect(numberedNames(['Gong', 'Coin', 'gong', 'Gong'])).toEqual([
    'Gong',
    'Coin',
    'gong (2)',
    'Gong (3)',
  ]);
});

test('a number never makes the name of another one', () => {
  expect(numberedNames(['Gong', 'Gong', 'Gong (2)'])).toEqual(['Gong', 'Gong (3)', 'Gong (2)']);
});
