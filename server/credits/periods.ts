import type { RefillPeriod } from './plan-events.ts';

/**
 * Periods of the house's calendar, named by their first day (`2026-11-23`), so that they compare
 * as text. The house's time zone is the process's own.
 */
const dayMs = 24 * 60 * 60 * 1000;

const firstDay = (period: RefillPeriod, at: Date): Date => {
  const [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()];
  switch (period) {
    case 'day':
      return new Date(year, month, day);
    case 'week':
      return new Date(year, month, day - ((at.getDay() + 6) % 7));
    case 'month':
      return new Date(year, month, 1);
  }
};

const nameOf = (date: Date): string => {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** The day a moment lies in, whatever the plan's period: where an account's first period begins. */
export const periodOf = (period: RefillPeriod, atMs: number): string =>
  nameOf(firstDay(period, new Date(atMs)));

/** When the next period begins: milliseconds since the epoch. */
export const nextPeriodAt = (period: RefillPeriod, atMs: number): number => {
  const first = firstDay(period, new Date(atMs));
  const [year, month, day] = [first.getFullYear(), first.getMonth(), first.getDate()];
  const days = { day: 1, week: 7, month: 0 }[period];
  const months = period === 'month' ? 1 : 0;
  return new Date(year, month + months, day + days).getTime();
};

/** How many periods began after the day `since`, up to the one named `until`. */
export const periodsBetween = (period: RefillPeriod, since: string, until: string): number => {
  if (until <= since) return 0;
  // Calendar days in UTC, where every day has 24 hours.
  const days = (Date.parse(until) - Date.parse(since)) / dayMs;
  if (period === 'day') return days;
  if (period === 'week') return Math.ceil(days / 7);
  const [a, b] = [new Date(since), new Date(until)];
  return (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
};
