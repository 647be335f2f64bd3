/** Noise to tell places by: any stretch of a recording is found again in the track, to the sample. */
import { join } from 'node:path';
import type { PlayCommand } from '../../../player/contract.ts';
import { type ClipFormat, writeClip } from './clips.ts';
import type { Recording } from './recording.ts';

const framesPerMs = 48;
/** What is looked for: shorter would be found in many places. */
const snippetMs = 20;

export type NoiseTrack = {
  path: string;
  demuxer: PlayCommand['demuxer'];
  lengthMs: number;
  /** Mono, full scale 1. */
  samples: Float32Array;
};

export type NoiseOptions = {
  seed: number;
  lengthMs: number;
  amplitude?: number;
  format?: ClipFormat;
  /** Encoder options beside the usual ones. */
  encoder?: readonly string[];
};

const noiseOf = (seed: number, frames: number, amplitude: number): Float32Array => {
  const samples = new Float32Array(frames);
  let state = seed;
  let smooth = 0;
  for (let i = 0; i < frames; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // A little low-pass, so that lossy codecs keep most of it.
    smooth = 0.6 * smooth + 0.4 * (state / 2 ** 31 - 1);
    samples[i] = amplitude * smooth;
  }
  return samples;
};

export const makeNoise = async (dir: string, options: NoiseOptions): Promise<NoiseTrack> => {
  const { seed, lengthMs, amplitude = 0.5, format = 'wav', encoder = [] } = options;
  const samples = noiseOf(seed, Math.round(lengthMs * framesPerMs), amplitude);
  const base = join(dir, `noise-${seed}-${lengthMs}${encoder.join('')}`);
  return { ...(await writeClip(base, samples, format, encoder)), lengthMs, samples };
};

export type Place = {
  positionMs: number;
  /** 1: exactly this; near 0: nothing of the kind. */
  likeness: number;
};

/** Enough samples to see that it is not here. */
const glanceSamples = 96;

const likenessAt = (
  snippet: Float32Array,
  samples: Float32Array,
  at: number,
  length: number,
): number => {
  let [product, here, there] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const one = snippet[i] ?? 0;
    const other = samples[at + i] ?? 0;
    product += one * other;
    here += one * one;
    there += other * other;
  }
  return here > 0 && there > 0 ? product / Math.sqrt(here * there) : 0;
};

/** Which place of the track is heard at a time of the recording, looked for within a range of the track. */
export const placeOf = (
  heard: Recording,
  atMs: number,
  { samples }: Pick<NoiseTrack, 'samples'>,
  fromMs = 0,
  toMs = samples.length / framesPerMs,
): Place => {
  const snippet = heard.samples(atMs, atMs + snippetMs);
  let best = { positionMs: Number.NaN, likeness: -1 };
  const last = Math.min(samples.length, toMs * framesPerMs) - snippet.length;
  for (let at = Math.max(0, Math.floor(fromMs * framesPerMs)); at <= last; at++) {
    if (likenessAt(snippet, samples, at, glanceSamples) < 0.3) continue;
    const likeness = likenessAt(snippet, samples, at, snippet.length);
    if (likeness > best.likeness) best = { positionMs: at / framesPerMs, likeness };
  }
  return best;
};
