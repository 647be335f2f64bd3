import type { Clock } from '../kernel/ports.ts';
import { ProblemError } from '../kernel/problem.ts';

/** Wrong guesses that cost nothing: people mistype. */
const freeGuesses = 5;
const delayMsMax = 15 * 60 * 1000;
/** Addresses and accounts remembered; the oldest goes first. */
const trackedMax = 10_000;

/** Slows down guessing, per key (an address, an account): 1 s after five wrong ones, then doubling. */
export type GuessLimit = {
  /** @throws ProblemError 429 with `Retry-After` while the key has to wait */
  check(key: string): void;
  wrong(key: string): void;
  right(key: string): void;
};

export const createGuessLimit = (clock: Clock): GuessLimit => {
  const tracked = new Map<string, { wrong: number; until: number }>();
  return {
    check(key) {
      const waitMs = (tracked.get(key)?.until ?? 0) - clock.monotonic();
      if (waitMs <= 0) return;
      const seconds = Math.ceil(waitMs / 1000);
      throw new ProblemError({
        status: 429,
        code: 'too_many_guesses',
        title: 'Too many wrong guesses',
        detail: `Wait ${seconds} s, then try again.`,
        extra: { retry_after_s: seconds },
      });
    },
    wrong(key) {
      const wrong = (tracked.get(key)?.wrong ?? 0) + 1;
      const waitMs =
        wrong < freeGuesses ? 0 : Math.min(1000 * 2 ** (wrong - freeGuesses), delayMsMax);
      tracked.delete(key);
      tracked.set(key, { wrong, until: clock.monotonic() + waitMs });
      if (tracked.size <= trackedMax) return;
      const oldest = tracked.keys().next();
      if (!oldest.done) tracked.delete(oldest.value);
    },
    right: (key) => void tracked.delete(key),
  };
};
