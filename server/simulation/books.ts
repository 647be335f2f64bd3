import { createHash } from 'node:crypto';
import type { EventRow } from '../kernel/hash-chain.ts';
import { hold } from './violation.ts';
import type { Witness } from './witness.ts';

type Account = { plan: string; balance: number; held: Map<string, number>; period: string };
type Data = {
  readonly user_id: string;
  readonly reservation_id: string;
  readonly amount: number;
  readonly balance_before: number;
  readonly balance_after: number;
  readonly period: string;
  readonly action: string;
  readonly play_id: string;
  readonly extraction_id: string;
  readonly url: string;
  readonly price: number;
  readonly code: string;
  readonly plan: string;
  readonly max_credits: number;
};

/** The chain as the documents describe it, written a second time. */
const hashOf = (previous: Buffer, row: EventRow): Buffer => {
  const sha = createHash('sha256').update(previous);
  const { hash: _, ...columns } = row;
  for (const value of Object.values(columns)) {
    const bytes = value === null ? Buffer.alloc(0) : Buffer.from(String(value), 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(value === null ? 0xff_ff_ff_ff : bytes.length);
    sha.update(length).update(bytes);
  }
  return sha.digest();
};

const once: ReadonlySet<string> = new Set([
  'PlayRequested',
  'ExtractionRequested',
  'CreditsGranted',
  'CreditsTaken',
]);

/**
 * The log, kept a second time in the plainest words: every new row is checked against all that came
 * before it. Knows nothing of the deciders.
 */
export const createBooks = (witness: Witness) => {
  let position = 0;
  let head: Buffer = Buffer.alloc(32);
  const streams = new Map<string, number>();
  const accounts = new Map<string, Account>();
  const settled = new Set<string>();
  const reserved = new Set<string>();
  const requestedBy = new Map<string, string>();
  const soundsMadeBy = new Set<string>();
  /** Open extractions that cost something, and what they hold. */
  const jobs = new Map<string, { reservation: string; user: string }>();
  /** Event ids of what people asked for. */
  const asked: string[] = [];
  const plans = new Map<string, number>();
  /** Ids of what was paid. */
  const deducted = new Set<string>();
  /** Last part of each link that a paid sound was made of. */
  const made = new Set<string>();
  const linkOf = new Map<string, string>();
  const plays = new Map<string, 'requested' | 'started' | 'ended'>();

  const accountOf = (userId: string): Account => {
    const known = accounts.get(userId);
    if (known) return known;
    const account = { plan: '', balance: 0, held: new Map<string, number>(), period: '' };
    accounts.set(userId, account);
    return account;
  };

  const move = (at: number, account: Account, data: Data, amount: number) => {
    hold('books', data.balance_before === account.balance, () => {
      return `event ${at} begins at ${data.balance_before}, the ledger stands at ${account.balance}`;
    });
    account.balance += amount;
    hold('books', data.balance_after === account.balance, () => {
      return `event ${at} ends at ${data.balance_after}, the ledger comes to ${account.balance}`;
    });
  };

  const end = (at: number, account: Account, id: string): number => {
    const amount = account.held.get(id);
    hold('settled once', amount !== undefined && !settled.has(id), () => {
      return `event ${at} ends the reservation ${id}, which ${settled.has(id) ? 'ended before' : 'never began'}`;
    });
    settled.add(id);
    account.held.delete(id);
    return amount ?? 0;
  };

  const checkPaid = (at: number, data: Data) => {
    const { reservation_id: id, action } = data;
    deducted.add(id);
    const link = linkOf.get(id.split(' ')[0] ?? '');
    if (link !== undefined) made.add(link);
    if (action === 'play') {
      hold('no charge without a sound', witness.sounded.has(id), () => {
        return `event ${at} charges for the play ${id}, which nobody heard`;
      });
    } else {
      hold('no charge without a sound', soundsMadeBy.has(id.split(' ')[0] ?? ''), () => {
        return `event ${at} charges for the extraction ${id}, which made no sound`;
      });
    }
  };

  const owners = new Map<string, string>();
  const openJob = ({ extraction_id, reservation_id, price }: Data) => {
    const user = owners.get(extraction_id) ?? '';
    if (price > 0) jobs.set(extraction_id, { reservation: reservation_id, user });
  };

  const see = (row: EventRow) => {
    const at = row.global_position;
    const data = JSON.parse(row.data) as Data;
    if (once.has(row.type)) {
      const what = row.type.startsWith('Credits') ? 'adjustment' : row.type;
      const key = `${what} ${row.correlation_id}`;
      hold('once per command', !requestedBy.has(key), () => {
        return `event ${at} does again what ${requestedBy.get(key)} did: ${key}`;
      });
      requestedBy.set(key, row.event_id);
      if (what.endsWith('Requested')) asked.push(row.event_id);
    }
    const account = row.stream_id.startsWith('credits-') ? accountOf(data.user_id) : undefined;
    switch (row.type) {
      case 'PlanDefined':
        plans.set(data.code, data.max_credits);
        break;
      case 'CreditAccountOpened':
        if (account) account.plan = data.plan;
        break;
      case 'CreditsReserved':
        hold('settled once', !reserved.has(data.reservation_id), () => {
          return `event ${at} reserves ${data.reservation_id} a second time`;
        });
        reserved.add(data.reservation_id);
        account?.held.set(data.reservation_id, data.amount);
        break;
      case 'CreditsReleased':
        if (account) end(at, account, data.reservation_id);
        break;
      case 'CreditsDeducted':
        if (!account) break;
        hold('books', end(at, account, data.reservation_id) === data.amount, () => {
          return `event ${at} deducts another amount than was reserved`;
        });
        move(at, account, data, -data.amount);
        checkPaid(at, data);
        break;
      case 'CreditsGranted':
        if (account) move(at, account, data, data.amount);
        break;
      case 'CreditsTaken':
        if (account) move(at, account, data, -data.amount);
        break;
      case 'CreditsReplenished':
      case 'RefillPassed':
        if (!account) break;
        hold('one refill a period', account.period < data.period, () => {
          return `event ${at} refills ${data.period} after ${account.period}`;
        });
        account.period = data.period;
        if (row.type === 'RefillPassed') break;
        move(at, account, data, data.amount);
        hold('a refill has its maximum', account.balance <= (plans.get(account.plan) ?? 0), () => {
          return `event ${at} refills ${data.user_id} to ${account.balance}`;
        });
        break;
      case 'ExtractionRequested':
        linkOf.set(data.extraction_id, data.url.split('/').at(-1) ?? '');
        owners.set(data.extraction_id, data.user_id);
        openJob(data);
        break;
      case 'ExtractionRetried':
        openJob(data);
        break;
      case 'ExtractionCompleted':
      case 'ExtractionFailed':
      case 'ExtractionCancelled':
        jobs.delete(data.extraction_id);
        break;
      case 'SoundCreated':
        hold('one sound a job', !soundsMadeBy.has(data.extraction_id), () => {
          return `event ${at} makes a second sound for ${data.extraction_id}`;
        });
        soundsMadeBy.add(data.extraction_id);
        break;
      case 'PlayRequested':
        hold('play', !plays.has(data.play_id), () => `event ${at} requests a play again`);
        plays.set(data.play_id, 'requested');
        break;
      case 'PlayStarted':
        hold(
          'play',
          plays.get(data.play_id) === 'requested',
          () => `event ${at} starts a play that is ${plays.get(data.play_id)}`,
        );
        plays.set(data.play_id, 'started');
        hold(
          'no start without a sound',
          witness.sounded.has(data.play_id),
          () => `event ${at} says that ${data.play_id} was heard`,
        );
        break;
      case 'PlayFinished':
      case 'PlayStopped':
      case 'PlayFailed':
        hold(
          'play',
          plays.has(data.play_id) && plays.get(data.play_id) !== 'ended',
          () => `event ${at} ends a play that is ${plays.get(data.play_id)}`,
        );
        plays.set(data.play_id, 'ended');
        break;
      default:
    }
    if (!account) return;
    const free = account.balance - [...account.held.values()].reduce((sum, one) => sum + one, 0);
    hold('never below zero', free >= 0, () => `after event ${at} ${data.user_id} has ${free}`);
  };

  return {
    position: () => position,
    head: () => head,
    accounts,
    plays,
    asked,
    deducted,
    made,
    /** New rows, in order. @throws Violation */
    read(rows: readonly EventRow[]): void {
      for (const row of rows) {
        hold('gapless', row.global_position === position + 1, () => {
          return `after ${position} comes ${row.global_position}`;
        });
        const before = streams.get(row.stream_id) ?? 0;
        hold('gapless', row.stream_position === before + 1, () => {
          return `in ${row.stream_id} ${row.stream_position} comes after ${before}`;
        });
        const hash = hashOf(head, row);
        hold('chain', hash.equals(row.hash), () => `event ${row.global_position} has another hash`);
        streams.set(row.stream_id, row.stream_position);
        head = hash;
        position = row.global_position;
        see(row);
      }
      for (const [id, { reservation, user }] of jobs) {
        hold(
          'an open job holds its price',
          accounts.get(user)?.held.has(reservation) ?? false,
          () => {
            return `the extraction ${id} is open, nothing is reserved as ${reservation}`;
          },
        );
      }
    },
    /** Whether the command with this key led to it. */
    has: (what: string, key: string): boolean => requestedBy.has(`${what} ${key}`),
    /** Reservations that nobody has ended. */
    open: (): string[] => [...accounts.values()].flatMap(({ held }) => [...held.keys()]),
  };
};
