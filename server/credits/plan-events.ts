/** What can be paid for; prices are credits, whole numbers ≥ 0. */
export const paidActions = ['play', 'extraction', 'tts'] as const;
export type PaidAction = (typeof paidActions)[number];

/** A period begins at midnight of the house's time zone; weeks on Monday, months on the first. */
export const refillPeriods = ['day', 'week', 'month'] as const;
export type RefillPeriod = (typeof refillPeriods)[number];

export type PlanTerms = {
  name: string;
  /** Credits at sign-up. */
  initial_credits: number;
  /** Refills never pass it. */
  max_credits: number;
  refill_amount: number;
  refill_period: RefillPeriod;
  /** Nothing is charged, and nothing is refilled. */
  unlimited: boolean;
  /** Overrides of the household's prices. */
  prices: Partial<Record<PaidAction, number>>;
  /** Milliseconds between presses: of one person, of one sound, of anybody; 0 is off. */
  cooldowns: { user_ms: number; sound_ms: number; global_ms: number };
};

/** Stream `plan-<code>`. */
export type PlanEvent =
  | { type: 'PlanDefined'; data: PlanTerms & { code: string } }
  | { type: 'PlanTermsSet'; data: PlanTerms & { code: string } }
  | { type: 'PlanRetired'; data: { code: string } };

export const planStream = (code: string): string => `plan-${code}`;
