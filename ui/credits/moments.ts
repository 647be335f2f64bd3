import { msg, str } from '@lit/localize';
import { locale } from '../design/locale.ts';

const long = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const partsOf = (ms: number): Record<string, string> =>
  Object.fromEntries(
    long
      .formatToParts(ms)
      .map(({ type, value }) => [type, value.slice(0, type === 'month' ? 3 : undefined)]),
  );

/** "Fri 20 Nov, 07:56", with the year where it is not this one. */
export const momentWord = (ms: number, nowMs = Date.now()): string => {
  const { weekday, day, month, year, hour, minute } = partsOf(ms);
  const otherYear = year === partsOf(nowMs)['year'] ? '' : ` ${year}`;
  return msg(str`${weekday} ${day} ${month}${otherYear}, ${`${hour}:${minute}`}`);
};

/** "20 Nov, 07:56" */
export const shortMoment = (ms: number): string => {
  const { hour, minute } = partsOf(ms);
  return `${dayWord(ms)}, ${hour}:${minute}`;
};

/** "20 Nov" */
export const dayWord = (ms: number): string => {
  const { day, month } = partsOf(ms);
  return msg(str`${day} ${month}`);
};

/** "07:56" */
export const clockWord = (ms: number): string => {
  const { hour, minute } = partsOf(ms);
  return `${hour}:${minute}`;
};

/** The milliseconds of a moment in an address; null where it is none. */
export const momentOf = (text: string | null): number | null => {
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
};
