import type { SoundTrim } from '../../server/sounds/contract.ts';

/** What is played of a sound, in ms of the file. */
export type Cut = { readonly startMs: number; readonly endMs: number };
export type Edge = keyof Cut;

/** Less is a click: the server refuses it. */
const cutMsMin = 50;

export const cutOf = (trim: SoundTrim | null, durationMs: number): Cut => ({
  startMs: trim?.start_ms ?? 0,
  endMs: Math.min(trim?.end_ms ?? durationMs, durationMs),
});

/** null for the whole sound. */
export const trimOf = ({ startMs, endMs }: Cut, durationMs: number): SoundTrim | null =>
  startMs === 0 && endMs === durationMs ? null : { start_ms: startMs, end_ms: endMs };

/** With one edge moved, as far as the other one and the file let it. */
export const withEdge = (cut: Cut, edge: Edge, toMs: number, durationMs: number): Cut => {
  const at = Math.round(toMs);
  return edge === 'startMs'
    ? { ...cut, startMs: Math.max(0, Math.min(at, cut.endMs - cutMsMin)) }
    : { ...cut, endMs: Math.min(durationMs, Math.max(at, cut.startMs + cutMsMin)) };
};

export const nearestEdge = ({ startMs, endMs }: Cut, atMs: number): Edge =>
  Math.abs(atMs - startMs) <= Math.abs(atMs - endMs) ? 'startMs' : 'endMs';

/** "1.25" for 1250 ms; thousandths only where they say something. */
export const secondsWord = (ms: number): string => {
  const text = (ms / 1000).toFixed(3);
  return text.endsWith('0') ? text.slice(0, -1) : text;
};

/** ms for "1.25", "1,25" and "1:02.5"; null for anything else. */
export const readSeconds = (text: string): number | null => {
  const match = /^(?:(\d+):)?(\d+(?:[.,]\d+)?)$/.exec(text.trim().replace(/\s*s$/, ''));
  if (!match?.[2]) return null;
  const seconds = Number(match[1] ?? 0) * 60 + Number(match[2].replace(',', '.'));
  return Math.round(seconds * 1000);
};

const stepMs = 10;
const keysMs: Record<string, number> = {
  ArrowLeft: -stepMs,
  ArrowDown: -stepMs,
  ArrowRight: stepMs,
  ArrowUp: stepMs,
  PageDown: -100 * stepMs,
  PageUp: 100 * stepMs,
};

/** Where a key takes an edge, ms; null for a key that moves nothing. Shift moves ten times as far. */
export const keyedTo = (
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  atMs: number,
  durationMs: number,
): number | null => {
  if (key === 'Home') return 0;
  if (key === 'End') return durationMs;
  const step = keysMs[key];
  return step === undefined ? null : atMs + step * (shiftKey && Math.abs(step) === stepMs ? 10 : 1);
};

/** Bars drawn of the 800 levels: one for a few pixels. */
const bars = 200;
export const waveHeight = 100;
const barWidth = 0.62;
const leastHeight = 1.5;

/** Filled rects in a box of `peaks.length / 4` by 100, each the loudest of its levels. */
export const finePath = (peaks: readonly number[]): string => {
  const per = Math.max(1, Math.ceil(peaks.length / bars));
  const count = Math.ceil(peaks.length / per);
  return Array.from({ length: count }, (_, i) => {
    const level = Math.max(...peaks.slice(i * per, (i + 1) * per));
    const height = leastHeight + (level / 255) * (waveHeight - 10 - leastHeight);
    const top = (waveHeight - height) / 2;
    return `M${i} ${top.toFixed(1)}h${barWidth}v${height.toFixed(1)}h-${barWidth}z`;
  }).join('');
};

export const waveWidth = (peaks: readonly number[]): number =>
  Math.max(1, Math.ceil(peaks.length / Math.max(1, Math.ceil(peaks.length / bars))));
