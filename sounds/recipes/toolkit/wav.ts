import { sampleRate } from './signal.ts';
import type { Signal, Stereo } from './signal.ts';

const headerBytes = 44;

export const toWav = ({ left, right }: Stereo): Buffer => {
  const wav = Buffer.alloc(headerBytes + left.length * 4);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(2, 22);
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(sampleRate * 4, 28);
  wav.writeUInt16LE(4, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(left.length * 4, 40);
  const sample = (value: number) => Math.round(Math.max(-1, Math.min(1, value)) * 32_767);
  for (let i = 0; i < left.length; i++) {
    wav.writeInt16LE(sample(left[i]!), headerBytes + i * 4);
    wav.writeInt16LE(sample(right[i]!), headerBytes + i * 4 + 2);
  }
  return wav;
};

/** The samples of a mono s16 WAV at 48 kHz, whatever chunks stand before them. */
export const fromMonoWav = (wav: Buffer): Signal => {
  const start = wav.indexOf('data', 12, 'latin1') + 8;
  const count = Math.floor((wav.length - start) / 2);
  return Float64Array.from({ length: count }, (_, i) => wav.readInt16LE(start + i * 2) / 32_768);
};
