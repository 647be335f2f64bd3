import { wavHeader } from '../kernel/wav.ts';

const bytesPerSample = 2;

/** A canonical WAV of mono 16-bit samples. */
export const wavOf = (pcm: Buffer, sample_rate: number): Buffer =>
  Buffer.concat([wavHeader(pcm.length, { rate: sample_rate, channels: 1 }), pcm]);

/** Of full scale; a voice's softest consonants are a hundred times louder. */
const silentBelow = 32;

/** Whether nothing can be heard in it. */
export const isSilent = (pcm: Buffer): boolean => {
  for (let at = 0; at + bytesPerSample <= pcm.length; at += bytesPerSample) {
    if (Math.abs(pcm.readInt16LE(at)) >= silentBelow) return false;
  }
  return true;
};
