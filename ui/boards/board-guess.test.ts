import { expect, test } from 'vitest';
import { aBoard } from '../testing/boards.ts';
import { beforeAt, moved, pinned, put, unpinned, without } from './board-guess.ts';

const board = aBoard({
  sounds: ['a', 'b', 'c'],
  keys: [
    { key: 1, sound_id: 'a' },
    { key: 2, sound_id: 'b' },
  ],
});

test('new pads stand at the end, or before one; those that are there stay', () => {
  expect(put(board, ['x', 'b', 'x', 'y'], null).sounds).toEqual(['a', 'b', 'c', 'x', 'y']);
  expect(put(board, ['x', 'y'], 'b').sounds).toEqual(['a', 'x', 'y', 'b', 'c']);
  expect(put(board, ['x'], 'gone').sounds).toEqual(['a', 'b', 'c', 'x']);
});

test('a pad that is moved keeps its key, one that is taken off does not', () => {
  expect(moved(board, 'a', null)).toMatchObject({ sounds: ['b', 'c', 'a'], keys: board.keys });
  expect(moved(board, 'c', 'a').sounds).toEqual(['c', 'a', 'b']);
  expect(moved(board, 'c', 'c')).toBe(board);
  expect(moved(board, 'x', 'a')).toBe(board);
  expect(without(board, 'a')).toMatchObject({
    sounds: ['b', 'c'],
    keys: [{ key: 2, sound_id: 'b' }],
  });
});

test('a sound has one key and a key one sound', () => {
  expect(pinned(board, 2, 'a').keys).toEqual([{ key: 2, sound_id: 'a' }]);
  expect(pinned(board, 1, 'c').keys).toEqual([
    { key: 1, sound_id: 'c' },
    { key: 2, sound_id: 'b' },
  ]);
  expect(unpinned(board, 1).keys).toEqual([{ key: 2, sound_id: 'b' }]);
});

test.each([
  ['a', 1, 'c'],
  ['a', 2, null],
  ['c', 0, 'a'],
  ['b', 1, 'c'],
] as const)('%s at place %i stands before %s', (id, to, before) => {
  expect(beforeAt(['a', 'b', 'c'], id, to)).toBe(before);
});
