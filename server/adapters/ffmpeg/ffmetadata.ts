import type { Chapter } from '../../extractions/media-source.ts';

// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u001f\u007f]+/g;

/** Signs that mean something in the format; a line ends a value. */
const escaped = (text: string): string =>
  text.replace(unprintable, ' ').replace(/[=;#\\]/g, String.raw`\$&`);

/** What ffmpeg writes into a file as its tags and chapters, in ffmpeg's own format. */
export const ffmetadata = (tags: {
  readonly title: string;
  readonly artist: string | null;
  readonly chapters: readonly Chapter[];
}): string =>
  [
    ';FFMETADATA1',
    `title=${escaped(tags.title)}`,
    ...(tags.artist === null ? [] : [`artist=${escaped(tags.artist)}`]),
    ...tags.chapters.flatMap(({ title, start_ms, end_ms }) => [
      '[CHAPTER]',
      'TIMEBASE=1/1000',
      `START=${start_ms}`,
      `END=${end_ms}`,
      `title=${escaped(title)}`,
    ]),
    '',
  ].join('\n');
