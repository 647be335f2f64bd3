import type { EncodeOptions, Levelling } from '../../sounds/loudness.ts';
import { loudnessRangeLu, truePeakMaxDbtp } from '../../sounds/loudness.ts';

/** Sounds are levelled and measured as mono or stereo, in numbers that do not clip. */
export const asMonoOrStereo = (channels: number): string =>
  `aformat=sample_fmts=dbl:channel_layouts=${channels === 1 ? 'mono' : 'stereo'}`;

const number = (value: number): string => value.toFixed(2);
const between = (low: number, high: number, value: number) => Math.min(high, Math.max(low, value));

/**
 * loudnorm leaves its linear mode without a word where the loudness range is 0 or above the one
 * aimed at, or the peak would pass the ceiling; and it takes no loudness above 0. Only differences
 * count for the gain, so that a louder sound can be told moved down.
 */
const linearLoudnorm = ({ measured, gain_db }: Extract<Levelling, { kind: 'linear' }>): string => {
  const moved = Math.max(0, measured.integrated_lufs + 1);
  const integrated = measured.integrated_lufs - moved;
  const range = between(0.1, 50, measured.range_lu);
  return [
    `loudnorm=I=${number(between(-70, -5, integrated + gain_db))}`,
    `TP=${truePeakMaxDbtp}`,
    `LRA=${number(Math.max(loudnessRangeLu, range))}`,
    `measured_I=${number(integrated)}`,
    `measured_TP=${number(measured.true_peak_dbtp)}`,
    `measured_LRA=${number(range)}`,
    `measured_thresh=${number(between(-69.9, -1, measured.threshold_lufs - moved))}`,
    'linear=true',
    'print_format=json',
  ].join(':');
};

const loudnorm = (levelling: Levelling): string => {
  switch (levelling.kind) {
    case 'linear':
      return linearLoudnorm(levelling);
    case 'gain':
      return `volume=${number(levelling.gain_db)}dB:precision=double`;
    case 'dynamic':
      return `loudnorm=I=${number(levelling.target_lufs)}:TP=${truePeakMaxDbtp}:LRA=${loudnessRangeLu}`;
  }
};

/** The filter chain that changes the level. */
export const levellingFilters = ({
  levelling,
  correction_db,
  channels,
}: Pick<EncodeOptions, 'levelling' | 'correction_db' | 'channels'>): string =>
  [
    asMonoOrStereo(channels),
    loudnorm(levelling),
    ...(correction_db === 0 ? [] : [`volume=${number(correction_db)}dB:precision=double`]),
  ].join(',');
