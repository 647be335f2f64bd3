import type { Clock } from '../kernel/ports.ts';
import { ProblemError } from '../kernel/problem.ts';

const hourMs = 60 * 60 * 1000;
/** Wrong guesses that cost nothing: people mistype. */
const freeGuesses = 5;
export const testedPerHourMax = 100;

type Limits = {
  /** The longest wait after one wrong guess: short for accounts, which nobody may lock. */
  readonly delayMsMax: number;
  /** Keys remembered; the oldest goes first, so that only keys without end may be forgotten. */
  readonly trackedMax: number;
};

const kinds = {
  /** An account, whatever it was called and wherever from. There are only so many. */
  account: { delayMsMax: 60_000, trackedMax: Infinity },
  /** A name that no account has: limited alike, so that nobody learns which names there are. */
  stranger: { delayMsMax: 60_000, trackedMax: 10_000 },
  /** An account from a device that it has signed in on before. */
  device: { delayMsMax: 60_000, trackedMax: 10_000 },
  address: { delayMsMax: 15 * 60_000, trackedMax: 10_000 },
  registration: { delayMsMax: 15 * 60_000, trackedMax: 10_000 },
} satisfies Record<string, Limits>;
type Kind = keyof typeof kinds;

export type GuessKey = { readonly kind: Kind; readonly id: string };

type Tracked = {
  /** Wrong guesses since the last right one. */
  streak: number;
  until: number;
  /** When guesses of the last hour were tested; never more than the limit. */
  tested: number[];
};

/**
 * Slows down guessing: 1 s after five wrong ones, then doubling, and never more than a hundred
 * tested in an hour. Nothing is ever locked for good.
 */
export type GuessLimit = {
  /**
   * Counts a guess against every key before it is tested, so that many at once are no way around.
   * @throws ProblemError 429 with `Retry-After` while one of the keys has to wait
   */
  attempt(keys: readonly GuessKey[]): void;
  /** Takes the attempt back. */
  right(keys: readonly GuessKey[]): void;
};

const tooMany = (waitMs: number) => {
  const seconds = Math.ceil(waitMs / 1000);
  return new ProblemError({
    status: 429,
    code: 'too_many_guesses',
    title: 'Too many wrong guesses',
    detail: `Wait ${seconds} s, then try again.`,
    extra: { retry_after_s: seconds },
  });
};

export const createGuessLimit = (clock: Clock): GuessLimit => {
  const maps = Object.fromEntries(
    Object.keys(kinds).map((kind) => [kind, new Map<string, Tracked>()]),
  ) as Record<Kind, Map<string, Tracked>>;

  const current = ({ kind, id }: GuessKey, now: number): Tracked => {
    const known = maps[kind].get(id);
    const tested = (known?.tested ?? []).filter((at) => at > now - hourMs);
    if (!known || tested.length === 0) return { streak: 0, until: 0, tested };
    return { ...known, tested };
  };

  const waitOf = (key: GuessKey, now: number): number => {
    const { until, tested } = current(key, now);
    const [oldest = 0] = tested;
    const budget = tested.length < testedPerHourMax ? 0 : oldest + hourMs - now;
    return Math.max(until - now, budget);
  };

  const count = (key: GuessKey, now: number) => {
    const map = maps[key.kind];
    const { delayMsMax, trackedMax } = kinds[key.kind];
    const { streak: before, tested } = current(key, now);
    const streak = before + 1;
    const delay =
      streak < freeGuesses ? 0 : Math.min(1000 * 2 ** (streak - freeGuesses), delayMsMax);
    map.delete(key.id);
    map.set(key.id, { streak, until: now + delay, tested: [...tested, now] });
    if (map.size <= trackedMax) return;
    const oldest = map.keys().next();
    if (!oldest.done) map.delete(oldest.value);
  };

  return {
    attempt(keys) {
      const now = clock.monotonic();
      const waitMs = Math.max(...keys.map((key) => waitOf(key, now)));
      if (waitMs > 0) throw tooMany(waitMs);
      for (const key of keys) count(key, now);
    },
    right(keys) {
      const now = clock.monotonic();
      for (const key of keys) {
        const tested = current(key, now).tested.slice(0, -1);
        // What was tested before stays: who signs in often must not open the hour to others.
        maps[key.kind].set(key.id, { streak: 0, until: 0, tested });
      }
    },
  };
};

/** The address as it is counted: of IPv6 the network, since a house has 2^64 of them. */
export const addressKey = (address: string): GuessKey => {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!bare.includes(':')) return { kind: 'address', id: bare };
  const [head = '', tail] = bare.toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  const groups = [...first, ...(tail === undefined ? [] : zeros), ...last];
  return { kind: 'address', id: groups.slice(0, 4).join(':') };
};
