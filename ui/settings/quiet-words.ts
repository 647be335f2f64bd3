import { msg, str } from '@lit/localize';
import type { QuietHours, QuietState } from '../../server/household/contract.ts';
import { comingWord } from '../design/time-words.ts';
import { daysWithin } from '../design/weekdays.ts';

export type QuietPolicy = QuietHours['board'];

export const boardPolicies: Record<QuietPolicy, string> = {
  refuse: msg('Are refused'),
  lower: msg('Play, but quieter'),
  allow: msg('Play as ever'),
};
export const jukeboxPolicies: Record<QuietPolicy, string> = {
  refuse: msg('Pauses and does not begin'),
  lower: msg('Plays, but quieter'),
  allow: msg('Plays as ever'),
};

/** "22:00 to 07:00 the next day, every day" */
export const hoursWord = ({ from, to, days }: QuietHours): string => {
  if (days.length === 0) return msg('On no day: it is never quiet');
  const end = to <= from ? msg(str`${to} the next day`) : to;
  return msg(str`${from} to ${end}, ${daysWithin(days)}`);
};

/** "Quiet now, until tomorrow 07:00", "Quiet from today 22:00" */
export const quietSentence = ({ quiet, until, next_at }: QuietState, nowMs: number): string => {
  const moment = (iso: string): string =>
    comingWord(Date.parse(iso), nowMs).replace(/^To/, (word) => word.toLowerCase());
  if (quiet)
    return until ? msg(str`Quiet now, until ${moment(until)}`) : msg('Quiet now, without an end');
  return next_at ? msg(str`Quiet from ${moment(next_at)}`) : msg('Never quiet');
};
