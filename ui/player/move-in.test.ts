import { expect, test } from 'vitest';
import { moveIn } from './move-in.ts';

const items = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
const moved = (id: string, to: number): string =>
  moveIn(items, id, to)
    .map((one) => one.id)
    .join('');

test.each([
  ['a', 1, 'bacd'],
  ['a', 3, 'bcda'],
  ['d', 0, 'dabc'],
  ['c', 2, 'abcd'],
  ['b', -4, 'bacd'],
  ['b', 99, 'acdb'],
  ['gone', 0, 'abcd'],
])('%s to place %i is %s', (id, to, order) => {
  expect(moved(id, to)).toBe(order);
});
