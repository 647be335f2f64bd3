import { msg, str } from '@lit/localize';
import { locale } from './locale.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const dates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });

/** "20 Nov 2026" for an RFC 3339 time. */
export const dateWord = (iso: string): string => dates.format(new Date(iso));

/** "just now", "5 minutes ago", "yesterday", and from a month on the date. */
export const agoWord = (iso: string, nowMs = Date.now()): string => {
  const agoMs = nowMs - Date.parse(iso);
  if (agoMs < minuteMs) return msg('just now');
  if (agoMs < hourMs) return relative.format(-Math.floor(agoMs / minuteMs), 'minute');
  if (agoMs < dayMs) return relative.format(-Math.floor(agoMs / hourMs), 'hour');
  if (agoMs < 31 * dayMs) return relative.format(-Math.floor(agoMs / dayMs), 'day');
  return dateWord(iso);
};

type Moment = { year: number; month: number; day: number; words: Record<string, string> };

const momentIn = (ms: number, zone: string | undefined): Moment => {
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(ms);
  const words = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const number = (name: string): number => Number(words[name]);
  return { year: number('year'), month: number('month'), day: number('day'), words };
};

const monthNames = msg('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec').split(' ');

/**
 * "Today 22:00", "Tomorrow 07:00", within the week "Wed 07:00", and then "Wed 24 Dec, 07:00", as the
 * clocks of a time zone have it; without one as those of this device.
 */
export const comingWord = (ms: number, nowMs: number, zone?: string): string => {
  const [then, now] = [momentIn(ms, zone), momentIn(nowMs, zone)];
  const dayOf = ({ year, month, day }: Moment): number => Date.UTC(year, month - 1, day) / dayMs;
  const ahead = dayOf(then) - dayOf(now);
  const { weekday, hour, minute } = then.words;
  const clock = `${hour}:${minute}`;
  if (ahead === 0) return msg(str`Today ${clock}`);
  if (ahead === 1) return msg(str`Tomorrow ${clock}`);
  if (ahead > 1 && ahead < 7) return `${weekday} ${clock}`;
  const year = then.year === now.year ? '' : ` ${then.year}`;
  return msg(str`${weekday} ${then.day} ${monthNames[then.month - 1]}${year}, ${clock}`);
};
