import type { Recorded } from '../kernel/event.ts';
import type { LedgerReplay, LogCheck, LogCheckRun } from '../kernel/log-check.ts';
import type { CreditsEvent } from './events.ts';

const movements = {
  CreditsReplenished: 1,
  CreditsGranted: 1,
  CreditsDeducted: -1,
  CreditsTaken: -1,
} as const;
type Movement = Extract<Recorded<CreditsEvent>, { type: keyof typeof movements }>;

const isMovement = (event: Recorded<CreditsEvent>): event is Movement => event.type in movements;
const signed = (event: Movement): number => movements[event.type] * event.data.amount;

const ledgerEvents = [
  'CreditAccountOpened',
  'CreditsReserved',
  'CreditsReleased',
  ...Object.keys(movements),
];

type Account = { balance: number; reserved: number };

/**
 * Every ledger is replayed from its events: each balance follows from the one before, nothing is
 * spent that is not there, each reservation ends at most once, and what comes out is what the
 * table of accounts says.
 */
const openCheck: LogCheck['open'] = (storage): LogCheckRun => {
  const accounts = new Map<string, Account>();
  const reservations = new Map<string, number>();

  const end = (id: string, account: Account): string | undefined => {
    const amount = reservations.get(id);
    if (amount === undefined) return `the reservation ${id} ended twice, or never began`;
    reservations.delete(id);
    account.reserved -= amount;
    return undefined;
  };

  const follow = (event: Recorded<CreditsEvent>): string | undefined => {
    const { user_id } = event.data;
    const account = accounts.get(user_id) ?? { balance: 0, reserved: 0 };
    accounts.set(user_id, account);
    if (event.type === 'CreditsReserved') {
      reservations.set(event.data.reservation_id, event.data.amount);
      account.reserved += event.data.amount;
    }
    if (event.type === 'CreditsReleased' || event.type === 'CreditsDeducted') {
      const fault = end(event.data.reservation_id, account);
      if (fault) return fault;
    }
    if (isMovement(event)) {
      const { balance_before, balance_after } = event.data;
      if (balance_before !== account.balance) {
        return `the balance before is ${balance_before}, but the ledger stood at ${account.balance}`;
      }
      account.balance += signed(event);
      if (balance_after !== account.balance) {
        return `the balance after is ${balance_after}, but the ledger comes to ${account.balance}`;
      }
    }
    return account.balance - account.reserved < 0 ? 'more was spent than there was' : undefined;
  };

  return {
    see(recorded) {
      const fault = follow(recorded as unknown as Recorded<CreditsEvent>);
      return fault === undefined ? undefined : { position: recorded.globalPosition, fault };
    },
    end(position) {
      const rows = storage
        .prepare<[], Account & { user_id: string }>(
          'SELECT user_id, balance, reserved FROM credit_accounts',
        )
        .all();
      for (const { user_id, balance, reserved } of rows) {
        const account = accounts.get(user_id) ?? { balance: 0, reserved: 0 };
        accounts.delete(user_id);
        if (account.balance !== balance || account.reserved !== reserved) {
          const fault = `account ${user_id} shows ${balance} (${reserved} reserved), but its events come to ${account.balance} (${account.reserved})`;
          return { position, fault };
        }
      }
      const [missing] = accounts.keys();
      return missing === undefined
        ? undefined
        : { position, fault: `account ${missing} has events and no row` };
    },
  };
};

export const ledgerCheck: LogCheck = { name: 'credits', on: ledgerEvents, open: openCheck };

/** A person's ledger for `encore audit replay`: one row per movement and refused attempt. */
export const ledgerReplay: LedgerReplay = {
  name: 'credits',
  on: [...ledgerEvents, 'DeductionRefused'],
  open(userId) {
    const rows: Record<string, string | number | boolean>[] = [];
    let balance = 0;
    let reserved = 0;
    const held = new Map<string, number>();
    return {
      see(recorded) {
        const event = recorded as unknown as Recorded<CreditsEvent>;
        if (event.data.user_id !== userId) return;
        const at = new Date(event.recordedAt).toISOString();
        const { type, globalPosition: position } = event;
        if (type === 'CreditsReserved') {
          held.set(event.data.reservation_id, event.data.amount);
          reserved += event.data.amount;
        }
        if (type === 'CreditsReleased' || type === 'CreditsDeducted') {
          reserved -= held.get(event.data.reservation_id) ?? 0;
        }
        if (isMovement(event)) {
          const amount = signed(event);
          balance += amount;
          rows.push({ at, position, type, amount, balance, success: true });
        }
        if (type === 'DeductionRefused') {
          rows.push({ at, position, type, amount: -event.data.amount, balance, success: false });
        }
      },
      end: () => ({ rows, summary: { balance, reserved } }),
    };
  },
};
