import type { Projection } from '../kernel/projections.ts';
import type { CreditsEvent } from './events.ts';
import type { PlanEvent } from './plan-events.ts';

export const creditsProjection: Projection<CreditsEvent | PlanEvent> = {
  name: 'credits',
  version: 1,
  tables: {
    plans: `CREATE TABLE plans (
      code TEXT PRIMARY KEY,
      terms TEXT NOT NULL,
      retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
    ) STRICT, WITHOUT ROWID`,
    credit_accounts: `CREATE TABLE credit_accounts (
      user_id TEXT PRIMARY KEY,
      balance INTEGER NOT NULL CHECK (balance >= 0),
      reserved INTEGER NOT NULL CHECK (reserved >= 0 AND reserved <= balance),
      period TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    credit_transactions: `CREATE TABLE credit_transactions (
      position INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      user_id TEXT NOT NULL,
      action TEXT NOT NULL,
      amount INTEGER NOT NULL,
      balance_before INTEGER NOT NULL CHECK (balance_before >= 0),
      balance_after INTEGER NOT NULL CHECK (balance_after >= 0),
      success INTEGER NOT NULL CHECK (success IN (0, 1)),
      description TEXT NOT NULL,
      metadata TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      CHECK (balance_after = balance_before + CASE success WHEN 1 THEN amount ELSE 0 END)
    ) STRICT;
    CREATE INDEX credit_transactions_by_user ON credit_transactions (user_id, position)`,
  },
  handlers(storage) {
    const setPlan = storage.prepare('INSERT OR REPLACE INTO plans (code, terms) VALUES (?, ?)');
    const retirePlan = storage.prepare('UPDATE plans SET retired = 1 WHERE code = ?');
    const open = storage.prepare('INSERT INTO credit_accounts VALUES (?, 0, 0, ?)');
    const hold = storage.prepare(
      'UPDATE credit_accounts SET reserved = reserved + ? WHERE user_id = ?',
    );
    const spend = storage.prepare(
      'UPDATE credit_accounts SET balance = ?, reserved = reserved - ? WHERE user_id = ?',
    );
    const move = storage.prepare('UPDATE credit_accounts SET balance = ? WHERE user_id = ?');
    const begin = storage.prepare('UPDATE credit_accounts SET period = ? WHERE user_id = ?');
    const insert = storage.prepare(
      'INSERT INTO credit_transactions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );

    type Row = {
      user_id: string;
      action: string;
      /** Signed. */
      amount: number;
      before: number;
      after: number;
      description: string;
      metadata: object;
      success?: boolean;
    };
    const row = (
      event: { globalPosition: number; eventId: string; recordedAt: number },
      { user_id, action, amount, before, after, description, metadata, success = true }: Row,
    ) =>
      insert.run(
        event.globalPosition,
        event.eventId,
        user_id,
        action,
        amount,
        before,
        after,
        success ? 1 : 0,
        description,
        JSON.stringify(metadata),
        event.recordedAt,
      );
    const paid = { play: 'Sound played', extraction: 'Sound extracted', tts: 'Phrase spoken' };

    return {
      PlanDefined: ({ data: { code, ...terms } }) => setPlan.run(code, JSON.stringify(terms)),
      PlanTermsSet: ({ data: { code, ...terms } }) => setPlan.run(code, JSON.stringify(terms)),
      PlanRetired: ({ data }) => retirePlan.run(data.code),
      CreditAccountOpened: ({ data }) => open.run(data.user_id, data.period),
      CreditsReserved: ({ data }) => hold.run(data.amount, data.user_id),
      CreditsReleased: ({ data }) => hold.run(-data.amount, data.user_id),
      CreditsDeducted(event) {
        const { user_id, action, amount, balance_before, balance_after, subject } = event.data;
        spend.run(balance_after, amount, user_id);
        row(event, {
          user_id,
          action,
          amount: -amount,
          before: balance_before,
          after: balance_after,
          description: paid[action],
          metadata: subject,
        });
      },
      CreditsGranted(event) {
        const { user_id, amount, balance_before, balance_after, reason } = event.data;
        move.run(balance_after, user_id);
        row(event, {
          user_id,
          action: 'grant',
          amount,
          before: balance_before,
          after: balance_after,
          description: reason,
          metadata: { by: event.actor },
        });
      },
      CreditsTaken(event) {
        const { user_id, amount, balance_before, balance_after, reason } = event.data;
        move.run(balance_after, user_id);
        row(event, {
          user_id,
          action: 'take',
          amount: -amount,
          before: balance_before,
          after: balance_after,
          description: reason,
          metadata: { by: event.actor },
        });
      },
      CreditsReplenished(event) {
        const { user_id, amount, balance_before, balance_after, period, periods } = event.data;
        move.run(balance_after, user_id);
        begin.run(period, user_id);
        row(event, {
          user_id,
          action: 'replenish',
          amount,
          before: balance_before,
          after: balance_after,
          description: periods === 0 ? 'Credits of the plan at sign-up' : 'Refill of the plan',
          metadata: { period, periods },
        });
      },
      RefillPassed: ({ data }) => begin.run(data.period, data.user_id),
      DeductionRefused(event) {
        const { user_id, action, amount, missing, balance, subject } = event.data;
        row(event, {
          user_id,
          action,
          amount: -amount,
          before: balance,
          after: balance,
          description: `Not enough credits: ${missing} missing`,
          metadata: { ...subject, missing },
          success: false,
        });
      },
    };
  },
};
