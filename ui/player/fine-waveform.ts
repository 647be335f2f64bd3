const bars = 44;
/** Drawn bars for one measured bar, so that a wide waveform stays fine. */
const finePerBar = 3;
const pitch = 4;
const barWidth = 2.2;
const leastHeight = 10;

export const fineBars = bars * finePerBar;
export const fineWidth = fineBars * pitch - (pitch - barWidth);
export const fineHeight = 100;

const cache = new Map<string, readonly string[]>();
const flat = '0'.repeat(bars);

/** Between two measured bars the height goes straight from one to the other. */
const levelAt = (digits: string, index: number): number => {
  const at = Math.max(0, Math.min(bars - 1, (index + 0.5) / finePerBar - 0.5));
  const from = parseInt(digits[Math.floor(at)] ?? '0', 16) || 0;
  const to = parseInt(digits[Math.ceil(at)] ?? '0', 16) || 0;
  return from + (to - from) * (at % 1);
};

const segmentsOf = (digits: string): readonly string[] => {
  let segments = cache.get(digits);
  if (!segments) {
    segments = Array.from({ length: fineBars }, (_, index) => {
      const share = levelAt(digits, index) / 15;
      const height = Math.round(leastHeight + share * (fineHeight - leastHeight));
      return `M${index * pitch} ${(fineHeight - height) / 2}h${barWidth}v${height}h-${barWidth}z`;
    });
    cache.set(digits, segments);
  }
  return segments;
};

/** The first `count` bars of a waveform of 44 hex digits; flat while it has not come. */
export const finePath = (digits: string | undefined, count: number = fineBars): string =>
  segmentsOf(digits ?? flat)
    .slice(0, count)
    .join('');
