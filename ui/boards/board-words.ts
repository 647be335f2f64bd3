import type { Hue } from '../design/hues.ts';

/** What the hues of the pads are called. */
export const hueWords: Record<Hue, string> = {
  20: 'Red',
  52: 'Orange',
  100: 'Yellow',
  145: 'Green',
  185: 'Teal',
  230: 'Blue',
  295: 'Violet',
  345: 'Pink',
};

export const boardHref = (id: string | null): string =>
  id === null ? '/' : `/?board=${encodeURIComponent(id)}`;

export const wallHref = (id: string | null): string =>
  id === null ? '/wall' : `/wall?board=${encodeURIComponent(id)}`;

/** "1 pad", "12 pads" */
export const padsWord = (count: number): string => (count === 1 ? '1 pad' : `${count} pads`);
