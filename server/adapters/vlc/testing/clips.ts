/** Sound files to test with, made by ffmpeg: tones of a known frequency, length and level. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PlayCommand } from '../../../player/contract.ts';

export type Clip = { path: string; demuxer: PlayCommand['demuxer']; lengthMs: number; frequencyHz: number };

export type ToneOptions = { frequencyHz: number; lengthMs: number; amplitude?: number; format?: ClipFormat };

const run = promisify(execFile);

const codecs = {
  wav: ['-c:a', 'pcm_s16le'],
  mp3: ['-c:a', 'libmp3lame', '-b:a', '192k'],
  ogg: ['-c:a', 'libvorbis', '-q:a', '6'],
  opus: ['-c:a', 'libopus', '-b:a', '128k'],
  flac: ['-c:a', 'flac'],
  m4a: ['-c:a', 'aac', '-b:a', '192k'],
} as const;
export type ClipFormat = keyof typeof codecs;

/** As the server chooses it: native where libvlc's demuxer is right, libavformat elsewhere. */
export const demuxerOf = (format: ClipFormat): PlayCommand['demuxer'] =>
  format === 'wav' || format === 'mp3' ? format : 'avformat';

/** A tone that begins and ends at full level, so that its length can be heard to the millisecond. */
export const makeTone = async (dir: string, options: ToneOptions): Promise<Clip> => {
  const { frequencyHz, lengthMs, amplitude = 0.3, format = 'wav' } = options;
  const path = join(dir, `tone-${frequencyHz}-${lengthMs}-${amplitude}.${format}`);
  const wave = `${amplitude}*cos(2*PI*${frequencyHz}*t)`;
  const input = ['-f', 'lavfi', '-i', `aevalsrc=exprs=${wave}|${wave}:s=48000:d=${lengthMs / 1000}`];
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...input, ...codecs[format], path]);
  return { path, demuxer: demuxerOf(format), lengthMs, frequencyHz };
};

export const makeTones = (dir: string, options: readonly ToneOptions[]): Promise<Clip[]> =>
  Promise.all(options.map((one) => makeTone(dir, one)));
