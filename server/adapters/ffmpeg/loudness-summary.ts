import { lastWordsLinesMax } from './child.ts';
import type { Loudness } from '../../sounds/loudness.ts';

/** What ebur128 answers when no block was above its gate. */
const nothingLufs = -70;

const numberAfter = (text: string, name: string): number => {
  const found = new RegExp(`^\\s*${name}:\\s*(\\S+)`, 'm').exec(text)?.[1];
  if (found === undefined) return Number.NaN;
  if (/^-inf/i.test(found)) return -Infinity;
  if (/^\+?inf/i.test(found)) return Infinity;
  return Number(found);
};

/**
 * Parses the summary that ebur128 says at its end; undefined when there is none. Tags of a hostile
 * file come before it, and so the last one counts.
 */
export const parseSummary = (words: string): Loudness | undefined => {
  const at = words.lastIndexOf('Summary:');
  if (at === -1) return undefined;
  const [loudness = '', range = '', peak = ''] = words
    .slice(at)
    .split(/Loudness range:|True peak:/);
  const integrated = numberAfter(loudness, 'I');
  return {
    integrated_lufs: integrated <= nothingLufs ? -Infinity : integrated,
    threshold_lufs: numberAfter(loudness, 'Threshold'),
    range_lu: numberAfter(range, 'LRA'),
    true_peak_dbtp: numberAfter(peak, 'Peak'),
  };
};

/** `parseSummary` of one meter among several, by the name that it was given: `ebur128@name`. */
export const parseSummaryOf = (words: string, meter: string): Loudness | undefined => {
  const [, own] = words.slice(Math.max(0, words.lastIndexOf(`[${meter} @ `))).split(`[${meter} @ `);
  return own === undefined ? undefined : parseSummary(own.split('\n[')[0] ?? '');
};

/** Of words said with `-loglevel level+info`: what a person should know of. */
export const complaints = (words: string): string =>
  words
    .split('\n')
    .filter((line) => /\[(?:warning|error|fatal|panic)\]|^ffmpeg: /.test(line))
    .slice(-lastWordsLinesMax)
    .join('\n');
