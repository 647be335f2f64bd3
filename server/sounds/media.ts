/**
 * What the sound library asks of media tools. An answer about a file is a value; only a bug and
 * a cancelled signal throw. Durations in ms.
 */
import type { demuxers } from '../player/contract.ts';

export type Demuxer = (typeof demuxers)[number];

export type MediaFailureCode =
  | 'not_audio'
  | 'no_picture'
  | 'empty'
  | 'corrupt'
  | 'truncated'
  | 'playlist'
  | 'unreadable'
  | 'timed_out'
  | 'too_long'
  | 'not_written';

export type MediaFailure = {
  readonly ok: false;
  readonly code: MediaFailureCode;
  /** One plain sentence without a full stop, for the scan report. */
  readonly reason: string;
  /** The tool's last lines, for the log; empty when it said nothing. */
  readonly last_words: string;
};

export type AudioFacts = {
  /** The container in one word: wav, mp3, flac, ogg, m4a, webm … */
  readonly format: string;
  readonly codec: string;
  readonly duration_ms: number;
  /** The file declares no length: `duration_ms` was reckoned from the bit rate. */
  readonly duration_is_estimate: boolean;
  readonly channels: number;
  readonly sample_rate: number;
  readonly demuxer: Demuxer;
  readonly tags: { readonly title?: string; readonly artist?: string };
  /** The file carries a picture of its own, such as a record's cover. */
  readonly has_picture: boolean;
};

export type ProbeResult = ({ readonly ok: true } & AudioFacts) | MediaFailure;

export type DecodeOptions = {
  /** Of the source, from `probe`: mono is copied to both sides at full level. */
  readonly channels: number;
  /** Longer than this is refused as `too_long`, whatever length the file declares. */
  readonly duration_ms_max?: number;
  readonly trim?: { readonly start_ms?: number; readonly end_ms?: number };
};

export type DecodeResult =
  | { readonly ok: true; readonly duration_ms: number; readonly size: number }
  | MediaFailure;

export type PeaksResult =
  | {
      readonly ok: true;
      /** `waveformBars` hex digits, scaled to the sound's own peak. */
      readonly bars: string;
      /** `finePeaks` values 0–255 for a seek bar, scaled likewise. */
      readonly fine: Uint8Array;
      /** Counted while decoding, so exact whatever the file declares. */
      readonly duration_ms: number;
    }
  | MediaFailure;

export const finePeaks = 800;

export type PictureResult = { readonly ok: true } | MediaFailure;

export type MediaTools = {
  probe(path: string, signal?: AbortSignal): Promise<ProbeResult>;
  /** 48 kHz s16 stereo WAV with the canonical 44-byte header; appears at `outPath` whole or not at all. */
  decodeToWav(
    path: string,
    outPath: string,
    options: DecodeOptions,
    signal?: AbortSignal,
  ): Promise<DecodeResult>;
  /** Any file that `probe` accepted; a WAV made by `decodeToWav` is read without a child process. */
  peaks(path: string, signal?: AbortSignal): Promise<PeaksResult>;
  /**
   * The picture that a sound file carries, or a picture file, drawn anew as a JPEG of at most
   * `pictureSideMax` pixels a side; appears at `outPath` whole or not at all.
   */
  picture(path: string, outPath: string, signal?: AbortSignal): Promise<PictureResult>;
};

export const pictureSideMax = 512;

export const mediaFailure = (
  code: MediaFailureCode,
  reason: string,
  last_words = '',
): MediaFailure => ({ ok: false, code, reason, last_words });
