import fc from 'fast-check';
import { expect, test } from 'vitest';
import { movesBetween, type Move } from './order-changes.ts';

const after = (order: readonly string[], moves: readonly Move[]): string[] =>
  moves.reduce(
    (list, { entry_id, before }) => {
      const rest = list.filter((id) => id !== entry_id);
      const at = before === null ? rest.length : rest.indexOf(before);
      return rest.toSpliced(at, 0, entry_id);
    },
    [...order],
  );

test('one entry dragged is one move', () => {
  const moves = movesBetween(['a', 'b', 'c', 'd'], ['a', 'd', 'b', 'c']);
  expect(moves).toEqual([{ entry_id: 'd', before: 'b' }]);
  expect(movesBetween(['a', 'b', 'c'], ['b', 'c', 'a'])).toEqual([{ entry_id: 'a', before: null }]);
});

test('the same order needs no move', () => {
  expect(movesBetween(['a', 'b'], ['a', 'b'])).toEqual([]);
});

test.each([[['a']], [['a', 'b', 'c']], [['a', 'a']], [['a', 'x']]])(
  'the order %j does not name what the list has',
  (to) => expect(movesBetween(['a', 'b'], to)).toBeUndefined(),
);

test('the moves turn any order into any other', () => {
  const orders = fc
    .uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 30 })
    .chain((ids) =>
      fc.tuple(fc.constant(ids), fc.shuffledSubarray(ids, { minLength: ids.length })),
    );
  fc.assert(
    fc.property(orders, ([from, to]) => {
      expect(after(from, movesBetween(from, to) ?? [])).toEqual(to);
    }),
  );
});
