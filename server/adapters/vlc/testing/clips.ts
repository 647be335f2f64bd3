/** Sound files to test with: tones of a known frequency, length and level. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { wavHeader } from '../../../kernel/wav.ts';
import type { PlayCommand } from '../../../player/contract.ts';

export type Clip = {
  path: string;
  demuxer: PlayCommand['demuxer'];
  lengthMs: number;
  frequencyHz: number;
};

export type ToneOptions = {
  frequencyHz: number;
  lengthMs: number;
  amplitude?: number;
  format?: ClipFormat;
};

const run = promisify(execFile);

const codecs = {
  mp3: ['-c:a', 'libmp3lame', '-b:a', '192k'],
  ogg: ['-c:a', 'libvorbis', '-q:a', '6'],
  opus: ['-c:a', 'libopus', '-b:a', '128k'],
  flac: ['-c:a', 'flac'],
  m4a: ['-c:a', 'aac', '-b:a', '192k'],
} as const;
export type ClipFormat = 'wav' | keyof typeof codecs;

/** As the server chooses it: native where libvlc's demuxer is right, libavformat elsewhere. */
const demuxerOf = (format: ClipFormat): PlayCommand['demuxer'] =>
  format === 'wav' || format === 'mp3' ? format : 'avformat';

/** Writes `<base>.<format>` from samples of full scale 1: 48 kHz, stereo, both sides the same. */
export const writeClip = async (
  base: string,
  samples: Float32Array,
  format: ClipFormat,
  encoder: readonly string[] = [],
): Promise<Pick<Clip, 'path' | 'demuxer'>> => {
  const data = Buffer.alloc(samples.length * 4);
  samples.forEach((sample, i) => {
    data.writeInt16LE(Math.round(sample * 32_767), i * 4);
    data.writeInt16LE(Math.round(sample * 32_767), i * 4 + 2);
  });
  const path = `${base}.${format}`;
  const header = wavHeader(data.length, { rate: 48_000, channels: 2 });
  await writeFile(`${base}.wav`, Buffer.concat([header, data]));
  if (format !== 'wav') {
    const input = ['-nostdin', '-v', 'error', '-y', '-i', `${base}.wav`];
    await run('ffmpeg', [...input, ...codecs[format], ...encoder, path]);
  }
  return { path, demuxer: demuxerOf(format) };
};

/** A tone that begins and ends at full level, so that its length can be heard to the millisecond. */
export const makeTone = async (dir: string, options: ToneOptions): Promise<Clip> => {
  const { frequencyHz, lengthMs, amplitude = 0.3, format = 'wav' } = options;
  const step = (2 * Math.PI * frequencyHz) / 48_000;
  const frames = Math.round(lengthMs * 48);
  const samples = Float32Array.from({ length: frames }, (_, i) => amplitude * Math.cos(step * i));
  const base = join(dir, `tone-${frequencyHz}-${lengthMs}-${amplitude}`);
  return { ...(await writeClip(base, samples, format)), lengthMs, frequencyHz };
};

export const makeTones = (dir: string, options: readonly ToneOptions[]): Promise<Clip[]> =>
  Promise.all(options.map((one) => makeTone(dir, one)));

/** `vbr.mp3`: of variable bit rate, where a place in the file cannot be reckoned. */
export type TurnFormat = ClipFormat | 'vbr.mp3';

const turnCodec = (format: TurnFormat): readonly string[] => {
  if (format === 'wav') return [];
  return format === 'vbr.mp3' ? ['-c:a', 'libmp3lame', '-q:a', '3'] : codecs[format];
};

/** Two tones, one after the other, with which a place in the file can be heard. */
export const makeTurn = async (
  dir: string,
  options: {
    format: TurnFormat;
    turnMs: number;
    lengthMs: number;
    frequenciesHz: [number, number];
  },
): Promise<Pick<Clip, 'path' | 'demuxer'>> => {
  const { format, turnMs, lengthMs, frequenciesHz } = options;
  const [before, after] = frequenciesHz;
  const path = join(dir, `turn-${turnMs}-${lengthMs}.${format}`);
  const tone = `0.3*cos(2*PI*if(lt(t,${turnMs / 1000}),${before},${after})*t)`;
  await run('ffmpeg', [
    '-nostdin',
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    `aevalsrc='${tone}|${tone}':s=48000:d=${lengthMs / 1000}`,
    // So that a variable bit rate does vary.
    '-af',
    "volume='if(lt(mod(t,7),3),0.1,1)':eval=frame",
    ...turnCodec(format),
    path,
  ]);
  return { path, demuxer: demuxerOf(format === 'vbr.mp3' ? 'mp3' : format) };
};
