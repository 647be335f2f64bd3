import { extname } from 'node:path';

/** Room is left for what other programs append. */
export const filenameBytesMax = 200;

const control = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** They make a name read otherwise than it is: an `exe` at its end can look like an `mp3`. */
const invisible = /[\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const fit = (stem: string, ending: string): string => {
  let bytes = Buffer.byteLength(ending);
  let kept = '';
  for (const { segment } of graphemes.segment(stem)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > filenameBytesMax) break;
    kept += segment;
  }
  return kept.trimEnd() + ending;
};

const parts = (filename: string): [stem: string, extension: string] => {
  const extension = extname(filename);
  return [filename.slice(0, filename.length - extension.length), extension];
};

/** The name under which a file may lie in one of our folders; undefined when nothing is left of it. */
export const safeFilename = (said: string): string | undefined => {
  const last = said.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replaceAll(control, ' ')
    .replaceAll(invisible, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '');
  const [stem, extension] = parts(plain);
  const kept = stem.trimEnd();
  if (kept === '' || extension.length < 2 || Buffer.byteLength(extension) > 16) return undefined;
  return fit(kept, extension);
};

/** `Gong.mp3`, `Gong (2).mp3`, … */
export const numbered = (filename: string, number: number): string => {
  if (number === 1) return filename;
  const [stem, extension] = parts(filename);
  return fit(stem, ` (${number})${extension}`);
};
