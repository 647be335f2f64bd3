import { done } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Ledger } from './ledger.ts';
import { planDecider } from './plan-decider.ts';
import { planStream, type PlanTerms } from './plan-events.ts';
import type { CreditsQueries } from './queries.ts';

const metered = (
  name: string,
  initial_credits: number,
  max_credits: number,
  refill_amount: number,
): PlanTerms => ({
  name,
  initial_credits,
  max_credits,
  refill_amount,
  refill_period: 'day',
  unlimited: false,
  prices: {},
  cooldowns: { user_ms: 0, sound_ms: 0, global_ms: 0 },
});

/** The plans of a new box. */
const seeds: Readonly<Record<string, PlanTerms>> = {
  free: metered('Free', 25, 75, 15),
  premium: metered('Premium', 100, 500, 100),
  pro: metered('Pro', 1000, 2000, 500),
  admin: { ...metered('Admin', 0, 0, 0), unlimited: true },
};

const system = { actor: 'system', origin: 'system' } as const;

/** Defines the plans of a new box, and opens accounts for people who came before there were any. */
export const seedCredits = async (
  kernel: Kernel,
  queries: CreditsQueries,
  ledger: Ledger,
): Promise<void> => {
  if (kernel.log.streamVersion(planStream('free')) === 0) {
    await kernel.bus.execute(system, (tx) => {
      for (const [code, terms] of Object.entries(seeds)) {
        tx.decide(planDecider, planStream(code), { type: 'DefinePlan', code, terms });
      }
      return done(null);
    });
  }
  for (const userId of queries.usersWithoutAccount()) {
    await kernel.bus.execute(system, (tx) => {
      ledger.openAccount(tx, userId, queries.planOf(userId) ?? 'free');
      return done(null);
    });
  }
};
