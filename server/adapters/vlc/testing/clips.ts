/** Sound files to test with: tones of a known frequency, length and level. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
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

export const codecs = {
  mp3: ['-c:a', 'libmp3lame', '-b:a', '192k'],
  ogg: ['-c:a', 'libvorbis', '-q:a', '6'],
  opus: ['-c:a', 'libopus', '-b:a', '128k'],
  flac: ['-c:a', 'flac'],
  m4a: ['-c:a', 'aac', '-b:a', '192k'],
} as const;
export type ClipFormat = 'wav' | keyof typeof codecs;

/** As the server chooses it: native where libvlc's demuxer is right, libavformat elsewhere. */
export const demuxerOf = (format: ClipFormat): PlayCommand['demuxer'] =>
  format === 'wav' || format === 'mp3' ? format : 'avformat';

/** 48 kHz, 16 bit, stereo: what the decoded cache has. */
const wavOf = ({ frequencyHz, lengthMs, amplitude = 0.3 }: ToneOptions): Buffer => {
  const frames = Math.round(lengthMs * 48);
  const data = Buffer.alloc(frames * 4);
  for (let i = 0; i < frames; i++) {
    const sample = Math.round(
      amplitude * 32_767 * Math.cos((2 * Math.PI * frequencyHz * i) / 48_000),
    );
    data.writeInt16LE(sample, i * 4);
    data.writeInt16LE(sample, i * 4 + 2);
  }
  return Buffer.concat([wavHeader(data.length), data]);
};

/** Of 48 kHz, 16 bit, stereo. */
export const wavHeader = (dataBytes: number): Buffer => {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(48_000, 24);
  header.writeUInt32LE(48_000 * 4, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
};

/** A tone that begins and ends at full level, so that its length can be heard to the millisecond. */
export const makeTone = async (dir: string, options: ToneOptions): Promise<Clip> => {
  const { frequencyHz, lengthMs, amplitude = 0.3, format = 'wav' } = options;
  const base = join(dir, `tone-${frequencyHz}-${lengthMs}-${amplitude}`);
  const path = `${base}.${format}`;
  await writeFile(`${base}.wav`, wavOf(options));
  if (format !== 'wav')
    await run('ffmpeg', [
      '-nostdin',
      '-v',
      'error',
      '-y',
      '-i',
      `${base}.wav`,
      ...codecs[format],
      path,
    ]);
  return { path, demuxer: demuxerOf(format), lengthMs, frequencyHz };
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
