import { msg, str } from '@lit/localize';
import type { Extraction } from '../../server/extractions/contract.ts';
import { clipMomentMsMax, clipMsMin } from './limits.ts';

/** A moment of a medium as somebody typed it. */
export type TypedTime = { is: 'empty' } | { is: 'time'; ms: number } | { is: 'fault' };

const fault: TypedTime = { is: 'fault' };
const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

const clock = /^(?:(\d+):)?(?:(\d+):)?(\d+(?:\.\d*)?|\.\d+)$/;
const units = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s?)?$/;

const msOf = (hours: string, minutes: string, seconds: string): TypedTime => ({
  is: 'time',
  ms: Math.round(Number(hours) * hourMs + Number(minutes) * minuteMs + Number(seconds) * secondMs),
});

/** "1:05", "65", "65.5", "1:02:03.250", "1m5s"; a comma is a point. */
export const parseTime = (typed: string): TypedTime => {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/g, '').replace(',', '.');
  if (text === '') return { is: 'empty' };
  const byClock = clock.exec(text);
  if (byClock) {
    const [, first, second, seconds = ''] = byClock;
    const minutes = second ?? first ?? '';
    const hours = second === undefined ? '' : (first ?? '');
    // "1:75" is a slip; "75" alone means what it says.
    if (minutes !== '' && Number(seconds) >= 60) return fault;
    return hours !== '' && Number(minutes) >= 60 ? fault : msOf(hours, minutes, seconds);
  }
  const byUnits = units.exec(text);
  if (!byUnits) return fault;
  const [, hours = '', minutes = '', seconds = ''] = byUnits;
  return msOf(hours, minutes, seconds);
};

/** "1:05", "1:05.25", "1:02:03" */
export const timeWord = (ms: number): string => {
  const seconds = (ms % minuteMs) / secondMs;
  const minutes = Math.floor(ms / minuteMs) % 60;
  const hours = Math.floor(ms / hourMs);
  const whole = String(Math.floor(seconds)).padStart(2, '0');
  const rest = String(Math.round((seconds % 1) * 1_000))
    .padStart(3, '0')
    .replace(/0+$/, '');
  const end = rest === '' ? whole : `${whole}.${rest}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${end}` : `${minutes}:${end}`;
};

/** "0:10–0:25", "from 0:10", "to 0:25"; empty for the whole. */
export const clipWord = ({ start_ms, end_ms }: Pick<Extraction, 'start_ms' | 'end_ms'>): string => {
  if (start_ms === null && end_ms === null) return '';
  if (end_ms === null) return msg(str`from ${timeWord(start_ms ?? 0)}`);
  return start_ms === null
    ? msg(str`to ${timeWord(end_ms)}`)
    : `${timeWord(start_ms)}–${timeWord(end_ms)}`;
};

export type ClipField = 'start_ms' | 'end_ms';

/** What the two fields ask for; what is empty is left out. */
export type TypedClip =
  | { is: 'clip'; clip: { start_ms?: number; end_ms?: number } }
  | { is: 'fault'; errors: Partial<Record<ClipField, string>> };

const timeHelp = msg('Write it like 1:05, 65.5 or 1:02:03.');

const faultOf = (time: TypedTime): string | undefined => {
  if (time.is === 'fault') return timeHelp;
  return time.is === 'time' && time.ms > clipMomentMsMax ? msg('At most 24 hours.') : undefined;
};

export const parseClip = (startTyped: string, endTyped: string): TypedClip => {
  const [start, end] = [parseTime(startTyped), parseTime(endTyped)];
  const [startFault, endFault] = [faultOf(start), faultOf(end)];
  if (startFault !== undefined || endFault !== undefined) {
    return {
      is: 'fault',
      errors: {
        ...(startFault !== undefined && { start_ms: startFault }),
        ...(endFault !== undefined && { end_ms: endFault }),
      },
    };
  }
  const startMs = start.is === 'time' ? start.ms : 0;
  if (end.is === 'time' && end.ms - startMs < clipMsMin) {
    const late = msg('The end has to be at least 0.25 s after the start.');
    return { is: 'fault', errors: { end_ms: late } };
  }
  return {
    is: 'clip',
    clip: {
      ...(start.is === 'time' && start.ms > 0 && { start_ms: start.ms }),
      ...(end.is === 'time' && { end_ms: end.ms }),
    },
  };
};
