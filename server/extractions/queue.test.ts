import { expect, it } from 'vitest';
import { queueOrder } from './queue.ts';

const job = (id: string) => ({ id, user_id: id.slice(0, 3) });
const orderOf = (ids: string[], served: Record<string, number> = {}) =>
  queueOrder(ids.map(job), new Map(Object.entries(served))).map(({ id }) => id);

it('one person’s jobs go in the order they came', () => {
  expect(orderOf(['ann1', 'ann2', 'ann3'])).toEqual(['ann1', 'ann2', 'ann3']);
});

it('people take turns, whoever came first begins', () => {
  expect(orderOf(['ann1', 'ann2', 'ann3', 'ben1', 'cem1', 'ben2'])).toEqual([
    'ann1',
    'ben1',
    'cem1',
    'ann2',
    'ben2',
    'ann3',
  ]);
});

it('whoever had the latest turn comes last', () => {
  expect(orderOf(['ann1', 'ben1', 'cem1'], { ann: 3, ben: 1 })).toEqual(['cem1', 'ben1', 'ann1']);
});

it('an empty queue has no order', () => {
  expect(orderOf([])).toEqual([]);
});
