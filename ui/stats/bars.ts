import type { PlaysOfDay } from '../../server/soundboard/contract.ts';
import { dayWord } from '../credits/moments.ts';

/** Plays of a day, or of some days together. */
export type Bar = { from: string; to: string; plays: number };

/** More than so many stand too close to be told apart. */
const barsMax = 95;

/** Days as bars; where they are many, weeks, the newest of them whole. */
export const barsOf = (days: readonly PlaysOfDay[]): Bar[] => {
  const each = days.length > barsMax ? 7 : 1;
  const bars: Bar[] = [];
  for (let end = days.length; end > 0; end -= each) {
    const piece = days.slice(Math.max(0, end - each), end);
    const [first, last] = [piece[0], piece.at(-1)];
    if (!first || !last) break;
    const plays = piece.reduce((sum, day) => sum + day.plays, 0);
    bars.unshift({ from: first.day, to: last.day, plays });
  }
  return bars;
};

/** "20 Nov", "14 – 20 Nov" is said as "14 Nov – 20 Nov". Days are those of the house. */
export const barWord = ({ from, to }: Bar): string => {
  const word = (day: string): string => dayWord(new Date(`${day}T12:00:00`).getTime());
  return from === to ? word(from) : `${word(from)} – ${word(to)}`;
};

/** Places of the words below the bars: at most `most`, evenly apart, counted from the newest. */
export const labelledBars = (count: number, most: number): number[] => {
  if (count === 0) return [];
  const step = Math.max(1, Math.ceil(count / most));
  const places: number[] = [];
  for (let at = count - 1; at >= 0; at -= step) places.unshift(at);
  return places;
};
