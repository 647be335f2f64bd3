import { describe, it } from 'vitest';
import { specification } from '../kernel/testing/specification.ts';
import { creditsDecider } from './decider.ts';
import type { CreditsEvent } from './events.ts';

const spec = specification(creditsDecider);
const user_id = 'mira';
const opened: CreditsEvent = {
  type: 'CreditAccountOpened',
  data: { user_id, plan: 'free', period: '2026-11-22' },
};
const replenished = (
  balance_before: number,
  amount: number,
  period = '2026-11-22',
  periods = 0,
): CreditsEvent => ({
  type: 'CreditsReplenished',
  data: {
    user_id,
    amount,
    balance_before,
    balance_after: balance_before + amount,
    period,
    periods,
  },
});
const purchase = {
  user_id,
  reservation_id: 'p1',
  action: 'play',
  amount: 1,
  subject: { play_id: 'p1', sound_id: 's1' },
} as const;
const reserved: CreditsEvent = { type: 'CreditsReserved', data: purchase };
const deducted = (balance_before: number): CreditsEvent => ({
  type: 'CreditsDeducted',
  data: { ...purchase, balance_before, balance_after: balance_before - 1 },
});

describe('an account', () => {
  const open = {
    type: 'OpenAccount',
    user_id,
    plan: 'free',
    initial: 25,
    period: '2026-11-22',
  } as const;

  it('opens once, with the credits of its plan', () => {
    spec.given().when(open).thenAccepted(opened, replenished(0, 25));
    spec.given(opened).when(open).thenAccepted();
  });

  it('opens empty where the plan gives nothing', () => {
    spec
      .given()
      .when({ ...open, initial: 0 })
      .thenAccepted(opened);
  });

  it('that is not there pays for nothing', () => {
    spec
      .given()
      .when({ type: 'ReserveCredits', ...purchase })
      .thenRefused({ code: 'no_credit_account' });
  });
});

describe('a reservation', () => {
  const reserve = { type: 'ReserveCredits', ...purchase } as const;
  const settle = { type: 'SettleReservation', reservation_id: 'p1' } as const;
  const release = { type: 'ReleaseReservation', reservation_id: 'p1', reason: 'stale' } as const;

  it('holds what is there, once', () => {
    spec.given(opened, replenished(0, 1)).when(reserve).thenAccepted(reserved);
    spec.given(opened, replenished(0, 1), reserved).when(reserve).thenAccepted();
  });

  it('is refused where others hold the rest, and the attempt is a fact', () => {
    spec
      .given(opened, replenished(0, 1), reserved)
      .when({ ...reserve, reservation_id: 'p2' })
      .thenRefused(
        { code: 'not_enough_credits', missing: 1, balance: 1 },
        {
          type: 'DeductionRefused',
          data: {
            user_id,
            action: 'play',
            amount: 1,
            missing: 1,
            balance: 1,
            subject: purchase.subject,
          },
        },
      );
  });

  it('is deducted once, and then there is nothing to release', () => {
    const history = [opened, replenished(0, 3), reserved] as const;
    spec
      .given(...history)
      .when(settle)
      .thenAccepted(deducted(3));
    spec
      .given(...history, deducted(3))
      .when(settle)
      .thenAccepted();
    spec
      .given(...history, deducted(3))
      .when(release)
      .thenAccepted();
  });

  it('is released once, and then there is nothing to deduct', () => {
    const released: CreditsEvent = {
      type: 'CreditsReleased',
      data: { user_id, reservation_id: 'p1', amount: 1, reason: 'stale' },
    };
    const history = [opened, replenished(0, 3), reserved] as const;
    spec
      .given(...history)
      .when(release)
      .thenAccepted(released);
    spec
      .given(...history, released)
      .when(settle)
      .thenAccepted();
  });
});

describe('an admin', () => {
  it('grants and takes with a reason', () => {
    spec
      .given(opened)
      .when({ type: 'AdjustCredits', amount: 10, reason: 'birthday' })
      .thenAccepted({
        type: 'CreditsGranted',
        data: { user_id, amount: 10, balance_before: 0, balance_after: 10, reason: 'birthday' },
      });
    spec
      .given(opened, replenished(0, 25))
      .when({ type: 'AdjustCredits', amount: -5, reason: 'noise' })
      .thenAccepted({
        type: 'CreditsTaken',
        data: { user_id, amount: 5, balance_before: 25, balance_after: 20, reason: 'noise' },
      });
  });

  it('cannot take what is reserved', () => {
    spec
      .given(opened, replenished(0, 1), reserved)
      .when({ type: 'AdjustCredits', amount: -1, reason: 'noise' })
      .thenRefused({ code: 'balance_below_zero', balance: 1, available: 0 });
  });
});

describe('a refill', () => {
  const refill = (period: string, periods: number) =>
    ({ type: 'Replenish', period, periods, amount: 15, max: 75 }) as const;

  it('comes once per period, and makes up for missed ones', () => {
    spec
      .given(opened, replenished(0, 25))
      .when(refill('2026-11-25', 3))
      .thenAccepted(replenished(25, 45, '2026-11-25', 3));
    spec
      .given(opened, replenished(0, 25), replenished(25, 15, '2026-11-23', 1))
      .when(refill('2026-11-23', 1))
      .thenAccepted();
  });

  it('does not come again when the clock was set back', () => {
    spec
      .given(opened, replenished(0, 15, '2026-11-25', 1))
      .when(refill('2026-11-24', 1))
      .thenAccepted();
  });

  it('never passes the maximum, nor waits for room later in the period', () => {
    spec
      .given(opened, replenished(0, 70))
      .when(refill('2026-11-23', 1))
      .thenAccepted(replenished(70, 5, '2026-11-23', 1));
    const passed: CreditsEvent = { type: 'RefillPassed', data: { user_id, period: '2026-11-23' } };
    spec.given(opened, replenished(0, 80)).when(refill('2026-11-23', 1)).thenAccepted(passed);
    spec.given(opened, replenished(0, 80), passed).when(refill('2026-11-23', 1)).thenAccepted();
  });
});
