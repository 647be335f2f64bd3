import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LoudnessTools, MeasureOptions } from '../../sounds/loudness.ts';
import { mediaFailure } from '../../sounds/media.ts';
import type { MediaFailure } from '../../sounds/media.ts';
import { bytesPerSecond, dataBytesOf } from './canonical-wav.ts';
import type { ChildResult, RunTool } from './child.ts';
import { canonicalWavArguments, monoOnBothSides, notWritten } from './decode.ts';
import { failureOf, guardedStart, sniff, soundOnly } from './input.ts';
import { asMonoOrStereo, levellingFilters } from './levelling.ts';
import { complaints, parseSummary } from './loudness-summary.ts';
import { bitRateArguments, normalisedFormats, rateFor } from './normalised-formats.ts';

/** Beside as long as the sound itself takes: the lowest priority may have to wait. */
export const levelTimeoutMsMin = 60_000;
/** ebur128's summary, and what came before it. */
const wordsLinesMax = 40;
const progressBytesMax = 1024 * 1024;

/** A gating block; a shorter sound is measured with silence behind it. */
const blockSeconds = 0.4;

const levelOptions = ['-nostats', '-loglevel', 'level+info'];
const oneFilterThread = ['-filter_complex_threads', '1', '-filter_threads', '1'];

const timeoutMs = (duration_ms: number) => levelTimeoutMsMin + duration_ms;

const failed = (result: ChildResult): MediaFailure =>
  failureOf({ ...result, lastWords: complaints(result.lastWords) || result.lastWords });

const measuringGraph = ({ wav, channels, padded = false }: MeasureOptions): string => {
  const pad = padded ? `pad_dur=${blockSeconds}` : `whole_dur=${blockSeconds}`;
  const meter = `${asMonoOrStereo(channels)},apad=${pad},ebur128=peak=true:framelog=verbose[measured]`;
  if (!wav) return `[0:a:0]${meter}`;
  const decoded = channels === 1 ? monoOnBothSides : 'anull';
  return `[0:a:0]asplit=2[m][w];[m]${meter};[w]${decoded}[decoded]`;
};

/** Of the last report of `-progress`. */
const outTimeMs = (progress: string): number => {
  const us = [...progress.matchAll(/^out_time_us=(\d+)$/gm)].at(-1)?.[1];
  return Math.round(Number(us ?? 0) / 1000);
};

const wavMs = async (path: string): Promise<number> => {
  await using file = await open(path, 'r');
  return Math.round((((await dataBytesOf(file)) ?? 0) / bytesPerSecond) * 1000);
};

const createMeasure =
  (run: RunTool): LoudnessTools['measure'] =>
  async (path, options, signal) => {
    const sniffed = await sniff(path);
    if (sniffed) return sniffed;
    const { wav } = options;
    const temporary = wav && join(dirname(wav.path), `.${randomUUID()}.part`);
    const args = [
      ...guardedStart(path, {
        levelOptions,
        inputOptions: [...oneFilterThread, '-progress', 'pipe:1', '-stats_period', '60'],
      }),
      '-filter_complex',
      measuringGraph(options),
      '-map',
      '[measured]',
      '-f',
      'null',
      '-',
      ...(temporary ? ['-map', '[decoded]', ...canonicalWavArguments, `file:${temporary}`] : []),
    ];
    try {
      if (temporary) await mkdir(dirname(temporary), { recursive: true });
      const result = await run(args, {
        timeoutMs: timeoutMs(options.duration_ms),
        stdoutBytesMax: progressBytesMax,
        lastWordsLinesMax: wordsLinesMax,
        signal,
      });
      if (result.outcome !== 'succeeded') return failed(result);
      const loudness = parseSummary(result.lastWords);
      if (!loudness) {
        const words = complaints(result.lastWords);
        return mediaFailure('corrupt', 'no sound could be decoded from the file', words);
      }
      const duration_ms = temporary ? await wavMs(temporary) : outTimeMs(result.stdout);
      if (wav && temporary) await rename(temporary, wav.path);
      return { ok: true, duration_ms, ...loudness };
    } catch (error) {
      signal?.throwIfAborted();
      return notWritten(error);
    } finally {
      if (temporary) await rm(temporary, { force: true });
    }
  };

const createEncode =
  (run: RunTool): LoudnessTools['encode'] =>
  async (path, outPath, options, signal) => {
    const sniffed = await sniff(path);
    if (sniffed) return sniffed;
    const format = normalisedFormats[options.format];
    const channels = Math.min(options.channels, 2);
    const sample_rate = rateFor(format, options.sample_rate);
    const args = [
      ...guardedStart(path, { levelOptions, inputOptions: [...oneFilterThread, '-y'] }),
      ...soundOnly,
      '-af',
      levellingFilters(options),
      '-ar',
      String(sample_rate),
      ...bitRateArguments(format, options.bitrate_kbps, channels),
      ...format.args,
      `file:${outPath}`,
    ];
    const result = await run(args, {
      timeoutMs: timeoutMs(options.duration_ms),
      stdoutBytesMax: 0,
      lastWordsLinesMax: wordsLinesMax,
      signal,
    });
    if (result.outcome !== 'succeeded') return failed(result);
    const linear = options.levelling.kind === 'linear';
    if (linear && !/"normalization_type"\s*:\s*"linear"/.test(result.lastWords)) {
      throw new Error(`loudnorm left its linear mode: ${result.lastWords}`);
    }
    try {
      await using file = await open(outPath, 'r+');
      await file.sync();
    } catch (error) {
      return notWritten(error);
    }
    return { ok: true, channels, sample_rate, demuxer: format.demuxer };
  };

export const createLoudness = (run: RunTool): LoudnessTools => ({
  measure: createMeasure(run),
  encode: createEncode(run),
});
