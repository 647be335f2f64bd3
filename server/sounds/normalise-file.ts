import type { SoundType } from './contract.ts';
import { cachedDurationMsMax } from './derived-files.ts';
import type { Encoded, Loudness, Measured } from './loudness.ts';
import type { LevellingQueue } from './levelling-queue.ts';
import { mediaFailure, type MediaFailure } from './media.ts';
import type { SoundNormalisationEvent } from './normalisation-events.ts';
import type { NormalisedFiles } from './normalised-files.ts';
import {
  correctionOf,
  encodesMax,
  isAnalysed,
  isLossless,
  isUngated,
  planOf,
  unmetOf,
  type NormaliseSettings,
} from './normalise-plan.ts';
import { rm, stat } from 'node:fs/promises';

/** An original, as the scan saw it. */
export type Original = {
  readonly sound_id: string;
  readonly type: SoundType;
  readonly path: string;
  readonly hash: string;
  readonly channels: number;
  readonly sample_rate: number;
  readonly duration_ms: number;
};

export type NormalisedFile = Omit<
  Extract<SoundNormalisationEvent, { type: 'SoundNormalized' }>['data'],
  'batch_id'
>;

/** Encoders pad and cut by a frame or two. */
const lengthToleranceMs = 250;
const lengthTolerance = 0.05;

const endsTooEarly = (original: Original, writtenMs: number): boolean => {
  const tolerated = Math.max(lengthToleranceMs, original.duration_ms * lengthTolerance);
  return original.duration_ms - writtenMs > tolerated;
};

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

export type NormalisePorts = {
  readonly tools: LevellingQueue;
  readonly files: NormalisedFiles;
  /** Where the board looks for the decoded copy of a content. */
  readonly wavPath: (hash: string) => string;
  readonly newId: () => string;
};

/** Measures the original; a second look with silence behind it where the gate had heard nothing. */
const analyse = async (
  { path, duration_ms, channels }: Original,
  tools: LevellingQueue,
  signal?: AbortSignal,
): Promise<Measured | MediaFailure> => {
  const measured = await tools.measure(path, { duration_ms, channels }, signal);
  if (!measured.ok || !isUngated(measured)) return measured;
  return tools.measure(path, { duration_ms, channels, padded: true }, signal);
};

type Written = { encoded: Encoded; measured: Loudness; duration_ms: number; hash: string };

/** Encodes with this correction, and measures what was written; short sounds are decoded along. */
const write = async (
  original: Original,
  part: string,
  encode: Parameters<LevellingQueue['encode']>[2],
  { tools, files, wavPath }: NormalisePorts,
  signal?: AbortSignal,
): Promise<({ ok: true } & Written) | MediaFailure> => {
  const encoded = await tools.encode(original.path, part, encode, signal);
  if (!encoded.ok) return encoded;
  const { duration_ms } = original;
  const hash = await files.hashOf(part, signal);
  const { channels } = encoded;
  const wav = duration_ms <= cachedDurationMsMax ? { wav: { path: wavPath(hash) } } : {};
  const measured = await tools.measure(part, { duration_ms, channels, ...wav }, signal);
  if (!measured.ok) return measured;
  // Together only what is short is measured, and that comes with a copy.
  if (measured.duration_ms === null) throw new Error('nobody counted how long the file is');
  const written = { ok: true, encoded, measured, duration_ms: measured.duration_ms, hash } as const;
  if (!isUngated(measured)) return written;
  const again = await tools.measure(part, { duration_ms, channels, padded: true }, signal);
  return again.ok ? { ...written, measured: again } : again;
};

/**
 * Makes the normalised file of one original, whole or not at all, and measures what it wrote.
 * `record` runs while the file is safe from being swept. Failures are values; a cancelled signal
 * throws, and so does what is wrong with the disk.
 */
export const normaliseFile = async (
  original: Original,
  settings: NormaliseSettings,
  ports: NormalisePorts,
  record: (file: NormalisedFile) => Promise<void>,
  signal?: AbortSignal,
): Promise<{ ok: true } | MediaFailure> => {
  const { tools, files } = ports;
  const { target_lufs, format } = settings;
  const { channels, sample_rate, duration_ms, type } = original;
  const analysed = isAnalysed(settings, duration_ms)
    ? await analyse(original, tools, signal)
    : null;
  if (analysed?.ok === false) return analysed;
  const plan = planOf(analysed, settings, duration_ms);
  if (plan.kind === 'silent') {
    return mediaFailure('empty', 'the sound is silent: there is nothing to make louder');
  }

  const part = await files.begin(type, ports.newId());
  let place: { type: SoundType; filename: string } | undefined;
  try {
    const encode = {
      levelling: plan,
      format,
      bitrate_kbps: settings.bitrate_kbps,
      channels,
      sample_rate,
      duration_ms,
    };
    let correction_db = 0;
    let written: Written | undefined;
    for (let encodes = 0; encodes < encodesMax; encodes += 1) {
      if (written) await rm(ports.wavPath(written.hash), { force: true });
      const result = await write(original, part, { ...encode, correction_db }, ports, signal);
      if (!result.ok) return result;
      written = result;
      const more = correctionOf(result.measured, target_lufs, plan);
      if (more === 0 || !Number.isFinite(more)) break;
      correction_db += more;
    }
    if (!written) throw new Error('nothing was encoded');
    const { encoded, measured, hash } = written;
    const writtenMs = written.duration_ms;
    const integrated_lufs = finite(measured.integrated_lufs);
    const true_peak_dbtp = finite(measured.true_peak_dbtp);
    if (integrated_lufs === null || true_peak_dbtp === null) {
      await rm(ports.wavPath(hash), { force: true });
      return mediaFailure('corrupt', 'the sound has no loudness that could be measured');
    }
    if (endsTooEarly(original, writtenMs)) {
      await rm(ports.wavPath(hash), { force: true });
      return mediaFailure('truncated', 'part of the sound can no longer be read');
    }
    place = { type, filename: `${hash}.${format}` };
    const { size } = await stat(part);
    await files.publish(part, place);
    await record({
      sound_id: original.sound_id,
      source_hash: original.hash,
      ...place,
      hash,
      size,
      duration_ms: writtenMs,
      format,
      bitrate_kbps: isLossless(format) ? null : settings.bitrate_kbps,
      channels: encoded.channels,
      sample_rate: encoded.sample_rate,
      demuxer: encoded.demuxer,
      target_lufs,
      integrated_lufs,
      true_peak_dbtp,
      mode: plan.kind,
      unmet: unmetOf(measured, target_lufs, plan),
      source_integrated_lufs: finite(analysed?.integrated_lufs),
      source_true_peak_dbtp: finite(analysed?.true_peak_dbtp),
    });
    return { ok: true };
  } finally {
    await files.end(part, place);
  }
};
