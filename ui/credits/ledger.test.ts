import { expect, test, vi } from 'vitest';
import type { Http } from '../api/http.ts';
import { aTransaction } from '../testing/transactions.ts';
import { createLedger, mergeNewest } from './ledger.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => aTransaction({ id })) as [
  ReturnType<typeof aTransaction>,
  ReturnType<typeof aTransaction>,
  ReturnType<typeof aTransaction>,
  ReturnType<typeof aTransaction>,
];

test('the newest page lies over what is known, or replaces it', () => {
  expect(mergeNewest([b, c, d], [a, b])).toEqual([a, b, c, d]);
  expect(mergeNewest([c, d], [a, b])).toBeNull();
});

test('pages go back to the first transaction, and what is new comes on top', async () => {
  const get = vi
    .fn()
    .mockResolvedValueOnce({ items: [b, c], next_cursor: '7', total: 3 })
    .mockResolvedValueOnce({ items: [d], next_cursor: null, total: 3 })
    .mockResolvedValueOnce({ items: [a, b], next_cursor: '8', total: 4 });
  const ledger = createLedger({ get } as unknown as Http, '/credits');
  await ledger.load();
  expect(ledger.mayHaveOlder.value).toBe(true);
  await Promise.all([ledger.older(), ledger.older()]);
  await ledger.load();
  expect(ledger.items.value).toEqual([a, b, c, d]);
  expect([ledger.total.value, ledger.mayHaveOlder.value]).toEqual([4, false]);
  expect(get.mock.calls.map(([path]) => path)).toEqual([
    '/credits/transactions?limit=200',
    '/credits/transactions?limit=200&cursor=7',
    '/credits/transactions?limit=200',
  ]);
});

test('a first load that fails says so, a later one keeps what there is', async () => {
  const get = vi.fn().mockRejectedValueOnce(new Error('gone'));
  const ledger = createLedger({ get } as unknown as Http, '/credits');
  await ledger.load();
  expect(ledger.status.value).toBe('error');
  get.mockResolvedValueOnce({ items: [a], next_cursor: null, total: 1 });
  await ledger.load();
  get.mockRejectedValueOnce(new Error('gone'));
  await ledger.load();
  expect([ledger.status.value, ledger.items.value]).toEqual(['ready', [a]]);
});
