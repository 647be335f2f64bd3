/** Wire shapes of plans and credits. Credits are whole numbers. */
import { z } from 'zod';
import { paidActions, refillPeriods } from './plan-events.ts';

const credits = z.number().int().min(0).max(1_000_000);
const cooldownMs = z
  .number()
  .int()
  .min(0)
  .max(24 * 60 * 60 * 1000);

export const planTerms = z.strictObject({
  name: z.string().trim().min(1).max(64),
  /** Credits at sign-up. */
  initial_credits: credits,
  /** Refills never pass it. */
  max_credits: credits,
  refill_amount: credits,
  refill_period: z.enum(refillPeriods),
  unlimited: z.boolean(),
  /** Overrides of the household's prices. */
  prices: z.partialRecord(z.enum(paidActions), credits),
  /** Milliseconds between presses; 0 is off. */
  cooldowns: z.strictObject({ user_ms: cooldownMs, sound_ms: cooldownMs, global_ms: cooldownMs }),
});

export const planCode = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'use 1 to 32 of a-z, 0-9, _ and -');

const noCooldowns = { user_ms: 0, sound_ms: 0, global_ms: 0 };

/** POST /admin/plans */
export const planBody = planTerms
  .extend({
    code: planCode,
    unlimited: z.boolean().default(false),
    refill_period: z.enum(refillPeriods).default('day'),
    prices: planTerms.shape.prices.default({}),
    cooldowns: planTerms.shape.cooldowns.default(noCooldowns),
  })
  .meta({ id: 'PlanBody' });

/** PATCH /admin/plans/{code} */
export const planPatch = planTerms.partial().meta({ id: 'PlanPatch' });

export const plan = planTerms.extend({ code: z.string() }).meta({ id: 'Plan' });
export type Plan = z.infer<typeof plan>;

/** Feed `plan_changed`, to everybody: whoever has it pays and gets by these terms now. */
export type PlanChanged = { code: string; plan: Plan | null };

/** GET /credits: `balance` is settled, `available` is balance − reserved; `prices` are this account's. */
export const creditsState = z
  .object({
    balance: z.number().int(),
    available: z.number().int(),
    unlimited: z.boolean(),
    plan: z.string(),
    prices: z.record(z.enum(paidActions), z.number().int()),
    next_refill_at: z.string().nullable(),
  })
  .meta({ id: 'Credits' });
export type CreditsState = z.infer<typeof creditsState>;

/** GET /admin/credits: one row an account, for lists of people. */
export const creditAccount = z
  .object({
    user_id: z.string(),
    balance: z.number().int(),
    available: z.number().int(),
    unlimited: z.boolean(),
  })
  .meta({ id: 'CreditAccount' });
export type CreditAccount = z.infer<typeof creditAccount>;

export const transaction = z
  .object({
    id: z.string(),
    user_id: z.string(),
    action: z.string(),
    /** Signed: negative was spent or taken. */
    amount: z.number().int(),
    balance_before: z.number().int(),
    balance_after: z.number().int(),
    success: z.boolean(),
    description: z.string(),
    metadata: z.record(z.string(), z.unknown()),
    created_at: z.string(),
  })
  .meta({ id: 'CreditTransaction' });
export type Transaction = z.infer<typeof transaction>;

/** GET /credits/balance?at= */
export const balanceAt = z
  .object({ balance: z.number().int(), at: z.string(), position: z.number().int() })
  .meta({ id: 'BalanceAt' });
export type BalanceAt = z.infer<typeof balanceAt>;

/** GET /credits/spent: what was paid for plays, extractions and speech, a number ≥ 0. */
export const creditsSpent = z.object({ spent: z.number().int() }).meta({ id: 'CreditsSpent' });
export type CreditsSpent = z.infer<typeof creditsSpent>;

/** POST /admin/users/{id}/credits: negative takes. */
export const adjustBody = z
  .strictObject({
    amount: z
      .number()
      .int('whole credits only')
      .min(-1_000_000)
      .max(1_000_000)
      .refine((amount) => amount !== 0, 'must not be 0'),
    reason: z.string().trim().min(1, 'say why').max(200),
  })
  .meta({ id: 'AdjustCreditsBody' });

/** Feed `user_credits_changed`, to the person and the admins. */
export type UserCreditsChanged = {
  user_id: string;
  balance_before: number;
  balance_after: number;
  action: string;
  /** Signed. */
  amount: number;
  success: boolean;
  metadata: Record<string, unknown>;
};
