import { accepted, refused, unreachable, type Decider } from '../kernel/decider.ts';
import type { CreditsEvent, Subject } from './events.ts';
import type { PaidAction } from './plan-events.ts';

export type CreditsCommand =
  | { type: 'OpenAccount'; user_id: string; plan: string; initial: number; period: string }
  | {
      type: 'ReserveCredits';
      user_id: string;
      reservation_id: string;
      action: PaidAction;
      amount: number;
      subject: Subject;
    }
  | { type: 'SettleReservation'; reservation_id: string }
  | { type: 'ReleaseReservation'; reservation_id: string; reason: string }
  | { type: 'AdjustCredits'; amount: number; reason: string }
  | { type: 'Replenish'; period: string; periods: number; amount: number; max: number };

export type CreditsRefusal =
  | { code: 'no_credit_account' }
  | { code: 'not_enough_credits'; missing: number; balance: number }
  | { code: 'balance_below_zero'; balance: number; available: number };

type Reservation = { amount: number; action: PaidAction; subject: Subject };
export type CreditAccount =
  | { kind: 'none' }
  | {
      kind: 'open';
      user_id: string;
      /** Settled credits. */
      balance: number;
      reservations: Readonly<Record<string, Reservation>>;
      /** First day of the newest period that was dealt with. */
      period: string;
    };

export const reservedOf = (account: CreditAccount): number =>
  account.kind === 'none'
    ? 0
    : Object.values(account.reservations).reduce((sum, { amount }) => sum + amount, 0);

type Open = Extract<CreditAccount, { kind: 'open' }>;

const movement = ({ user_id, balance }: Open, delta: number) => ({
  user_id,
  amount: Math.abs(delta),
  balance_before: balance,
  balance_after: balance + delta,
});

const reserve = (
  account: Open,
  { type: _type, ...data }: Extract<CreditsCommand, { type: 'ReserveCredits' }>,
) => {
  if (account.reservations[data.reservation_id]) return accepted<CreditsEvent>();
  const missing = data.amount - (account.balance - reservedOf(account));
  if (missing <= 0) return accepted<CreditsEvent>({ type: 'CreditsReserved', data });
  const { balance } = account;
  const { user_id, action, amount, subject } = data;
  return refused<CreditsEvent, CreditsRefusal>(
    { code: 'not_enough_credits', missing, balance },
    {
      type: 'DeductionRefused',
      data: { user_id, action, amount, missing, balance, subject },
    },
  );
};

const settle = (account: Open, reservation_id: string) => {
  const reservation = account.reservations[reservation_id];
  if (!reservation) return accepted<CreditsEvent>();
  const { action, subject, amount } = reservation;
  const data = { ...movement(account, -amount), reservation_id, action, subject };
  return accepted<CreditsEvent>({ type: 'CreditsDeducted', data });
};

const adjust = (account: Open, amount: number, reason: string) => {
  const { balance } = account;
  const available = balance - reservedOf(account);
  if (available + amount < 0) {
    return refused<CreditsEvent, CreditsRefusal>({
      code: 'balance_below_zero',
      balance,
      available,
    });
  }
  const data = { ...movement(account, amount), reason };
  return accepted<CreditsEvent>({ type: amount > 0 ? 'CreditsGranted' : 'CreditsTaken', data });
};

const replenish = (
  account: Open,
  { period, periods, amount, max }: Extract<CreditsCommand, { type: 'Replenish' }>,
) => {
  // Days compare as text. A clock that was set back finds its period dealt with.
  if (period <= account.period) return accepted<CreditsEvent>();
  const added = Math.min(amount * periods, max - account.balance);
  if (added <= 0) {
    return accepted<CreditsEvent>({
      type: 'RefillPassed',
      data: { user_id: account.user_id, period },
    });
  }
  const data = { ...movement(account, added), period, periods };
  return accepted<CreditsEvent>({ type: 'CreditsReplenished', data });
};

/**
 * A ledger: what is reserved is settled or released once, and what is available never falls below
 * zero. Prices, plans and periods come in with the command.
 */
export const creditsDecider: Decider<CreditAccount, CreditsCommand, CreditsEvent, CreditsRefusal> =
  {
    initialState: () => ({ kind: 'none' }),

    decide(command, account) {
      if (command.type === 'OpenAccount') {
        const { user_id, plan, initial, period } = command;
        if (account.kind === 'open') return accepted();
        const opened: CreditsEvent = {
          type: 'CreditAccountOpened',
          data: { user_id, plan, period },
        };
        const empty: Open = { kind: 'open', user_id, balance: 0, reservations: {}, period };
        if (initial === 0) return accepted(opened);
        const data = { ...movement(empty, initial), period, periods: 0 };
        return accepted<CreditsEvent>(opened, { type: 'CreditsReplenished', data });
      }
      if (account.kind === 'none') return refused({ code: 'no_credit_account' });
      switch (command.type) {
        case 'ReserveCredits':
          return reserve(account, command);
        case 'SettleReservation':
          return settle(account, command.reservation_id);
        case 'ReleaseReservation': {
          const { reservation_id, reason } = command;
          const reservation = account.reservations[reservation_id];
          if (!reservation) return accepted();
          const { amount } = reservation;
          const data = { user_id: account.user_id, reservation_id, amount, reason };
          return accepted({ type: 'CreditsReleased', data });
        }
        case 'AdjustCredits':
          return adjust(account, command.amount, command.reason);
        case 'Replenish':
          return replenish(account, command);
        default:
          return unreachable(command);
      }
    },

    evolve(account, event) {
      if (event.type === 'CreditAccountOpened') {
        const { user_id, period } = event.data;
        return { kind: 'open', user_id, balance: 0, reservations: {}, period };
      }
      if (account.kind === 'none') return account;
      switch (event.type) {
        case 'CreditsReserved': {
          const { reservation_id, amount, action, subject } = event.data;
          const reservations = {
            ...account.reservations,
            [reservation_id]: { amount, action, subject },
          };
          return { ...account, reservations };
        }
        case 'CreditsDeducted':
        case 'CreditsReleased': {
          const { [event.data.reservation_id]: _, ...reservations } = account.reservations;
          const balance =
            event.type === 'CreditsDeducted' ? event.data.balance_after : account.balance;
          return { ...account, balance, reservations };
        }
        case 'CreditsGranted':
        case 'CreditsTaken':
          return { ...account, balance: event.data.balance_after };
        case 'CreditsReplenished':
          return { ...account, balance: event.data.balance_after, period: event.data.period };
        case 'RefillPassed':
          return { ...account, period: event.data.period };
        case 'DeductionRefused':
          return account;
        default:
          return unreachable(event);
      }
    },
  };
