import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { extractionLimits } from '../../extractions/contract.ts';
import type {
  AudioExtractor,
  ExtractedAudio,
  SourceFailure,
  Span,
} from '../../extractions/media-source.ts';
import { normalizedFormats } from '../../sounds/contract.ts';
import type { AudioFacts } from '../../sounds/media.ts';
import type { RunTool } from './child.ts';
import { cutGraph, lengthOf, movedChapters, piecesOf } from './cut.ts';
import { notWritten, outside, tooLarge, tooLong, translated } from './extract-failures.ts';
import { ffmetadata } from './ffmetadata.ts';
import { failureOf, guardedStart } from './input.ts';
import { bitRateArguments, normalisedFormats, rateFor } from './normalised-formats.ts';
import { createProbe } from './probe.ts';

/** Beside as long as the sound itself takes: the lowest priority may have to wait. */
export const extractTimeoutMsMin = 60_000;
const { clipEndToleranceMs: endToleranceMs, clipMsMin } = extractionLimits;
/** So much more is written that a file that was stopped is told from one of that very size. */
const bytesBeyondMax = 64 * 1024;

type WantedFormat = (typeof normalizedFormats)[number];
const isFormat = (format: string): format is WantedFormat =>
  normalizedFormats.some((known) => known === format);

/** What each container holds. */
const codecs: Record<WantedFormat, string> = {
  mp3: 'mp3',
  opus: 'opus',
  ogg: 'vorbis',
  m4a: 'aac',
  flac: 'flac',
  wav: 'pcm_s16le',
};

/** What is kept of an original of so many ms (null: nobody knows), or what is wrong with the wish. */
const cutOf = (wanted: ExtractedAudio, durationMs: number | null): Span[] | SourceFailure => {
  const length = durationMs ?? Infinity;
  const start = wanted.start_ms ?? 0;
  if (start >= length) return outside('The clip begins behind the end of the original.');
  if ((wanted.end_ms ?? 0) > length + endToleranceMs) {
    return outside('The clip ends behind the end of the original.');
  }
  const end = Math.min(wanted.end_ms ?? Infinity, length);
  const pieces = piecesOf(start, end, wanted.leave_out);
  return lengthOf(pieces) < clipMsMin ? outside('Nothing is left of the clip.') : pieces;
};

const isWhole = (pieces: readonly Span[], durationMs: number | null): boolean =>
  pieces.length === 1 &&
  pieces.every(({ start_ms, end_ms }) => start_ms === 0 && end_ms >= (durationMs ?? Infinity));

const soundArguments = (
  wanted: ExtractedAudio,
  format: WantedFormat,
  facts: AudioFacts,
  cut: readonly Span[] | null,
): readonly string[] => {
  const target = normalisedFormats[format];
  if (cut === null && facts.codec === codecs[format]) {
    const muxer = target.args.slice(target.args.lastIndexOf('-f'));
    return ['-map', '0:a:0', '-c:a', 'copy', ...muxer];
  }
  const channels = Math.min(facts.channels, 2);
  return [
    ...(cut === null ? ['-map', '0:a:0'] : ['-filter_complex', cutGraph(cut), '-map', '[cut]']),
    '-ac',
    String(channels),
    '-ar',
    String(rateFor(target, facts.sample_rate)),
    ...bitRateArguments(target, wanted.bitrateKbps, channels),
    ...target.args,
  ];
};

/** Takes what a site sent: streams of pieces as well as files. */
export const createExtractAudio = (
  ffmpeg: RunTool,
  ffprobe: RunTool,
): AudioExtractor['extractAudio'] => {
  const probeSent = createProbe(ffprobe, 'streams');
  const probe = createProbe(ffprobe);

  return async (path, outPath, wanted, signal) => {
    const { format } = wanted;
    if (!isFormat(format)) throw new Error(`no such format: ${format}`);
    const facts = await probeSent(path, signal);
    if (!facts.ok) return translated(facts);
    const durationMs = facts.duration_is_estimate ? null : facts.duration_ms;
    const pieces = cutOf(wanted, durationMs);
    if ('ok' in pieces) return pieces;
    if (lengthOf(pieces) > wanted.duration_ms_max && durationMs !== null) return tooLong();

    const temporary = join(dirname(outPath), `.${randomUUID()}.part`);
    const tags = `${temporary}.txt`;
    const chapters = movedChapters(wanted.chapters, pieces);
    const args = [
      ...guardedStart(path, { inputOptions: ['-y'], also: 'streams' }),
      '-f',
      'ffmetadata',
      '-protocol_whitelist',
      'file',
      '-i',
      `file:${tags}`,
      ...soundArguments(wanted, format, facts, isWhole(pieces, durationMs) ? null : pieces),
      '-vn',
      '-sn',
      '-dn',
      '-map_metadata:s',
      '-1',
      '-map_metadata',
      '1',
      '-map_chapters',
      '1',
      // So much more that a longer one is told from one of that very length.
      '-t',
      ((wanted.duration_ms_max + endToleranceMs) / 1000).toFixed(3),
      '-fs',
      String(wanted.bytes_max + bytesBeyondMax),
      `file:${temporary}`,
    ];
    try {
      await mkdir(dirname(outPath), { recursive: true });
      await writeFile(tags, ffmetadata({ ...wanted, chapters }));
      const result = await ffmpeg(args, {
        timeoutMs: extractTimeoutMsMin + Math.max(facts.duration_ms, wanted.duration_ms_max),
        stdoutBytesMax: 0,
        signal,
      });
      if (result.outcome !== 'succeeded') return translated(failureOf(result));
      const { size } = await stat(temporary);
      if (size > wanted.bytes_max) return tooLarge();
      const made = await probe(temporary, signal);
      if (!made.ok || made.duration_ms === 0) {
        return durationMs === null
          ? outside('Nothing of the original is in the clip.')
          : translated(failureOf({ ...result, outcome: 'failed' }));
      }
      if (made.duration_ms > wanted.duration_ms_max + endToleranceMs / 2) return tooLong();
      {
        await using file = await open(temporary, 'r+');
        await file.sync();
      }
      await rename(temporary, outPath);
      return { ok: true, duration_ms: made.duration_ms, size };
    } catch (error) {
      signal?.throwIfAborted();
      return notWritten(error);
    } finally {
      await rm(temporary, { force: true });
      await rm(tags, { force: true });
    }
  };
};
