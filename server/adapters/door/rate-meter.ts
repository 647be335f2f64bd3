import type { Clock } from '../../kernel/ports.ts';

/** Counts calls of the running second. */
export const createRateMeter = (clock: Clock): (() => number) => {
  let windowStartMs = clock.monotonic();
  let count = 0;
  return () => {
    const now = clock.monotonic();
    if (now - windowStartMs >= 1_000) {
      windowStartMs = now;
      count = 0;
    }
    return ++count;
  };
};
