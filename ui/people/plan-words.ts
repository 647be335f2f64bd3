import { msg, str } from '@lit/localize';
import type { Plan } from '../../server/credits/contract.ts';
import { countWord } from '../design/words.ts';
import { peopleWord } from './people-words.ts';

export type Terms = Omit<Plan, 'code'>;

type Period = Plan['refill_period'];
export type Paid = 'play' | 'extraction' | 'tts';
export type Cooldown = keyof Plan['cooldowns'];

export const periodWords: Record<Period, string> = {
  day: msg('a day'),
  week: msg('a week'),
  month: msg('a month'),
};
const nextPeriodWords: Record<Period, string> = {
  day: msg('tomorrow'),
  week: msg('Monday'),
  month: msg('the first of the month'),
};

export const paidWords: Record<Paid, string> = {
  play: msg('A press'),
  extraction: msg('An extraction'),
  tts: msg('Speech'),
};
export const cooldownWords: Record<Cooldown, string> = {
  user_ms: msg('Between one’s presses'),
  sound_ms: msg('For the same sound'),
  global_ms: msg('After any press'),
};
export const paidActions = Object.keys(paidWords) as Paid[];
export const cooldowns = Object.keys(cooldownWords) as Cooldown[];

/** "1.5 s" */
export const secondsWord = (ms: number): string => `${countWord(ms / 1000)} s`;

/** "15 a day", "Unlimited", "No refill" */
export const refillWord = ({ unlimited, refill_amount, refill_period }: Terms): string => {
  if (unlimited) return msg('Unlimited');
  if (refill_amount === 0) return msg('No refill');
  return `${countWord(refill_amount)} ${periodWords[refill_period]}`;
};

/** What an account of this plan gets, in a sentence. */
export const allowanceSentence = (terms: Terms): string => {
  if (terms.unlimited) return msg('Presses cost nothing.');
  const refill =
    terms.refill_amount === 0
      ? msg('no refill')
      : msg(str`then ${refillWord(terms)}, up to ${countWord(terms.max_credits)}`);
  return msg(str`${countWord(terms.initial_credits)} to begin with, ${refill}.`);
};

const whoWord = (people: number): string => {
  if (people > 1) return peopleWord(people);
  return people === 1 ? msg('Who has it') : msg('Whoever gets it');
};

const freeSentence = (people: number, free: boolean): string => {
  const who = whoWord(people);
  if (free) {
    return people > 1
      ? msg(str`${who} press for free from now on.`)
      : msg(str`${who} presses for free from now on.`);
  }
  return people > 1
    ? msg(str`${who} pay from now on, with the balance that is there.`)
    : msg(str`${who} pays from now on, with the balance that is there.`);
};

const refillSentence = (people: number, before: Terms, after: Terms): string | null => {
  const who = whoWord(people);
  const same =
    before.refill_amount === after.refill_amount &&
    before.refill_period === after.refill_period &&
    before.max_credits === after.max_credits;
  if (same) return null;
  const when = nextPeriodWords[after.refill_period];
  if (after.refill_amount === 0) {
    return people > 1
      ? msg(str`${who} get no refill any more.`)
      : msg(str`${who} gets no refill any more.`);
  }
  const [refill, most] = [refillWord(after), countWord(after.max_credits)];
  return people > 1
    ? msg(str`${who} get ${refill} from ${when}, up to ${most}.`)
    : msg(str`${who} gets ${refill} from ${when}, up to ${most}.`);
};

const priceSentence = (paid: Paid, before: Terms, after: Terms): string | null => {
  const price = after.prices[paid];
  if (price === before.prices[paid]) return null;
  if (price === undefined) return msg(str`${paidWords[paid]} costs what the house asks.`);
  return price === 0
    ? msg(str`${paidWords[paid]} costs nothing.`)
    : msg(str`${paidWords[paid]} costs ${countWord(price)}.`);
};

const cooldownSentence = (which: Cooldown, before: Terms, after: Terms): string | null => {
  const ms = after.cooldowns[which];
  if (ms === before.cooldowns[which]) return null;
  return `${cooldownWords[which]}: ${ms === 0 ? msg('no wait') : secondsWord(ms)}.`;
};

/** What saving a plan does and to whom, in sentences; empty when it does nothing. */
export const changeSentences = (before: Terms, after: Terms, people: number): string[] => {
  const sentences: (string | null)[] = [];
  if (before.name !== after.name) sentences.push(msg(str`It is called “${after.name}”.`));
  if (before.unlimited !== after.unlimited) {
    sentences.push(freeSentence(people, after.unlimited));
  }
  if (!after.unlimited) {
    sentences.push(refillSentence(people, before, after));
    if (before.initial_credits !== after.initial_credits) {
      sentences.push(msg(str`New accounts begin with ${countWord(after.initial_credits)}.`));
    }
    for (const paid of paidActions) sentences.push(priceSentence(paid, before, after));
  }
  for (const which of cooldowns) sentences.push(cooldownSentence(which, before, after));
  return sentences.filter((sentence) => sentence !== null);
};
