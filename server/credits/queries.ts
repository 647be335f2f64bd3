import { oncePerStorage } from '../kernel/once-per-storage.ts';
import type { BalanceAt, Plan, Transaction } from './contract.ts';
import { creditsStream } from './events.ts';
import { paidActions, type PlanTerms } from './plan-events.ts';

type TransactionRow = Omit<Transaction, 'success' | 'metadata' | 'created_at'> & {
  position: number;
  success: 0 | 1;
  metadata: string;
  created_at: number;
};

const toTransaction = ({ position: _, ...row }: TransactionRow): Transaction => ({
  ...row,
  success: row.success === 1,
  metadata: JSON.parse(row.metadata) as Record<string, unknown>,
  created_at: new Date(row.created_at).toISOString(),
});

export type TransactionFilter = {
  user_id: string;
  action: string | undefined;
  success: boolean | undefined;
  from: number | undefined;
  to: number | undefined;
  before: number | undefined;
  limit: number;
};

export type AccountRow = {
  user_id: string;
  balance: number;
  reserved: number;
  period: string;
  plan: string;
};

/** Prepared reads over plans and ledgers. */
export const createCreditsQueries = oncePerStorage((storage) => {
  const plans = storage.prepare<[], { code: string; terms: string }>(
    'SELECT code, terms FROM plans WHERE retired = 0 ORDER BY code',
  );
  const onePlan = storage
    .prepare<[string], string>('SELECT terms FROM plans WHERE code = ? AND retired = 0')
    .pluck();
  const planUsers = storage
    .prepare<[string], number>('SELECT count(*) FROM users WHERE plan = ?')
    .pluck();
  const planOf = storage.prepare<[string], string>('SELECT plan FROM users WHERE id = ?').pluck();
  const accounts = `SELECT credit_accounts.*, users.plan
    FROM credit_accounts JOIN users ON users.id = user_id`;
  const account = storage.prepare<[string], AccountRow>(`${accounts} WHERE user_id = ?`);
  const accountsAfter = storage.prepare<[string, number], AccountRow>(
    `${accounts} WHERE user_id > ? ORDER BY user_id LIMIT ?`,
  );
  const accountCount = storage.prepare<[], number>(`SELECT count(*) FROM (${accounts})`).pluck();
  const behind = storage.prepare<[string, string], AccountRow>(
    `${accounts} WHERE users.plan = ? AND period < ?`,
  );
  const without = storage
    .prepare<[], string>(
      'SELECT id FROM users WHERE id NOT IN (SELECT user_id FROM credit_accounts)',
    )
    .pluck();
  const where = `user_id = :user_id
    AND (:action IS NULL OR action = :action) AND (:success IS NULL OR success = :success)
    AND (:from IS NULL OR created_at >= :from) AND (:to IS NULL OR created_at < :to)`;
  const page = storage.prepare<[Record<string, unknown>], TransactionRow>(
    `SELECT * FROM credit_transactions WHERE ${where}
     AND (:before IS NULL OR position < :before) ORDER BY position DESC LIMIT :limit`,
  );
  const count = storage
    .prepare<[Record<string, unknown>], number>(
      `SELECT count(*) FROM credit_transactions WHERE ${where}`,
    )
    .pluck();

  const spent = storage
    .prepare<[string, string, number, number], number | null>(
      `SELECT -sum(amount) FROM credit_transactions WHERE user_id = ? AND success = 1
       AND action IN (SELECT value FROM json_each(?)) AND created_at >= ? AND created_at < ?`,
    )
    .pluck();

  const replay = storage.prepare<
    [string, number],
    { balance: number | null; position: number | null }
  >(
    `SELECT sum(CASE type
        WHEN 'CreditsReplenished' THEN data ->> 'amount'
        WHEN 'CreditsGranted' THEN data ->> 'amount'
        WHEN 'CreditsDeducted' THEN -(data ->> 'amount')
        WHEN 'CreditsTaken' THEN -(data ->> 'amount')
      END) AS balance, max(global_position) AS position
     FROM events WHERE stream_id = ? AND recorded_at <= ?`,
  );

  return {
    plans: (): Plan[] =>
      plans.all().map(({ code, terms }) => ({ code, ...(JSON.parse(terms) as PlanTerms) })),
    plan(code: string): PlanTerms | undefined {
      const terms = onePlan.get(code);
      return terms === undefined ? undefined : (JSON.parse(terms) as PlanTerms);
    },
    planUsers: (code: string) => planUsers.get(code) ?? 0,
    planOf: (userId: string) => planOf.get(userId),
    account: (userId: string) => account.get(userId),
    /** By id, which is the order in which they were made, after the given one. */
    accounts: (after: string, limit: number) => accountsAfter.all(after, limit),
    accountCount: () => accountCount.get() ?? 0,
    /** Accounts of a plan whose newest period began before the one named. */
    behind: (plan: string, period: string) => behind.all(plan, period),
    usersWithoutAccount: () => without.all(),
    transactions({ limit, before, success, ...filter }: TransactionFilter) {
      const values = {
        user_id: filter.user_id,
        action: filter.action ?? null,
        from: filter.from ?? null,
        to: filter.to ?? null,
        success: success === undefined ? null : Number(success),
      };
      const rows = page.all({ ...values, before: before ?? null, limit });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        items: rows.map(toTransaction),
        next_cursor: last ? String(last.position) : null,
        total: count.get(values) ?? 0,
      };
    },
    /** What somebody paid in a period, in ms since the epoch; the end is exclusive. */
    spent: (userId: string, from = 0, to: number = Number.MAX_SAFE_INTEGER): number =>
      spent.get(userId, JSON.stringify(paidActions), from, to) ?? 0,
    /** The balance as of a moment: every movement of the ledger until then, summed from the events alone. */
    balanceAt(userId: string, atMs: number): BalanceAt {
      const replayed = replay.get(creditsStream(userId), atMs);
      return {
        balance: replayed?.balance ?? 0,
        at: new Date(atMs).toISOString(),
        position: replayed?.position ?? 0,
      };
    },
  };
});
export type CreditsQueries = ReturnType<typeof createCreditsQueries>;
