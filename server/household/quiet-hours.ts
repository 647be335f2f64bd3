import { weekdays, type QuietHours } from './contract.ts';

/** How far ahead is looked: a week from any day on which they begin, and one more. */
const daysAhead = 8;

/** Milliseconds since the epoch. `until` null while quiet: they never end. `next` null: none come. */
export type Quiet = { quiet: true; until: number | null } | { quiet: false; next: number | null };

type Stretch = { readonly start: number; readonly end: number };

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Stretches around a moment, oldest first. The house's time zone is the process's own. */
const stretchesAround = ({ from, to, days }: QuietHours, at: Date): Stretch[] => {
  const [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()];
  const nextDay = minutesOf(to) <= minutesOf(from) ? 1 : 0;
  const moment = (offset: number, time: string) =>
    new Date(year, month, day + offset, 0, minutesOf(time)).getTime();
  return Array.from({ length: daysAhead + 2 }, (_, index) => index - 1)
    .filter((offset) => {
      const weekday = new Date(year, month, day + offset).getDay();
      return days.includes(weekdays[(weekday + 6) % 7] ?? 'mon');
    })
    .map((offset) => ({ start: moment(offset, from), end: moment(offset + nextDay, to) }));
};

/** Whether it is quiet at a moment; stretches that touch are one. */
export const quietAt = (hours: QuietHours, atMs: number): Quiet => {
  if (!hours.enabled) return { quiet: false, next: null };
  const at = new Date(atMs);
  const stretches = stretchesAround(hours, at);
  const now = stretches.find(({ start, end }) => start <= atMs && atMs < end);
  if (!now) {
    return { quiet: false, next: stretches.find(({ start }) => start > atMs)?.start ?? null };
  }
  const until = stretches.reduce(
    (end, next) => (next.start <= end && next.end > end ? next.end : end),
    now.end,
  );
  const horizon = new Date(at.getFullYear(), at.getMonth(), at.getDate() + daysAhead).getTime();
  return { quiet: true, until: until >= horizon ? null : until };
};
