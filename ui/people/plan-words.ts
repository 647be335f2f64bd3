import type { Plan } from '../../server/credits/contract.ts';
import { countWord } from '../design/words.ts';
import { peopleWord } from './people-words.ts';

export type Terms = Omit<Plan, 'code'>;

type Period = Plan['refill_period'];
export type Paid = 'play' | 'extraction' | 'tts';
export type Cooldown = keyof Plan['cooldowns'];

export const periodWords: Record<Period, string> = {
  day: 'a day',
  week: 'a week',
  month: 'a month',
};
const nextPeriodWords: Record<Period, string> = {
  day: 'tomorrow',
  week: 'Monday',
  month: 'the first of the month',
};

export const paidWords: Record<Paid, string> = {
  play: 'A press',
  extraction: 'An extraction',
  tts: 'Speech',
};
export const cooldownWords: Record<Cooldown, string> = {
  user_ms: 'Between one’s presses',
  sound_ms: 'For the same sound',
  global_ms: 'After any press',
};
export const paidActions = Object.keys(paidWords) as Paid[];
export const cooldowns = Object.keys(cooldownWords) as Cooldown[];

/** "1.5 s" */
export const secondsWord = (ms: number): string => `${countWord(ms / 1000)} s`;

/** "15 a day", "Unlimited", "No refill" */
export const refillWord = ({ unlimited, refill_amount, refill_period }: Terms): string => {
  if (unlimited) return 'Unlimited';
  if (refill_amount === 0) return 'No refill';
  return `${countWord(refill_amount)} ${periodWords[refill_period]}`;
};

/** What an account of this plan gets, in a sentence. */
export const allowanceSentence = (terms: Terms): string => {
  if (terms.unlimited) return 'Presses cost nothing.';
  const refill =
    terms.refill_amount === 0
      ? 'no refill'
      : `then ${refillWord(terms)}, up to ${countWord(terms.max_credits)}`;
  return `${countWord(terms.initial_credits)} to begin with, ${refill}.`;
};

const refillSentence = (who: string, before: Terms, after: Terms): string | null => {
  const same =
    before.refill_amount === after.refill_amount &&
    before.refill_period === after.refill_period &&
    before.max_credits === after.max_credits;
  if (same) return null;
  const when = nextPeriodWords[after.refill_period];
  if (after.refill_amount === 0) return `${who} get no refill any more.`;
  return `${who} get ${refillWord(after)} from ${when}, up to ${countWord(after.max_credits)}.`;
};

const priceSentence = (paid: Paid, before: Terms, after: Terms): string | null => {
  const price = after.prices[paid];
  if (price === before.prices[paid]) return null;
  if (price === undefined) return `${paidWords[paid]} costs what the house asks.`;
  return price === 0
    ? `${paidWords[paid]} costs nothing.`
    : `${paidWords[paid]} costs ${countWord(price)}.`;
};

const cooldownSentence = (which: Cooldown, before: Terms, after: Terms): string | null => {
  const ms = after.cooldowns[which];
  if (ms === before.cooldowns[which]) return null;
  return `${cooldownWords[which]}: ${ms === 0 ? 'no wait' : secondsWord(ms)}.`;
};

/** What saving a plan does and to whom, in sentences; empty when it does nothing. */
export const changeSentences = (before: Terms, after: Terms, people: number): string[] => {
  const who = people === 1 ? 'Who has it' : people === 0 ? 'Whoever gets it' : peopleWord(people);
  const verb = people > 1 ? '' : 's';
  const sentences: (string | null)[] = [];
  if (before.name !== after.name) sentences.push(`It is called “${after.name}”.`);
  if (before.unlimited !== after.unlimited) {
    sentences.push(
      after.unlimited
        ? `${who} press${people > 1 ? '' : 'es'} for free from now on.`
        : `${who} pay${verb} from now on, with the balance that is there.`,
    );
  }
  if (!after.unlimited) {
    sentences.push(refillSentence(who, before, after)?.replace(' get ', ` get${verb} `) ?? null);
    if (before.initial_credits !== after.initial_credits) {
      sentences.push(`New accounts begin with ${countWord(after.initial_credits)}.`);
    }
    for (const paid of paidActions) sentences.push(priceSentence(paid, before, after));
  }
  for (const which of cooldowns) sentences.push(cooldownSentence(which, before, after));
  return sentences.filter((sentence) => sentence !== null);
};
