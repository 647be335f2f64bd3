import { msg, str } from '@lit/localize';
import type { Hue } from '../design/hues.ts';
import { countWord } from '../design/words.ts';

/** What the hues of the pads are called. */
export const hueWords: Record<Hue, string> = {
  20: msg('Red'),
  52: msg('Orange'),
  100: msg('Yellow'),
  145: msg('Green'),
  185: msg('Teal'),
  230: msg('Blue'),
  295: msg('Violet'),
  345: msg('Pink'),
};

export const boardHref = (id: string | null): string =>
  id === null ? '/' : `/?board=${encodeURIComponent(id)}`;

export const wallHref = (id: string | null): string =>
  id === null ? '/wall' : `/wall?board=${encodeURIComponent(id)}`;

/** "1 pad", "12 pads" */
export const padsWord = (count: number): string =>
  count === 1 ? msg('1 pad') : msg(str`${countWord(count)} pads`);
