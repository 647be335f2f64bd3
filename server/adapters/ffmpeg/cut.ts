import type { Chapter, Span } from '../../extractions/media-source.ts';

/** More than SponsorBlock ever marks; each piece is a filter. */
export const piecesMax = 100;

/**
 * What is kept of an original: sorted, not overlapping, nothing empty. The last piece may have no
 * end (Infinity).
 */
export const piecesOf = (start_ms: number, end_ms: number, leaveOut: readonly Span[]): Span[] => {
  const pieces: Span[] = [];
  let from = start_ms;
  for (const span of leaveOut.toSorted((a, b) => a.start_ms - b.start_ms)) {
    if (span.end_ms <= from || span.end_ms <= span.start_ms) continue;
    if (span.start_ms >= end_ms || pieces.length === piecesMax - 1) break;
    if (span.start_ms > from) pieces.push({ start_ms: from, end_ms: span.start_ms });
    from = span.end_ms;
  }
  if (from < end_ms) pieces.push({ start_ms: from, end_ms });
  return pieces;
};

export const lengthOf = (pieces: readonly Span[]): number =>
  pieces.reduce((sum, { start_ms, end_ms }) => sum + end_ms - start_ms, 0);

/** Where a moment of the original is in the pieces put together. */
const placeOf = (moment: number, pieces: readonly Span[]): number =>
  pieces.reduce(
    (sum, { start_ms, end_ms }) => sum + Math.max(0, Math.min(moment, end_ms) - start_ms),
    0,
  );

/** Chapters as they are after the cut; those that were cut out are gone. */
export const movedChapters = (chapters: readonly Chapter[], pieces: readonly Span[]): Chapter[] =>
  chapters.flatMap(({ title, ...span }) => {
    const start_ms = placeOf(span.start_ms, pieces);
    const end_ms = placeOf(span.end_ms, pieces);
    return end_ms > start_ms ? [{ title, start_ms, end_ms }] : [];
  });

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

const trim = ({ start_ms, end_ms }: Span): string => {
  const end = end_ms === Infinity ? '' : `:end=${seconds(end_ms)}`;
  return `atrim=start=${seconds(start_ms)}${end},asetpts=PTS-STARTPTS`;
};

/** A filter graph from the first sound to `[cut]`, exact to the sample. */
export const cutGraph = (pieces: readonly Span[]): string => {
  if (pieces.length === 1) return `[0:a:0]${pieces.map(trim).join('')}[cut]`;
  const split = pieces.map((_, at) => `[s${at}]`).join('');
  const trims = pieces.map((piece, at) => `[s${at}]${trim(piece)}[t${at}]`);
  const joined = pieces.map((_, at) => `[t${at}]`).join('');
  return [
    `[0:a:0]asplit=${pieces.length}${split}`,
    ...trims,
    `${joined}concat=n=${pieces.length}:v=0:a=1[cut]`,
  ].join(';');
};
