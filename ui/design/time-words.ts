const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** "20 Nov 2026" for an RFC 3339 time. */
export const dateWord = (iso: string): string => dates.format(new Date(iso));

/** "just now", "5 minutes ago", "yesterday", and from a month on the date. */
export const agoWord = (iso: string, nowMs = Date.now()): string => {
  const agoMs = nowMs - Date.parse(iso);
  if (agoMs < minuteMs) return 'just now';
  if (agoMs < hourMs) return relative.format(-Math.floor(agoMs / minuteMs), 'minute');
  if (agoMs < dayMs) return relative.format(-Math.floor(agoMs / hourMs), 'hour');
  if (agoMs < 31 * dayMs) return relative.format(-Math.floor(agoMs / dayMs), 'day');
  return dateWord(iso);
};
