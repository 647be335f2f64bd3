import type { NormalizedFormat } from './contract.ts';
import {
  loudnormDurationMsMin,
  truePeakMaxDbtp,
  type Levelling,
  type Loudness,
} from './loudness.ts';
import type { Unmet } from './normalisation-events.ts';

export type NormaliseSettings = {
  readonly format: NormalizedFormat;
  readonly bitrate_kbps: number;
  readonly passes: 1 | 2;
  readonly target_lufs: number;
};

export const isLossless = (format: NormalizedFormat): boolean =>
  format === 'flac' || format === 'wav';

/** Half of the last digit that is measured, and a little. */
const roundingDb = 0.1;
/** Lossy encoders make peaks of their own. */
const lossyHeadroomDb = 0.5;
/** Within this of its target a file is as meant. */
const toleranceLu = 0.5;
/** Beyond this it is worth another encode. */
const correctedAboveLu = 0.4;
/** Nobody hears peaks below: the noise of 12 bits under an open fader. */
const silentPeakDbtp = -70;

export const encodesMax = 4;

/** Whether the original has to be measured first. */
export const isAnalysed = (
  { passes }: Pick<NormaliseSettings, 'passes'>,
  duration_ms: number,
): boolean => passes === 2 || duration_ms < loudnormDurationMsMin;

const hasLoudness = ({ integrated_lufs, true_peak_dbtp }: Loudness): boolean =>
  Number.isFinite(integrated_lufs) && Number.isFinite(true_peak_dbtp);

/** Whether there is sound that ebur128 found no gating block for. */
export const isUngated = (measured: Loudness): boolean =>
  !hasLoudness(measured) &&
  Number.isFinite(measured.true_peak_dbtp) &&
  measured.true_peak_dbtp > silentPeakDbtp;

export type Plan =
  | Levelling
  /** No gain makes silence loud: it would only raise noise. */
  | { readonly kind: 'silent' };

/**
 * One gain for the whole sound wherever its loudness is known: up to the target, or to where its
 * highest peak meets the ceiling. `measured` is null where one pass was asked for.
 */
export const planOf = (
  measured: Loudness | null,
  { target_lufs, format }: NormaliseSettings,
  duration_ms: number,
): Plan => {
  if (measured === null) return { kind: 'dynamic', target_lufs };
  if (!hasLoudness(measured)) {
    const silent = measured.true_peak_dbtp <= silentPeakDbtp;
    return silent ? { kind: 'silent' } : { kind: 'dynamic', target_lufs };
  }
  const wanted = target_lufs - measured.integrated_lufs;
  const room = truePeakMaxDbtp - measured.true_peak_dbtp;
  const headroom = isLossless(format) ? roundingDb : lossyHeadroomDb;
  const gain_db = wanted <= room - roundingDb ? wanted : room - headroom;
  return duration_ms < loudnormDurationMsMin
    ? { kind: 'gain', gain_db }
    : { kind: 'linear', measured, gain_db };
};

/** What the written file needs on top, in dB; 0 when it is as good as it gets. */
export const correctionOf = (written: Loudness, target_lufs: number, plan: Levelling): number => {
  const room = truePeakMaxDbtp - written.true_peak_dbtp;
  if (room < 0) return room - roundingDb;
  if (plan.kind === 'dynamic') return 0;
  const missing = target_lufs - written.integrated_lufs;
  const gain = Math.min(missing, room - roundingDb);
  return Math.abs(gain) <= correctedAboveLu ? 0 : gain;
};

/** Why the written file is not what was asked for; null when it is. */
export const unmetOf = (written: Loudness, target_lufs: number, plan: Levelling): Unmet | null => {
  if (written.true_peak_dbtp > truePeakMaxDbtp) return 'encoding';
  const missing = target_lufs - written.integrated_lufs;
  if (Math.abs(missing) <= toleranceLu) return null;
  if (plan.kind === 'dynamic') return 'one_pass';
  return missing > 0 ? 'true_peak' : 'encoding';
};
