import { Cron } from 'croner';
import { weekdays } from '../household/contract.ts';
import type { When } from './contract.ts';

const patternOf = (when: When): string => {
  if ('cron' in when) return when.cron;
  const [hour, minute] = when.time.split(':').map(Number);
  // Cron counts from Sunday, and so do the weekdays here once Sunday, 7, is 0.
  const days = when.weekdays.map((day) => (weekdays.indexOf(day) + 1) % 7);
  return `${minute} ${hour} * * ${days.join(',')}`;
};

/**
 * The first time after `afterMs`, in milliseconds since the epoch; null where none comes. A time
 * that its day does not have (the clock goes forward) is due right after the gap, one that its day
 * has twice (the clock goes back) is due the first time. @throws Error on a bad pattern or zone
 */
export const nextRun = (when: When, zone: string, afterMs: number): number | null => {
  const cron = new Cron(patternOf(when), { timezone: zone, paused: true, mode: '5-part' });
  return cron.nextRun(new Date(afterMs))?.getTime() ?? null;
};

/** The last of the times after `afterMs` up to `untilMs`. */
export const lastRun = (
  when: When,
  zone: string,
  { afterMs, untilMs }: { afterMs: number; untilMs: number },
): number | null => {
  let last: number | null = null;
  for (;;) {
    const next = nextRun(when, zone, last ?? afterMs);
    if (next === null || next > untilMs) return last;
    last = next;
  }
};

/** The house's time zone is the process's own. */
export const houseZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What is wrong with a time, for the field it is about; undefined: nothing. */
export const whenFault = (
  when: When,
  zone: string,
  nowMs: number,
): { path: 'zone' | 'when.cron'; message: string } | undefined => {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    return { path: 'zone', message: `"${zone}" is no time zone. Give one such as Europe/Berlin.` };
  }
  try {
    if (nextRun(when, zone, nowMs) !== null) return undefined;
    return { path: 'when.cron', message: 'This time never comes.' };
  } catch {
    const message =
      'Give five fields: minute, hour, day of the month, month, day of the week. 30 7 * * 1-5 is 07:30 on working days.';
    return { path: 'when.cron', message };
  }
};
