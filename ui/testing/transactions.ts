import type { Transaction } from '../../server/credits/contract.ts';

/** A line of the ledger for tests; only what matters there is named. */
export const aTransaction = (
  part: Partial<Transaction> = {},
  createdAt = '2026-11-20T07:56:00.000Z',
): Transaction => ({
  id: createdAt,
  user_id: 'u',
  action: 'play',
  amount: -1,
  balance_before: 10,
  balance_after: 9,
  success: true,
  description: 'Sound played',
  metadata: {},
  created_at: createdAt,
  ...part,
});
