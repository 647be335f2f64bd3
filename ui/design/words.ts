import { locale } from './locale.ts';

const numbers = new Intl.NumberFormat(locale);
const tenths = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  useGrouping: false,
});

export const countWord = (count: number): string => numbers.format(count);

/** "9.6": always one decimal. */
export const decimalWord = (value: number): string => tenths.format(value);

/** A label within a sentence: English writes it small there, German keeps its capitals. */
export const midSentence = (label: string): string =>
  locale.startsWith('en') ? label.toLowerCase() : label;

/** "1.9 s" below a minute, "2:33" from there. */
export const lengthWord = (durationMs: number): string => {
  if (durationMs < 59_950) return `${decimalWord(durationMs / 1000)} s`;
  const seconds = Math.round(durationMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

export const msWord = (ms: number): string => `${Math.max(1, Math.round(ms))} ms`;

/** "Games" for a folder named games. */
export const capitalised = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** "MR" for Mira Rossi, "MI" for Mira. */
export const initialsOf = (name: string): string => {
  const [first = '?', second] = name.trim().split(/\s+/);
  return (second ? `${first[0]}${second[0]}` : first.slice(0, 2)).toUpperCase();
};
