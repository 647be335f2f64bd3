import { expect, test } from 'vitest';
import { createPicking, rangeOf } from './picking.ts';

const ids = ['a', 'b', 'c', 'd'];
const order = () => ids;

test('a range goes both ways, and without a start it is one', () => {
  expect(rangeOf(ids, 'b', 'd')).toEqual(['b', 'c', 'd']);
  expect(rangeOf(ids, 'd', 'b')).toEqual(['b', 'c', 'd']);
  expect(rangeOf(ids, null, 'b')).toEqual(['b']);
  expect(rangeOf(ids, 'gone', 'b')).toEqual(['b']);
});

test('a range begins where something was picked last, and picks or drops as its end says', () => {
  const picking = createPicking();
  picking.toggle('b', order, false);
  picking.toggle('d', order, true);
  expect([...picking.ids.value]).toEqual(['b', 'c', 'd']);
  picking.toggle('c', order, true);
  expect([...picking.ids.value]).toEqual(['b']);
});

test('what is gone is picked no more, and leaving forgets everything', () => {
  const picking = createPicking();
  picking.begin();
  picking.set(ids, true);
  picking.keep((id) => id !== 'c');
  expect([...picking.ids.value]).toEqual(['a', 'b', 'd']);
  picking.leave();
  expect([picking.on.value, picking.ids.value.size]).toEqual([false, 0]);
  picking.toggle('d', order, true);
  expect([...picking.ids.value]).toEqual(['d']);
});
