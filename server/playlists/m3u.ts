import type { PlaylistEntry } from './contract.ts';

/** What of one line of a list may name a sound: its hash, its file, its title. */
export type Mention = {
  /** As it stood in the file, for the report. */
  readonly line: string;
  readonly hash: string | undefined;
  /** The last part of the path, without folders. */
  readonly file: string | undefined;
  readonly title: string | undefined;
};

/** A comment of ours: players skip it, and Encore finds the sound under any name. */
const hashComment = '#ENCORE-SHA256:';
const hashPattern = /^[0-9a-f]{64}$/;
const shownCharactersMax = 200;

const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ');

/** `file` is a path below the folder of the sounds, `/` between folders. */
export type ExportedEntry = Pick<PlaylistEntry, 'sound'> & { file: string; hash: string };

/** A path that begins like a comment is none with the folder in front of it. */
const pathLine = (file: string): string => oneLine(file.startsWith('#') ? `./${file}` : file);

/** Extended M3U in UTF-8. Paths are relative to the folder of the sounds. */
export const writeM3u = (name: string, entries: readonly ExportedEntry[]): string =>
  [
    '#EXTM3U',
    `#PLAYLIST:${oneLine(name)}`,
    ...entries.flatMap(({ sound, file, hash }) => [
      `${hashComment}${hash}`,
      `#EXTINF:${Math.round(sound.duration / 1000)},${oneLine(sound.name)}`,
      pathLine(file),
    ]),
    '',
  ].join('\n');

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The file that a path or an address names; nothing is ever opened or fetched. */
const fileOf = (path: string): string => {
  const plain = /^[a-z][a-z0-9+.-]*:\/\//i.test(path) ? decoded(path.split(/[?#]/)[0] ?? '') : path;
  return plain.slice(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\')) + 1);
};

/** The mentions of an M3U list, in order. Any text is a list: what is no path finds no sound. */
export const readM3u = (text: string): Mention[] => {
  const mentions: Mention[] = [];
  let title: string | undefined;
  let hash: string | undefined;
  for (const raw of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    const line = raw.trim();
    if (line === '') continue;
    if (line.startsWith(hashComment)) {
      const value = line.slice(hashComment.length).trim().toLowerCase();
      hash = hashPattern.test(value) ? value : undefined;
    } else if (line.startsWith('#EXTINF:')) {
      title = line.slice(line.indexOf(',') + 1).trim() || undefined;
    } else if (!line.startsWith('#')) {
      mentions.push({ line: line.slice(0, shownCharactersMax), hash, file: fileOf(line), title });
      title = undefined;
      hash = undefined;
    }
  }
  return mentions;
};
