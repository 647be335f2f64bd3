import { msg } from '@lit/localize';
import { clockWord, dayWord, momentWord } from '../credits/moments.ts';
import { decimalWord } from '../design/words.ts';

/** "07:56:12" */
export const secondWord = (ms: number): string =>
  `${clockWord(ms)}:${String(new Date(ms).getSeconds()).padStart(2, '0')}`;

/** "Fri 20 Nov, 07:56:12.345" */
export const exactWord = (ms: number, nowMs = Date.now()): string => {
  const date = new Date(ms);
  const seconds = String(date.getSeconds()).padStart(2, '0');
  const millis = String(date.getMilliseconds()).padStart(3, '0');
  return `${momentWord(ms, nowMs)}:${seconds}.${millis}`;
};

/** "Today", "Yesterday", "Fri 20 Nov" */
export const dayName = (ms: number, nowMs: number): string => {
  const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
  if (midnight(ms) === midnight(nowMs)) return msg('Today');
  if (midnight(ms) === midnight(midnight(nowMs) - 1)) return msg('Yesterday');
  return new Date(ms).getFullYear() === new Date(nowMs).getFullYear()
    ? dayWord(ms)
    : (momentWord(ms, nowMs).split(',')[0] ?? '');
};

/** How long after: "+12 ms", "+1.4 s", "+3 min", "+2 h" */
export const afterWord = (ms: number): string => {
  if (ms < 1_000) return `+${ms} ms`;
  if (ms < 60_000) return `+${decimalWord(ms / 1_000)} s`;
  if (ms < 3_600_000) return `+${Math.round(ms / 60_000)} min`;
  return `+${Math.round(ms / 3_600_000)} h`;
};
