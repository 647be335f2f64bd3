import { beforeEach, expect, it } from 'vitest';
import { done } from '../kernel/command-bus.ts';
import { accepted, type Decider } from '../kernel/decider.ts';
import { uuidv7 } from '../kernel/ports.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import type { UserEvent } from '../users/events.ts';
import { usersProjection } from '../users/projection.ts';
import { createLedger } from './ledger.ts';
import { creditsProjection } from './projection.ts';
import { createCreditsQueries } from './queries.ts';
import { createRefills } from './refills.ts';
import { seedCredits } from './seed.ts';

const dayMs = 24 * 60 * 60 * 1000;
const noon = Date.UTC(2026, 10, 22, 12);

const asGiven: Decider<null, readonly UserEvent[], UserEvent, never> = {
  decide: (events) => accepted(...events),
  evolve: (state) => state,
  initialState: () => null,
};

let kernel: ReturnType<typeof testKernel>;
let queries: ReturnType<typeof createCreditsQueries>;
let refills: ReturnType<typeof createRefills>;

/** One account of the free plan: 25 at first, 15 a day, 75 at most. */
beforeEach(async () => {
  kernel = testKernel({ ids: uuidv7, projections: [usersProjection, creditsProjection] });
  kernel.clock.set(noon);
  queries = createCreditsQueries(kernel.storage);
  refills = createRefills(kernel, queries);
  await kernel.bus.execute({ actor: 'test', origin: 'system' }, (tx) => {
    const data = { user_id: 'ann', role: 'user', plan: 'free' } as const;
    tx.decide(asGiven, 'user-ann', [{ type: 'UserRegistered', data }]);
    return done(null);
  });
  await seedCredits(kernel, queries, createLedger(queries, { play: 1, extraction: 5, tts: 1 }));
});

/** The balance on a day, counted from the first; refills are asked for several times. */
const onDay = async (day: number): Promise<number | undefined> => {
  kernel.clock.set(noon + day * dayMs);
  await Promise.all([refills.check(), refills.check()]);
  await refills.check();
  return queries.account('ann')?.balance;
};

it('a period is refilled once, however often somebody asks', async () => {
  expect([await onDay(0), await onDay(1), await onDay(1)]).toEqual([25, 40, 40]);
});

it('a clock that goes back and forth refills no period twice', async () => {
  expect(await onDay(2)).toBe(55);
  expect([await onDay(0), await onDay(1), await onDay(2)]).toEqual([55, 55, 55]);
  // A year back and home again: still the same days.
  expect([await onDay(-365), await onDay(2)]).toEqual([55, 55]);
  expect(await onDay(3)).toBe(70);
});

it('a clock far ahead by mistake fills to the maximum, and then waits until it is right', async () => {
  expect(await onDay(3650)).toBe(75);
  expect([await onDay(1), await onDay(400), await onDay(3650)]).toEqual([75, 75, 75]);
});
