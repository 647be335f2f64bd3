import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type {
  EncodeJob,
  Encoded,
  LoudnessTools,
  Measured,
  MeasureJob,
  MeasureOptions,
} from '../../sounds/loudness.ts';
import { mediaFailure } from '../../sounds/media.ts';
import type { MediaFailure } from '../../sounds/media.ts';
import { bytesPerSecond, dataBytesOf } from './canonical-wav.ts';
import type { ChildResult, RunTool } from './child.ts';
import { canonicalWavArguments, monoOnBothSides, notWritten } from './decode.ts';
import { failureOf, guardedStart, sniff, soundOnlyOf } from './input.ts';
import { asMonoOrStereo, levellingFilters } from './levelling.ts';
import { complaints, parseSummaryOf } from './loudness-summary.ts';
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

const timeoutMs = (jobs: readonly { options: { duration_ms: number } }[]) =>
  jobs.reduce((sum, { options }) => sum + options.duration_ms, levelTimeoutMsMin);

const failed = (result: ChildResult): MediaFailure =>
  failureOf({ ...result, lastWords: complaints(result.lastWords) || result.lastWords });

const start = (jobs: readonly { path: string }[], ...options: readonly string[]) =>
  guardedStart(
    jobs.map(({ path }) => path),
    { levelOptions, inputOptions: [...oneFilterThread, ...options] },
  );

const sniffAll = async (jobs: readonly { path: string }[]): Promise<MediaFailure | undefined> => {
  for (const { path } of jobs) {
    const sniffed = await sniff(path);
    if (sniffed) return sniffed;
  }
  return undefined;
};

const meterOf = (index: number) => `ebur128@meter${index}`;

const measuringGraph = (
  { wav, channels, padded = false }: MeasureOptions,
  index: number,
): string => {
  const pad = padded ? `pad_dur=${blockSeconds}` : `whole_dur=${blockSeconds}`;
  const meter = `${asMonoOrStereo(channels)},apad=${pad},${meterOf(index)}=peak=true:framelog=verbose[measured${index}]`;
  if (!wav) return `[${index}:a:0]${meter}`;
  const decoded = channels === 1 ? monoOnBothSides : 'anull';
  return `[${index}:a:0]asplit=2[m${index}][w${index}];[m${index}]${meter};[w${index}]${decoded}[decoded${index}]`;
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

/** Decoded copies appear under names of their own, and get the wanted ones when all is well. */
const beside = (path: string) => join(dirname(path), `.${randomUUID()}.part`);

const createMeasureAll =
  (run: RunTool) =>
  async (
    jobs: readonly MeasureJob[],
    signal?: AbortSignal,
  ): Promise<readonly Measured[] | MediaFailure> => {
    const sniffed = await sniffAll(jobs);
    if (sniffed) return sniffed;
    const parts = jobs.map(({ options: { wav } }) => wav && beside(wav.path));
    const outputs = parts.flatMap((part, index) => [
      '-map',
      `[measured${index}]`,
      '-f',
      'null',
      '-',
      ...(part ? ['-map', `[decoded${index}]`, ...canonicalWavArguments, `file:${part}`] : []),
    ]);
    const graphs = jobs.map(({ options }, index) => measuringGraph(options, index));
    const args = [
      ...start(jobs, '-progress', 'pipe:1', '-stats_period', '60'),
      '-filter_complex',
      graphs.join(';'),
      ...outputs,
    ];
    try {
      for (const part of parts) if (part) await mkdir(dirname(part), { recursive: true });
      const result = await run(args, {
        timeoutMs: timeoutMs(jobs),
        stdoutBytesMax: progressBytesMax,
        lastWordsLinesMax: wordsLinesMax * jobs.length,
        signal,
      });
      if (result.outcome !== 'succeeded') return failed(result);
      const measured: Measured[] = [];
      for (const [index, part] of parts.entries()) {
        const loudness = parseSummaryOf(result.lastWords, meterOf(index));
        if (!loudness) {
          const words = complaints(result.lastWords);
          return mediaFailure('corrupt', 'no sound could be decoded from the file', words);
        }
        const counted = jobs.length === 1 ? outTimeMs(result.stdout) : null;
        measured.push({ ok: true, duration_ms: part ? await wavMs(part) : counted, ...loudness });
      }
      for (const [index, part] of parts.entries()) {
        const wanted = jobs[index]?.options.wav?.path;
        if (part && wanted) await rename(part, wanted);
      }
      return measured;
    } catch (error) {
      signal?.throwIfAborted();
      return notWritten(error);
    } finally {
      for (const part of parts) if (part) await rm(part, { force: true });
    }
  };

const rateOf = ({ options }: EncodeJob) =>
  rateFor(normalisedFormats[options.format], options.sample_rate);
const channelsOf = ({ options }: EncodeJob) => Math.min(options.channels, 2);

const encodedBy = (job: EncodeJob): Encoded => ({
  ok: true,
  channels: channelsOf(job),
  sample_rate: rateOf(job),
  demuxer: normalisedFormats[job.options.format].demuxer,
});

const encodeArguments = (job: EncodeJob, index: number): readonly string[] => {
  const { options, outPath } = job;
  const format = normalisedFormats[options.format];
  return [
    ...soundOnlyOf(index),
    '-af',
    levellingFilters(options),
    '-ar',
    String(rateOf(job)),
    ...bitRateArguments(format, options.bitrate_kbps, channelsOf(job)),
    ...format.args,
    `file:${outPath}`,
  ];
};

const linearSaid = /"normalization_type"\s*:\s*"linear"/g;

const createEncodeAll =
  (run: RunTool) =>
  async (
    jobs: readonly EncodeJob[],
    signal?: AbortSignal,
  ): Promise<readonly Encoded[] | MediaFailure> => {
    const sniffed = await sniffAll(jobs);
    if (sniffed) return sniffed;
    const result = await run([...start(jobs, '-y'), ...jobs.flatMap(encodeArguments)], {
      timeoutMs: timeoutMs(jobs),
      stdoutBytesMax: 0,
      lastWordsLinesMax: wordsLinesMax * jobs.length,
      signal,
    });
    if (result.outcome !== 'succeeded') return failed(result);
    const linear = jobs.filter(({ options }) => options.levelling.kind === 'linear').length;
    if ([...result.lastWords.matchAll(linearSaid)].length < linear) {
      throw new Error(`loudnorm left its linear mode: ${result.lastWords}`);
    }
    try {
      for (const { outPath } of jobs) {
        await using file = await open(outPath, 'r+');
        await file.sync();
      }
    } catch (error) {
      return notWritten(error);
    }
    return jobs.map(encodedBy);
  };

const only = <T>(all: readonly T[] | MediaFailure): T | MediaFailure =>
  'code' in all ? all : (all[0] as T);
const allOf = <T>(all: readonly T[] | MediaFailure): readonly T[] | undefined =>
  'code' in all ? undefined : all;

export const createLoudness = (run: RunTool): LoudnessTools => {
  const measureAll = createMeasureAll(run);
  const encodeAll = createEncodeAll(run);
  return {
    measure: async (path, options, signal) => only(await measureAll([{ path, options }], signal)),
    encode: async (path, outPath, options, signal) =>
      only(await encodeAll([{ path, outPath, options }], signal)),
    measureTogether: async (jobs, signal) => allOf(await measureAll(jobs, signal)),
    encodeTogether: async (jobs, signal) => allOf(await encodeAll(jobs, signal)),
  };
};
