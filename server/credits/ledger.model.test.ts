import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { done, refuse } from '../kernel/command-bus.ts';
import { accepted, type Decider } from '../kernel/decider.ts';
import { uuidv7 } from '../kernel/ports.ts';
import { openStorage } from '../kernel/storage.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import type { UserEvent } from '../users/events.ts';
import { usersProjection } from '../users/projection.ts';
import { creditsDecider } from './decider.ts';
import { creditsStream } from './events.ts';
import { createLedger } from './ledger.ts';
import { creditsProjection } from './projection.ts';
import { createCreditsQueries } from './queries.ts';
import { createRefills } from './refills.ts';
import { seedCredits } from './seed.ts';

const prices = { play: 1, extraction: 5, tts: 1 };
const people = ['ann', 'ben'];
const dayMs = 24 * 60 * 60 * 1000;
const by = { actor: 'test', origin: 'system' } as const;

const asGiven: Decider<null, readonly UserEvent[], UserEvent, never> = {
  decide: (events) => accepted(...events),
  evolve: (state) => state,
  initialState: () => null,
};

const openHouse = (path: string, at: number) => {
  const kernel = testKernel({
    storage: openStorage(path),
    ids: uuidv7,
    projections: [usersProjection, creditsProjection],
  });
  kernel.clock.set(at);
  const queries = createCreditsQueries(kernel.storage);
  const ledger = createLedger(queries, prices);
  return { kernel, queries, ledger, refills: createRefills(kernel, queries) };
};

type Step =
  | { kind: 'buy'; who: number; action: 'play' | 'extraction' }
  | { kind: 'settle' | 'release'; pick: number }
  | { kind: 'adjust'; who: number; amount: number }
  | { kind: 'days'; days: number }
  /** Everything in memory is lost, as by kill -9. */
  | { kind: 'crash' };

const who = fc.nat(people.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('buy' as const),
      who,
      action: fc.constantFrom('play' as const, 'extraction' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('settle' as const, 'release' as const),
      pick: fc.nat(20),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('adjust' as const),
      who,
      amount: fc.integer({ min: -30, max: 30 }).filter((amount) => amount !== 0),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('days' as const),
      days: fc.integer({ min: -2, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'crash' as const }) },
);

/** What must hold after every step, whatever happened before. */
const checkBooks = ({ kernel, queries }: ReturnType<typeof openHouse>) => {
  for (const userId of people) {
    const account = queries.account(userId);
    if (!account) continue;
    expect(account.balance).toBeGreaterThanOrEqual(0);
    expect(account.balance - account.reserved).toBeGreaterThanOrEqual(0);
    const sum = kernel.storage
      .prepare(
        'SELECT coalesce(sum(amount), 0) FROM credit_transactions WHERE user_id = ? AND success = 1',
      )
      .pluck()
      .get(userId);
    expect(sum).toBe(account.balance);
    expect(queries.balanceAt(userId, Number.MAX_SAFE_INTEGER / 2).balance).toBe(account.balance);
  }
};

it('balances whatever is bought, settled, released, granted, refilled or lost in between', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const dir = mkdtempSync(join(tmpdir(), 'encore-ledger-'));
      const path = join(dir, 'test.db');
      let house = openHouse(path, Date.UTC(2026, 10, 22, 12));
      try {
        await house.kernel.bus.execute(by, (tx) => {
          for (const user_id of people) {
            const data = { user_id, role: 'user', plan: 'free' } as const;
            tx.decide(asGiven, `user-${user_id}`, [{ type: 'UserRegistered', data }]);
          }
          return done(null);
        });
        await seedCredits(house.kernel, house.queries, house.ledger);
        const bought: { id: string; userId: string; ends: number }[] = [];
        for (const one of steps) {
          await run(one, house, bought);
          if (one.kind === 'crash') {
            const now = house.kernel.clock.now();
            house.kernel.storage.close();
            house = openHouse(path, now);
          }
          checkBooks(house);
        }
        expect(house.kernel.projector.verify()).toEqual([]);
        const settledOnce = house.kernel.storage
          .prepare(`SELECT count(*) FROM events WHERE type IN ('CreditsDeducted', 'CreditsReleased')
            GROUP BY json_extract(data, '$.reservation_id') HAVING count(*) > 1`)
          .all();
        expect(settledOnce).toEqual([]);
      } finally {
        house.kernel.storage.close();
        rmSync(dir, { recursive: true, force: true });
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

const run = async (
  one: Step,
  { kernel, ledger, refills }: ReturnType<typeof openHouse>,
  bought: { id: string; userId: string; ends: number }[],
): Promise<void> => {
  switch (one.kind) {
    case 'buy': {
      const userId = people[one.who] as string;
      const id = `r-${bought.length}`;
      const outcome = await kernel.bus.execute(by, (tx) => {
        const paid = ledger.reserve(tx, {
          userId,
          action: one.action,
          reservationId: id,
          subject: {},
        });
        return paid.ok ? done(paid.funds) : refuse(paid.problem);
      });
      if (outcome.ok) {
        expect(outcome.result.available).toBeGreaterThanOrEqual(0);
        bought.push({ id, userId, ends: 0 });
      } else expect(outcome.reason.code).toBe('not_enough_credits');
      return;
    }
    case 'settle':
    case 'release': {
      const purchase = bought[one.pick % Math.max(1, bought.length)];
      if (!purchase) return;
      await kernel.bus.execute(by, (tx) => {
        if (one.kind === 'settle') ledger.settle(tx, purchase.userId, purchase.id);
        else ledger.release(tx, purchase.userId, purchase.id, 'test');
        return done(null);
      });
      return;
    }
    case 'adjust': {
      const { amount } = one;
      await kernel.bus.execute(by, (tx) => {
        const stream = creditsStream(people[one.who] as string);
        const command = { type: 'AdjustCredits', amount, reason: 'test' } as const;
        const decision = tx.decide(creditsDecider, stream, command);
        return decision.accepted ? done(null) : refuse(decision.reason);
      });
      return;
    }
    case 'days':
      kernel.clock.set(kernel.clock.now() + one.days * dayMs);
      await refills.check();
      return;
    case 'crash':
      return;
  }
};
