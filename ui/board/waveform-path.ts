const bars = 44;
const pitch = 10;
const barWidth = 6;
const leastHeight = 6;

export const waveformWidth = bars * pitch - (pitch - barWidth);
export const waveformHeight = 100;

/** One filled rect of the path: strokes of 44 lines cost the renderer far more than one fill. */
const bar = (index: number, level: number): string => {
  const height = Math.round(leastHeight + (level / 15) * (waveformHeight - leastHeight));
  return `M${index * pitch} ${(waveformHeight - height) / 2}h${barWidth}v${height}h-${barWidth}z`;
};

const flat = '0'.repeat(bars);
const cache = new Map<string, readonly string[]>();

const segmentsOf = (digits: string): readonly string[] => {
  let segments = cache.get(digits);
  if (!segments) {
    segments = Array.from({ length: bars }, (_, i) => bar(i, parseInt(digits[i] ?? '0', 16) || 0));
    cache.set(digits, segments);
  }
  return segments;
};

const whole = new Map<string, string>();

/** The path of a waveform of 44 hex digits; flat while it has not come yet. Made once per sound. */
export const waveformPath = (digits: string | undefined): string => {
  const key = digits ?? flat;
  let path = whole.get(key);
  if (path === undefined) whole.set(key, (path = segmentsOf(key).join('')));
  return path;
};

/** The part that has sounded, in whole bars; the first bar lights at once. */
export const playedPath = (digits: string | undefined, progress: number): string => {
  const lit = Math.min(bars, Math.max(1, Math.round(progress * bars)));
  return segmentsOf(digits ?? flat)
    .slice(0, lit)
    .join('');
};
