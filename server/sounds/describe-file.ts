import { extname } from 'node:path';
import { soundLimits } from './contract.ts';
import { cachedDurationMsMax } from './derived-files.ts';
import type { DerivedFiles } from './derived-files.ts';
import type { HashedFile } from './library-diff.ts';
import type { LibraryFile } from './library-walk.ts';
import type { AudioFacts, MediaFailure, MediaFailureCode, MediaTools } from './media.ts';
import type { Failed, ScannedFile } from './scan-finding.ts';
import { tagOf } from './tags.ts';

export type ScanPorts = {
  readonly media: Pick<MediaTools, 'probe' | 'peaks'>;
  readonly derived: Pick<DerivedFiles, 'ensureWav'>;
};

/** Decoders differ from what a file declares by a frame or two. */
const lengthToleranceMs = 250;
const lengthTolerance = 0.05;

export const nameOf = (filename: string): string => {
  const base = filename.slice(filename.lastIndexOf('/') + 1);
  const stem = base.slice(0, base.length - extname(base).length);
  // oxlint-disable-next-line no-control-regex
  return stem.replace(/[_\-\u0000-\u001f\u007f]+/g, ' ').trim() || base;
};

export const tagsOf = (filename: string): string[] => {
  const end = filename.indexOf('/');
  return end === -1 ? [] : [tagOf(filename.slice(0, end)).slice(0, soundLimits.tagCharactersMax)];
};

export const failed = (file: LibraryFile, reason: string, last_words = ''): Failed => ({
  kind: 'error',
  type: file.type,
  filename: file.filename,
  reason,
  last_words,
  refused: null,
});

/** A failure that lies in the content: reading the same bytes again gives the same answer. */
export const refuse = (file: LibraryFile, reason: string, last_words = ''): Failed => ({
  ...failed(file, reason, last_words),
  refused: file,
});

const passing: ReadonlySet<MediaFailureCode> = new Set(['unreadable', 'timed_out', 'not_written']);

const failedBy = (file: LibraryFile, { code, reason, last_words }: MediaFailure): Failed =>
  (passing.has(code) ? failed : refuse)(file, reason, last_words);

const isShort = (audio: AudioFacts): boolean => audio.duration_ms <= cachedDurationMsMax;

export const describe = async (
  file: HashedFile,
  { media, derived }: ScanPorts,
  signal: AbortSignal | undefined,
): Promise<ScannedFile | Failed> => {
  const audio = await media.probe(file.path, signal);
  if (!audio.ok) return failedBy(file, audio);

  const wav = isShort(audio)
    ? await derived.ensureWav({ ...file, channels: audio.channels }, signal)
    : undefined;
  if (wav?.ok === false && wav.code !== 'not_written' && wav.code !== 'too_long') {
    return failedBy(file, wav);
  }
  const wav_path = wav?.ok ? wav.path : null;

  const peaks = await media.peaks(wav_path ?? file.path, signal);
  if (!peaks.ok) return failedBy(file, peaks);

  const lost_ms = audio.duration_ms - peaks.duration_ms;
  const tolerated_ms = Math.max(lengthToleranceMs, audio.duration_ms * lengthTolerance);
  if (!audio.duration_is_estimate && lost_ms > tolerated_ms) {
    return refuse(file, 'the file ends too early: part of the sound it declares is not there');
  }
  const { ok: _, duration_is_estimate: __, has_picture, ...facts } = audio;
  return {
    ...file,
    name: nameOf(file.filename),
    tags: tagsOf(file.filename),
    audio: { ...facts, duration_ms: peaks.duration_ms },
    bars: peaks.bars,
    fine: peaks.fine,
    has_picture,
    wav_path,
  };
};
