import type { QuietHours, QuietState } from '../../server/household/contract.ts';
import { comingWord } from '../design/time-words.ts';
import { daysWord } from '../design/weekdays.ts';

export type QuietPolicy = QuietHours['board'];

export const boardPolicies: Record<QuietPolicy, string> = {
  refuse: 'Are refused',
  lower: 'Play, but quieter',
  allow: 'Play as ever',
};
export const jukeboxPolicies: Record<QuietPolicy, string> = {
  refuse: 'Pauses and does not begin',
  lower: 'Plays, but quieter',
  allow: 'Plays as ever',
};

/** "22:00 to 07:00 the next day, every day" */
export const hoursWord = ({ from, to, days }: QuietHours): string => {
  if (days.length === 0) return 'On no day: it is never quiet';
  const end = to <= from ? `${to} the next day` : to;
  return `${from} to ${end}, ${daysWord(days).replace(/^(?:Every|Week)/, (word) => word.toLowerCase())}`;
};

/** "Quiet now, until tomorrow 07:00", "Quiet from today 22:00" */
export const quietSentence = ({ quiet, until, next_at }: QuietState, nowMs: number): string => {
  const moment = (iso: string): string =>
    comingWord(Date.parse(iso), nowMs).replace(/^To/, (word) => word.toLowerCase());
  if (quiet) return until ? `Quiet now, until ${moment(until)}` : 'Quiet now, without an end';
  return next_at ? `Quiet from ${moment(next_at)}` : 'Never quiet';
};
