import { open } from 'node:fs/promises';
import { mediaFailure } from '../../sounds/media.ts';
import type { MediaFailure } from '../../sounds/media.ts';
import type { ChildResult } from './child.ts';

/** Containers that hold sound themselves; none of them names another file or address to read. */
const containers = [
  'mp3',
  'wav',
  'flac',
  'ogg',
  'aac',
  'mov',
  'matroska',
  'asf',
  'aiff',
  'caf',
  'wv',
  'tta',
  'ac3',
  'au',
] as const;

/** Files that are one picture themselves. */
const pictureFormats = ['jpeg_pipe', 'png_pipe', 'webp_pipe'] as const;

/** What sites send a film in, piece by piece. */
const streamFormats = ['mpegts', 'flv', 'mpeg'] as const;

const besides = { nothing: [], pictures: pictureFormats, streams: streamFormats } as const;
export type Besides = keyof typeof besides;

/** Without the format whitelist an HLS playlist named .mp3 would make ffmpeg read other files. */
export const guardedInput = (path: string, also: Besides = 'nothing') => [
  '-protocol_whitelist',
  'file,pipe',
  '-format_whitelist',
  [...containers, ...besides[also]].join(','),
  '-i',
  `file:${path}`,
];

/**
 * How every ffmpeg begins: no questions, one thread, and input that reads nothing else. `levelOptions`
 * say how much it tells, `inputOptions` stand before the input and hold for it.
 */
export const guardedStart = (
  path: string,
  {
    levelOptions = ['-v', 'error'],
    inputOptions = [],
    also = 'nothing',
  }: {
    readonly levelOptions?: readonly string[];
    readonly inputOptions?: readonly string[];
    readonly also?: Besides;
  } = {},
): string[] => [
  '-nostdin',
  '-hide_banner',
  ...levelOptions,
  '-threads',
  '1',
  ...inputOptions,
  ...guardedInput(path, also),
];

/** The first sound of the input and nothing beside it, neither pictures nor what they are called. */
export const soundOnly: readonly string[] = [
  '-map',
  '0:a:0',
  '-vn',
  '-sn',
  '-dn',
  '-map_metadata',
  '-1',
];

const sniffBytes = 512;
const playlistHeads = /^\s*(#EXTM3U|\[playlist\]|ffconcat\s|<\?xml|<asx|<smil|<mpd|https?:\/\/)/i;

const refusals: Record<string, string> = {
  ENOENT: 'the file is not there',
  EACCES: 'the file may not be read',
  EPERM: 'the file may not be read',
  EISDIR: 'this is a folder',
  ENAMETOOLONG: 'the file name is too long',
  EIO: 'the disk failed to read the file',
};

export const unreadable = (error: unknown): MediaFailure => {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  return mediaFailure('unreadable', refusals[code] ?? `the file cannot be read (${code})`);
};

/** Looks at the first bytes, so that emptiness and disguised playlists get their own sentence. */
export const sniff = async (path: string): Promise<MediaFailure | undefined> => {
  try {
    await using file = await open(path, 'r');
    const stat = await file.stat();
    if (!stat.isFile()) return mediaFailure('unreadable', 'this is not a regular file');
    if (stat.size === 0) return mediaFailure('empty', 'the file is empty');
    const head = Buffer.alloc(sniffBytes);
    const { bytesRead } = await file.read(head, 0, sniffBytes, 0);
    const text = head.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, '');
    if (playlistHeads.test(text)) return disguised();
    return undefined;
  } catch (error) {
    return unreadable(error);
  }
};

const disguised = (lastWords = ''): MediaFailure =>
  mediaFailure('playlist', 'this is a playlist that names other files, not a sound', lastWords);

/** Turns a tool's end into a sentence; its own words stay beside it. */
export const failureOf = (result: ChildResult): MediaFailure => {
  const words = result.lastWords;
  const failure = (code: MediaFailure['code'], reason: string) => mediaFailure(code, reason, words);
  if (result.outcome === 'timed_out') return failure('timed_out', 'reading the file took too long');
  if (result.outcome === 'too_much_output') {
    return failure('corrupt', 'the file makes ffmpeg say more than a sound can');
  }
  if (result.outcome === 'not_started') return failure('unreadable', 'ffmpeg could not be started');
  if (/not on whitelist/i.test(words)) {
    return /\[(hls|concat|dash|sdp|applehttp|rtsp)/i.test(words)
      ? disguised(words)
      : failure('not_audio', 'this is not a sound format that Encore plays');
  }
  if (/moov atom not found|ended prematurely|: End of file/i.test(words)) {
    return failure('truncated', 'the file ends too early');
  }
  if (/No space left|Read-only file system|Disk quota/i.test(words)) {
    return failure('not_written', 'there is no room for the decoded sound');
  }
  if (/misdetection possible|Invalid data found|Could not find codec/i.test(words)) {
    return failure('not_audio', 'this is not audio, whatever its name says');
  }
  return failure('corrupt', 'the sound in this file is damaged');
};
