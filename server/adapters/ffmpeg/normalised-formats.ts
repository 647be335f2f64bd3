import type { NormalizedFormat } from '../../sounds/contract.ts';
import type { Demuxer } from '../../sounds/media.ts';

type Format = {
  /** Encoder and muxer, without rate and bit rate. */
  readonly args: readonly string[];
  readonly demuxer: Demuxer;
  /** Rates that keep their number; every other becomes 48 kHz. Null: any. */
  readonly rates: readonly number[] | null;
  /** What the encoder takes at most for each channel; null where nothing is lost. */
  readonly kbpsPerChannelMax: number | null;
};

export const normalisedFormats: Record<NormalizedFormat, Format> = {
  mp3: {
    args: ['-c:a', 'libmp3lame', '-f', 'mp3'],
    demuxer: 'mp3',
    // Below, MPEG 2 takes 160 kbit/s at most.
    rates: [32_000, 44_100, 48_000],
    kbpsPerChannelMax: 320,
  },
  opus: {
    args: ['-c:a', 'libopus', '-f', 'opus'],
    demuxer: 'avformat',
    rates: [48_000],
    kbpsPerChannelMax: 256,
  },
  ogg: {
    args: ['-c:a', 'libvorbis', '-f', 'ogg'],
    demuxer: 'avformat',
    rates: [44_100, 48_000],
    kbpsPerChannelMax: 192,
  },
  m4a: {
    args: ['-c:a', 'aac', '-f', 'ipod'],
    demuxer: 'avformat',
    rates: [32_000, 44_100, 48_000],
    kbpsPerChannelMax: 192,
  },
  flac: {
    args: ['-c:a', 'flac', '-sample_fmt', 's16', '-f', 'flac'],
    demuxer: 'avformat',
    rates: null,
    kbpsPerChannelMax: null,
  },
  wav: {
    args: ['-c:a', 'pcm_s16le', '-f', 'wav'],
    demuxer: 'wav',
    rates: null,
    kbpsPerChannelMax: null,
  },
};

const usualRate = 48_000;
const rateMax = 192_000;

export const rateFor = ({ rates }: Format, source: number): number => {
  if (rates) return rates.includes(source) ? source : usualRate;
  return source <= rateMax ? source : usualRate;
};

export const bitRateArguments = (
  { kbpsPerChannelMax }: Format,
  wanted: number,
  channels: number,
): readonly string[] =>
  kbpsPerChannelMax === null ? [] : ['-b:a', `${Math.min(wanted, kbpsPerChannelMax * channels)}k`];
