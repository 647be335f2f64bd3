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
  day: 'tomorrow',
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

const refillSentence = (who: string, before: Terms, after: Terms): string | null => {
  const same =
    before.refill_amount === after.refill_amount &&
    before.refill_period === after.refill_period &&
    before.max_credits === after.max_credits;
  if (same) return null;
  const when = nextPeriodWords[after.refill_period];
  if (after.refill_amount === 0) return msg(str`${who} get no refill any more.`);
  return msg(
    str`${who} get ${refillWord(after)} from ${when}, up to ${countWord(after.max_credits)}.`,
  );
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
  const who =
    people === 1 ? msg('Who has it') : people === 0 ? msg('Whoever gets it') : peopleWord(people);
  const verb = people > 1 ? '' : 's';
  const sentences: (string | null)[] = [];
  if (before.name !== after.name) sentences.push(msg(str`It is called “${after.name}”.`));
  if (before.unlimited !== after.unlimited) {
    sentences.push(
      after.unlimited
        ? msg(str`${who} press${people > 1 ? '' : 'es'} for free from now on.`)
        : msg(str`${who} pay${verb} from now on, with the balance that is there.`),
    );
  }
  if (!after.unlimited) {
    sentences.push(
      refillSentence(who, before, after)?.replace(msg(' get '), msg(str` get${verb} `)) ?? null,
    );
    if (before.initial_credits !== after.initial_credits) {
      sentences.push(msg(str`New accounts begin with ${countWord(after.initial_credits)}.`));
    }
    for (const paid of paidActions) sentences.push(priceSentence(paid, before, after));
  }
  for (const which of cooldowns) sentences.push(cooldownSentence(which, before, after));
  return sentences.filter((sentence) => sentence !== null);
};
