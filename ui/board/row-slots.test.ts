import { expect, test } from 'vitest';
import { RowSlots } from './row-slots.ts';

test('a row that comes in takes the slot of one that left', () => {
  const slots = new RowSlots();
  expect(slots.assign([0, 1, 2])).toEqual([
    { row: 0, slot: 0 },
    { row: 1, slot: 1 },
    { row: 2, slot: 2 },
  ]);
  expect(slots.assign([1, 2, 3])).toEqual([
    { row: 1, slot: 1 },
    { row: 2, slot: 2 },
    { row: 3, slot: 0 },
  ]);
});

test('a jump reuses every slot, and slots stay unique', () => {
  const slots = new RowSlots();
  slots.assign([0, 1, 2]);
  const after = slots.assign([50, 51, 52, 53]).map(({ slot }) => slot);
  expect(new Set(after).size).toBe(4);
  expect(Math.max(...after)).toBe(3);
});
