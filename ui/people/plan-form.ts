import { msg } from '@lit/localize';
import type { FieldErrors } from '../api/field-errors.ts';
import { textIn } from './form-values.ts';
import { cooldowns, paidActions, type Cooldown, type Paid, type Terms } from './plan-words.ts';

export type PlanField =
  | 'name'
  | 'code'
  | 'initial_credits'
  | 'max_credits'
  | 'refill_amount'
  | 'refill_period'
  | Paid
  | Cooldown
  | 'rest';

export const planFields: readonly PlanField[] = [
  'name',
  'code',
  'initial_credits',
  'max_credits',
  'refill_amount',
  'refill_period',
  ...paidActions,
  ...cooldowns,
];

type Read = { terms: Terms; errors: FieldErrors<PlanField> };

const creditsMax = 1_000_000;
const cooldownSecondsMax = 24 * 60 * 60;

/** "Family club" → "family-club" */
export const codeOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 32);

/**
 * The terms that a form says, with what is wrong with them. A field that is wrong or not shown keeps
 * what was before.
 */
export const readPlan = (data: FormData, before: Terms): Read => {
  const errors: FieldErrors<PlanField> = {};

  const whole = (field: PlanField, kept: number): number => {
    if (!data.has(field)) return kept;
    const text = textIn(data, field);
    const value = Number(text);
    if (text !== '' && Number.isInteger(value) && value >= 0 && value <= creditsMax) return value;
    errors[field] = msg('A whole number from 0 to 1,000,000.');
    return kept;
  };
  const price = (paid: Paid): Terms['prices'] => {
    const kept = before.prices[paid];
    if (data.has(paid) && textIn(data, paid) === '') return {};
    if (!data.has(paid)) return kept === undefined ? {} : { [paid]: kept };
    return { [paid]: whole(paid, kept ?? 0) };
  };
  const wait = (which: Cooldown): number => {
    if (!data.has(which)) return before.cooldowns[which];
    const seconds = Number(textIn(data, which) || '0');
    if (seconds >= 0 && seconds <= cooldownSecondsMax) return Math.round(seconds * 1000);
    errors[which] = msg('Seconds, from 0 to 86,400.');
    return before.cooldowns[which];
  };

  const name = textIn(data, 'name');
  if (name === '') errors.name = msg('A plan needs a name.');
  const period = textIn(data, 'refill_period');
  const terms: Terms = {
    name: name === '' ? before.name : name,
    unlimited: data.has('unlimited'),
    initial_credits: whole('initial_credits', before.initial_credits),
    max_credits: whole('max_credits', before.max_credits),
    refill_amount: whole('refill_amount', before.refill_amount),
    refill_period:
      period === 'day' || period === 'week' || period === 'month' ? period : before.refill_period,
    prices: Object.assign({}, ...paidActions.map(price)) as Terms['prices'],
    cooldowns: {
      user_ms: wait('user_ms'),
      sound_ms: wait('sound_ms'),
      global_ms: wait('global_ms'),
    },
  };
  if (!terms.unlimited && !errors.max_credits && terms.refill_amount > terms.max_credits) {
    errors.refill_amount = msg('More than the plan lets anybody have.');
  }
  return { terms, errors };
};
