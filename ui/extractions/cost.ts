import { msg, str } from '@lit/localize';
import type { CreditsState } from '../../server/credits/contract.ts';
import { countWord } from '../design/words.ts';

/** What an extraction costs somebody, before they ask for it. */
export type Cost = { words: string; enough: boolean };

/** null while it is not known. */
export const costOf = (state: CreditsState | null): Cost | null => {
  if (!state) return null;
  const { prices, unlimited, available } = state;
  const price = prices.extraction;
  if (unlimited || price === 0) return { words: msg('Free'), enough: true };
  const words = price === 1 ? msg('1 credit') : msg(str`${countWord(price)} credits`);
  return available >= price
    ? { words, enough: true }
    : { words: msg(str`${words}, and you have ${countWord(available)}`), enough: false };
};
