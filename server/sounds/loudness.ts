/**
 * What the normaliser asks of media tools. An answer about a file is a value; only a bug and a
 * cancelled signal throw. Loudness in LUFS, true peaks in dBTP, gains in dB, durations in ms.
 */
import type { NormalizedFormat } from './contract.ts';
import type { Demuxer, MediaFailure } from './media.ts';

/** After EBU R 128, of the file as stored: mono counts as one channel, more than two as stereo. */
export type Loudness = {
  /** Not finite where no gating block is above the absolute gate: silence, or no numbers at all. */
  readonly integrated_lufs: number;
  readonly true_peak_dbtp: number;
  readonly range_lu: number;
  readonly threshold_lufs: number;
};

/** `duration_ms`: of what was decoded; null where nobody counted it, together and without a copy. */
export type Measured = { readonly ok: true; readonly duration_ms: number | null } & Loudness;

export type MeasureOptions = {
  /** Of what is measured; bounds the time it may take. */
  readonly duration_ms: number;
  readonly channels: number;
  /** Where a decoded copy is to appear, whole or not at all: for mono and stereo. */
  readonly wav?: { readonly path: string };
  /** Adds silence behind, for what is only heard in the last part of a gating block. */
  readonly padded?: boolean;
};

/** How the level is changed before `correction_db`, which is one gain over the whole. */
export type Levelling =
  /** loudnorm with the measured values, held to its linear mode. */
  | { readonly kind: 'linear'; readonly measured: Loudness; readonly gain_db: number }
  /** One gain: for clips that loudnorm measures wrongly. */
  | { readonly kind: 'gain'; readonly gain_db: number }
  /** loudnorm in one pass, which follows the sound with its gain. */
  | { readonly kind: 'dynamic'; readonly target_lufs: number };

export type EncodeOptions = {
  readonly levelling: Levelling;
  readonly correction_db: number;
  readonly format: NormalizedFormat;
  readonly bitrate_kbps: number;
  /** Of the original. */
  readonly channels: number;
  readonly sample_rate: number;
  readonly duration_ms: number;
};

/** What the encoder was made to write. */
export type Encoded = {
  readonly ok: true;
  readonly channels: number;
  readonly sample_rate: number;
  readonly demuxer: Demuxer;
};

export type MeasureJob = { readonly path: string; readonly options: MeasureOptions };
export type EncodeJob = {
  readonly path: string;
  readonly outPath: string;
  readonly options: EncodeOptions;
};

export type LoudnessTools = {
  measure(
    path: string,
    options: MeasureOptions,
    signal?: AbortSignal,
  ): Promise<Measured | MediaFailure>;
  /** Writes `outPath`, flushed to the disk; what is there after a failure is the caller's to remove. */
  encode(
    path: string,
    outPath: string,
    options: EncodeOptions,
    signal?: AbortSignal,
  ): Promise<Encoded | MediaFailure>;
  /**
   * Several files in one process, because to start one costs as much as seconds of sound do.
   * Undefined where one of them failed: each is then to be asked for by itself.
   */
  measureTogether(
    jobs: readonly MeasureJob[],
    signal?: AbortSignal,
  ): Promise<readonly Measured[] | undefined>;
  /** Likewise. */
  encodeTogether(
    jobs: readonly EncodeJob[],
    signal?: AbortSignal,
  ): Promise<readonly Encoded[] | undefined>;
};

/** The ceiling of loudnorm and of every normalised file. */
export const truePeakMaxDbtp = -2;
/** What is aimed at; wider where the sound itself is, so that loudnorm stays linear. */
export const loudnessRangeLu = 7;
/** Shorter clips are levelled by one gain. */
export const loudnormDurationMsMin = 3000;
