import type { Tx } from '../kernel/command-bus.ts';
import type { Problem } from '../kernel/problem.ts';
import { creditsDecider, reservedOf } from './decider.ts';
import { creditsStream, type Subject } from './events.ts';
import { periodOf } from './periods.ts';
import type { PaidAction, PlanTerms } from './plan-events.ts';
import { creditsProblem, notEnoughCredits } from './problems.ts';
import type { CreditsQueries } from './queries.ts';

/** Credits per action where the plan does not say otherwise. */
export type Prices = Readonly<Record<PaidAction, number>>;

export type Purchase = {
  readonly userId: string;
  readonly action: PaidAction;
  /** Names what is paid for; settled or released once. */
  readonly reservationId: string;
  readonly subject: Subject;
};

/** What is left after a reservation; `available` is balance − reserved. */
export type Funds = { readonly balance: number; readonly available: number };

/**
 * Paying, as part of the transaction of what is paid for. A module that sells something reserves
 * with the request, settles when it truly happened, and releases when it did not.
 */
export const createLedger = (queries: CreditsQueries, prices: Prices) => {
  const planOf = (userId: string): PlanTerms | undefined => {
    const code = queries.planOf(userId);
    return code === undefined ? undefined : queries.plan(code);
  };
  const priceOf = (userId: string, action: PaidAction): number => {
    const terms = planOf(userId);
    return terms?.unlimited ? 0 : (terms?.prices[action] ?? prices[action]);
  };
  const fundsOf = (tx: Tx, userId: string): Funds => {
    const account = tx.state(creditsDecider, creditsStream(userId));
    const balance = account.kind === 'open' ? account.balance : 0;
    return { balance, available: balance - reservedOf(account) };
  };

  return {
    planOf,
    /** What this account pays, in credits. */
    priceOf,
    fundsOf,
    /** Codes of the plans that an account may have. */
    planCodes: (): string[] => queries.plans().map(({ code }) => code),

    openAccount(tx: Tx, userId: string, planCode: string): void {
      const terms = queries.plan(planCode);
      tx.decide(creditsDecider, creditsStream(userId), {
        type: 'OpenAccount',
        user_id: userId,
        plan: planCode,
        initial: terms && !terms.unlimited ? terms.initial_credits : 0,
        period: periodOf(terms?.refill_period ?? 'day', tx.at),
      });
    },

    /** A refusal is kept as a fact when the command ends with it. */
    reserve(
      tx: Tx,
      { userId, action, reservationId, subject }: Purchase,
    ): { ok: true; funds: Funds } | { ok: false; problem: Problem } {
      const amount = priceOf(userId, action);
      if (amount === 0) return { ok: true, funds: fundsOf(tx, userId) };
      const decision = tx.decide(creditsDecider, creditsStream(userId), {
        type: 'ReserveCredits',
        user_id: userId,
        reservation_id: reservationId,
        action,
        amount,
        subject,
      });
      if (decision.accepted) return { ok: true, funds: fundsOf(tx, userId) };
      return { ok: false, problem: notEnoughCredits(decision.reason, amount) };
    },

    /** @returns why it cannot be; null when it was given. `reason` stands in the person's ledger. */
    grant(tx: Tx, userId: string, amount: number, reason: string): Problem | null {
      const decision = tx.decide(creditsDecider, creditsStream(userId), {
        type: 'AdjustCredits',
        amount,
        reason,
      });
      return decision.accepted ? null : creditsProblem(decision.reason).problem;
    },

    settle(tx: Tx, userId: string, reservationId: string): void {
      tx.decide(creditsDecider, creditsStream(userId), {
        type: 'SettleReservation',
        reservation_id: reservationId,
      });
    },

    release(tx: Tx, userId: string, reservationId: string, reason: string): void {
      tx.decide(creditsDecider, creditsStream(userId), {
        type: 'ReleaseReservation',
        reservation_id: reservationId,
        reason,
      });
    },
  };
};
export type Ledger = ReturnType<typeof createLedger>;
