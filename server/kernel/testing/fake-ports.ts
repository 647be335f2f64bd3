import type { Clock, Ids } from '../ports.ts';

export type FakeClock = Clock & { advance(ms: number): void; set(epochMs: number): void };

/** Stands still until told; both readings advance together, `set` jumps only the wall clock. */
export const fakeClock = (epochMs = Date.UTC(2026, 0, 1, 12)): FakeClock => {
  let wall = epochMs;
  let monotonic = 1000;
  return {
    now: () => wall,
    monotonic: () => monotonic,
    advance(ms) {
      wall += ms;
      monotonic += ms;
    },
    set(at) {
      wall = at;
    },
  };
};

/** id-1, id-2, … */
export const countingIds = (prefix = 'id'): Ids => {
  let last = 0;
  return () => `${prefix}-${++last}`;
};
