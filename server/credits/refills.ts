import { done, refuse } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { creditsDecider } from './decider.ts';
import { creditsStream } from './events.ts';
import { periodOf, periodsBetween } from './periods.ts';
import type { AccountRow, CreditsQueries } from './queries.ts';

/** How long after midnight a refill may come; also how soon after a jump of the clock. */
const checkEveryMs = 20_000;
/** Accounts refilled in one go, so that presses come in between. */
const batchMax = 200;

const system = { actor: 'system', origin: 'system' } as const;

/** Refills once per period, and makes up for those that began while Encore was off. */
export const createRefills = (kernel: Kernel, queries: CreditsQueries) => {
  const { bus, clock, logger } = kernel;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  const refill = (account: AccountRow, period: string) =>
    bus.execute(system, (tx) => {
      // Asked again inside the transaction: the plan may have changed since the list was made.
      const terms = queries.plan(account.plan);
      if (!terms || terms.unlimited) return done(null);
      const decision = tx.decide(creditsDecider, creditsStream(account.user_id), {
        type: 'Replenish',
        period,
        periods: periodsBetween(terms.refill_period, account.period, period),
        amount: terms.refill_amount,
        max: terms.max_credits,
      });
      return decision.accepted ? done(null) : refuse(decision.reason);
    });

  const run = async () => {
    for (const { code, unlimited, refill_period } of queries.plans()) {
      if (unlimited) continue;
      const period = periodOf(refill_period, clock.now());
      const accounts = queries.behind(code, period);
      for (let at = 0; at < accounts.length; at += batchMax) {
        await Promise.all(
          accounts.slice(at, at + batchMax).map((account) => refill(account, period)),
        );
      }
      if (accounts.length > 0)
        logger.info({ plan: code, period, accounts: accounts.length }, 'refilled');
    }
  };

  /** Brings every account up to the present period. */
  const check = (): Promise<void> => {
    running ??= run()
      .catch((error: unknown) => logger.error({ err: error }, 'the refills will be tried again'))
      .finally(() => {
        running = undefined;
      });
    return running;
  };

  return {
    check,
    async start() {
      await check();
      timer = setInterval(() => void check(), checkEveryMs);
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
};
