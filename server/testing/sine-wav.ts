import { wavHeader } from '../kernel/wav.ts';

const rate = 48_000;
const amplitude = 8000;

/** A 48 kHz mono WAV of a sine, written without any tool. */
export const sineWav = (hz: number, ms: number): Buffer => {
  const frames = Math.round((rate / 1000) * ms);
  const data = Buffer.alloc(frames * 2);
  for (let frame = 0; frame < frames; frame++) {
    const sample = Math.round(amplitude * Math.sin((2 * Math.PI * hz * frame) / rate));
    data.writeInt16LE(sample, frame * 2);
  }
  return Buffer.concat([wavHeader(data.length, { rate, channels: 1 }), data]);
};
