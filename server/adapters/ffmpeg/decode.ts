import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mediaFailure } from '../../sounds/media.ts';
import type { DecodeOptions, MediaFailure, MediaTools } from '../../sounds/media.ts';
import type { RunTool } from './child.ts';
import { failureOf, guardedStart, sniff, soundOnly } from './input.ts';
import { bytesPerSecond, dataBytesOf, headerBytes } from './canonical-wav.ts';
import { copyPlainWav } from './copy-plain-wav.ts';

export const decodeTimeoutMs = 60_000;
const decodedDurationMsMax = 10 * 60_000;

type Trim = NonNullable<DecodeOptions['trim']>;

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

const cutArguments = ({ start_ms = 0, end_ms = Infinity }: Trim, durationMsMax: number) => [
  ...(start_ms === 0 ? [] : ['-ss', seconds(start_ms)]),
  '-t',
  seconds(Math.min(end_ms - start_ms, durationMsMax)),
];

/** swresample makes mono 3 dB quieter on each side; a sound must not depend on how it is stored. */
export const monoOnBothSides = 'pan=stereo|c0=c0|c1=c0';

const channelArguments = (channels: number) =>
  channels === 1 ? ['-af', monoOnBothSides] : ['-ac', '2'];

/** Output options of the one form that every decoded copy has. */
export const canonicalWavArguments: readonly string[] = [
  '-ar',
  '48000',
  '-c:a',
  'pcm_s16le',
  // Without these the muxer puts a LIST chunk before the samples.
  '-fflags',
  '+bitexact',
  '-flags:a',
  '+bitexact',
  '-f',
  'wav',
];

export const notWritten = (error: unknown): MediaFailure => {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  return mediaFailure('not_written', `the decoded sound cannot be written (${code})`);
};

export const createDecodeToWav =
  (run: RunTool): MediaTools['decodeToWav'] =>
  async (path, outPath, options, signal) => {
    const sniffed = await sniff(path);
    if (sniffed) return sniffed;

    const durationMsMax = options.duration_ms_max ?? decodedDurationMsMax;
    const temporary = join(dirname(outPath), `.${randomUUID()}.part`);
    const args = [
      ...guardedStart(path, { levelOptions: ['-v', 'warning'] }),
      ...soundOnly,
      ...cutArguments(options.trim ?? {}, durationMsMax),
      ...channelArguments(options.channels),
      ...canonicalWavArguments,
      `file:${temporary}`,
    ];

    try {
      await mkdir(dirname(outPath), { recursive: true });
    } catch (error) {
      return notWritten(error);
    }
    try {
      const copied = options.trim ? false : await copyPlainWav(path, temporary, durationMsMax);
      let lastWords = '';
      if (!copied) {
        const result = await run(args, { timeoutMs: decodeTimeoutMs, stdoutBytesMax: 0, signal });
        if (result.outcome !== 'succeeded') return failureOf(result);
        ({ lastWords } = result);
      }

      const dataBytes = await decodedBytes(temporary);
      if (dataBytes === 0) {
        return mediaFailure('corrupt', 'no sound could be decoded from the file', lastWords);
      }
      const duration_ms = Math.round((dataBytes / bytesPerSecond) * 1000);
      if (duration_ms >= durationMsMax) {
        return mediaFailure('too_long', 'the sound is too long to be kept decoded');
      }
      await rename(temporary, outPath);
      return { ok: true, duration_ms, size: headerBytes + dataBytes };
    } catch (error) {
      signal?.throwIfAborted();
      return notWritten(error);
    } finally {
      await rm(temporary, { force: true });
    }
  };

const decodedBytes = async (path: string): Promise<number> => {
  await using file = await open(path, 'r');
  return (await dataBytesOf(file)) ?? 0;
};
