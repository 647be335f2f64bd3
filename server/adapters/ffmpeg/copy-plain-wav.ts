import { open, writeFile } from 'node:fs/promises';
import { canonicalHeader } from './canonical-wav.ts';
import { readPlainWav } from './plain-wav.ts';

/** Longer ones are worth a process of their own, beside the one that answers people. */
const copiedDurationMsMax = 30_000;

/** Mono is copied to both sides at full level. */
const toStereo = (mono: Buffer): Buffer => {
  const stereo = Buffer.allocUnsafe(mono.length * 2);
  for (let at = 0; at + 1 < mono.length; at += 2) {
    const sample = mono.readUInt16LE(at);
    stereo.writeUInt16LE(sample, 2 * at);
    stereo.writeUInt16LE(sample, 2 * at + 2);
  }
  return stereo;
};

/** Writes a short 48 kHz s16 WAV as a canonical one; false for all others, which ffmpeg decodes. */
export const copyPlainWav = async (
  path: string,
  outPath: string,
  durationMsMax: number,
): Promise<boolean> => {
  const wav = await readPlainWav(path);
  if (!wav || wav.truncated || wav.bits !== 16 || wav.sample_rate !== 48_000) return false;
  if (wav.channels > 2 || wav.duration_ms > Math.min(copiedDurationMsMax, durationMsMax)) {
    return false;
  }
  const frameBytes = 2 * wav.channels;
  const sound = Buffer.alloc(wav.dataBytes - (wav.dataBytes % frameBytes));
  await using file = await open(path, 'r');
  const { bytesRead } = await file.read(sound, 0, sound.length, wav.dataOffset);
  // It has changed since: whoever asked will see that too.
  if (bytesRead < sound.length) return false;
  const stereo = wav.channels === 1 ? toStereo(sound) : sound;
  await writeFile(outPath, Buffer.concat([canonicalHeader(stereo.length), stereo]));
  return true;
};
