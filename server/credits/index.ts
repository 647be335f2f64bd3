import type { Recorded } from '../kernel/event.ts';
import type { FeedMap } from '../kernel/feed.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Module } from '../kernel/module.ts';
import type { PlanChanged, UserCreditsChanged } from './contract.ts';
import type { CreditsEvent } from './events.ts';
import { createLedger, type Ledger, type Prices } from './ledger.ts';
import { ledgerCheck, ledgerReplay } from './ledger-check.ts';
import type { PlanEvent } from './plan-events.ts';
import { creditsMetrics } from './metrics.ts';
import { planRoutes } from './plan-routes.ts';
import { creditsProjection } from './projection.ts';
import { createCreditsQueries } from './queries.ts';
import { createRefills } from './refills.ts';
import { creditsRoutes } from './routes.ts';
import { seedCredits } from './seed.ts';

export { chargeCheck } from './charge-check.ts';
export type { Funds, Ledger, Prices } from './ledger.ts';

export type CreditsPorts = { readonly prices: Prices };

/** For modules that sell something: see `createLedger`. */
export const openLedger = (kernel: Kernel, prices: Prices): Ledger =>
  createLedger(createCreditsQueries(kernel.storage), prices);

const changed = (
  user_id: string,
  change: Omit<UserCreditsChanged, 'user_id'>,
): ReturnType<FeedMap[string]> => ({
  type: 'user_credits_changed',
  data: { user_id, ...change },
  audience: ({ actor, role }) => actor === user_id || role === 'admin',
});

type Moved = Extract<CreditsEvent, { data: { balance_before: number } }>;

const moved =
  (action: string | null, sign: 1 | -1) =>
  (recorded: Recorded): ReturnType<FeedMap[string]> => {
    const { data } = recorded as unknown as Moved;
    const { user_id, balance_before, balance_after, amount, ...rest } = data;
    const metadata: Record<string, unknown> = 'subject' in rest ? rest.subject : rest;
    return changed(user_id, {
      balance_before,
      balance_after,
      action: action ?? ('action' in rest ? rest.action : ''),
      amount: sign * amount,
      success: true,
      metadata,
    });
  };

const planTold = (recorded: Recorded): ReturnType<FeedMap[string]> => {
  const { type, data: told } = recorded as unknown as PlanEvent;
  const data: PlanChanged = { code: told.code, plan: type === 'PlanRetired' ? null : told };
  return { type: 'plan_changed', data };
};

const feed: FeedMap = {
  PlanDefined: planTold,
  PlanTermsSet: planTold,
  PlanRetired: planTold,
  CreditsDeducted: moved(null, -1),
  CreditsGranted: moved('grant', 1),
  CreditsTaken: moved('take', -1),
  CreditsReplenished: moved('replenish', 1),
  DeductionRefused(recorded) {
    const { data } = recorded as unknown as Extract<CreditsEvent, { type: 'DeductionRefused' }>;
    const { user_id, action, amount, missing, balance, subject } = data;
    return changed(user_id, {
      balance_before: balance,
      balance_after: balance,
      action,
      amount: -amount,
      success: false,
      metadata: { ...subject, missing },
    });
  },
};

/** Plans and the ledger: who may spend what, and where every credit went. */
export const credits: Module<CreditsPorts> = {
  name: 'credits',
  projections: [creditsProjection],
  verify: ledgerCheck,
  ledger: ledgerReplay,
  setup(kernel, { prices }) {
    const queries = createCreditsQueries(kernel.storage);
    const ledger = createLedger(queries, prices);
    const refills = createRefills(kernel, queries);
    return {
      routes: [...creditsRoutes(kernel, queries, ledger), ...planRoutes(kernel, queries)],
      feed,
      metrics: creditsMetrics,
      async start() {
        await seedCredits(kernel, queries, ledger);
        await refills.start();
      },
      stop: refills.stop,
    };
  },
};
