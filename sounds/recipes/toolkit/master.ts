import { highpass, highShelf, lowpass } from './filters.ts';
import { bothSides, frames, sampleRate, shape } from './signal.ts';
import type { Signal, Stereo } from './signal.ts';

/** Shipped sounds stand at one perceived loudness, so that no pad jumps at you. */
export const targetLufs = -17;
/** Leaves room for what lossy encoders add on top. */
const ceilingDb = -3;
/** Encoders drop what is above anyway, and a real room swallows it; levels then agree in every format. */
const airHertz = 15_500;
const rumbleHertz = 30;
const tailFloor = 0.0012;
const fadeOut = 0.03;
const fadeIn = 0.0004;

const amplitude = (db: number): number => 10 ** (db / 20);

/** Integrated loudness after ITU-R BS.1770-4 with both gates. */
export const loudnessOf = (stereo: Stereo): number => {
  const weighted = bothSides(stereo, (signal) => highpass(highShelf(signal, 1500, 4), 38, 0.5));
  const block = frames(0.4);
  const hop = frames(0.1);
  const length = stereo.left.length;
  const powers: number[] = [];
  for (let start = 0; start + block <= Math.max(length, block); start += hop) {
    let sum = 0;
    for (let i = start; i < Math.min(start + block, length); i++) {
      sum += weighted.left[i]! ** 2 + weighted.right[i]! ** 2;
    }
    powers.push(sum / block);
  }
  const lufs = (power: number) => -0.691 + 10 * Math.log10(power);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const loud = powers.filter((power) => lufs(power) > -70);
  if (loud.length === 0) return -Infinity;
  const gate = lufs(mean(loud)) - 10;
  return lufs(mean(loud.filter((power) => lufs(power) > gate)));
};

/** Looks 3 ms ahead and lets go over 80 ms, both sides together. */
const limit = ({ left, right }: Stereo, ceiling: number): Stereo => {
  const ahead = frames(0.003);
  const release = Math.exp(-1 / frames(0.08));
  const wanted = left.map((value, i) =>
    Math.min(1, ceiling / Math.max(Math.abs(value), Math.abs(right[i]!), 1e-9)),
  );
  const held = wanted.map((_, i) => {
    let least = 1;
    for (let k = i; k < Math.min(i + ahead, wanted.length); k++)
      least = Math.min(least, wanted[k]!);
    return least;
  });
  const smooth = new Float64Array(held.length);
  // The average starts from the first value, so that an attack at once is held down as well.
  const start = held[0] ?? 1;
  let released = start;
  let sum = 0;
  for (let i = 0; i < held.length; i++) {
    released = Math.min(held[i]!, 1 - (1 - released) * release);
    sum += released - (i >= ahead ? smooth[i - ahead]! : start);
    smooth[i] = released;
    held[i] = start + sum / ahead;
  }
  return {
    left: left.map((value, i) => value * held[i]!),
    right: right.map((value, i) => value * held[i]!),
  };
};

const trimmed = ({ left, right }: Stereo): Stereo => {
  let top = 0;
  for (let i = 0; i < left.length; i++)
    top = Math.max(top, Math.abs(left[i]!), Math.abs(right[i]!));
  const audible = (floor: number) => (i: number) =>
    Math.max(Math.abs(left[i]!), Math.abs(right[i]!)) > top * floor;
  const indices = Array.from(left.keys());
  const start = indices.find(audible(0.004)) ?? 0;
  const end = indices.findLast(audible(tailFloor)) ?? left.length - 1;
  const cut = (signal: Signal) =>
    signal.slice(start, Math.min(signal.length, end + frames(fadeOut)));
  return { left: cut(left), right: cut(right) };
};

const faded = (signal: Signal): Signal => {
  const length = signal.length / sampleRate;
  return shape(
    signal,
    (t) => Math.min(1, t / fadeIn) * Math.sin((Math.PI / 2) * Math.min(1, (length - t) / fadeOut)),
  );
};

/** Rumble out, silence off both ends, to the target loudness under the ceiling. */
export const master = (stereo: Stereo): Stereo => {
  const band = (signal: Signal) =>
    lowpass(lowpass(highpass(signal, rumbleHertz), airHertz), airHertz);
  const clean = bothSides(trimmed(bothSides(stereo, band)), faded);
  let gainDb = targetLufs - loudnessOf(clean);
  let result = clean;
  for (let round = 0; round < 6; round++) {
    result = limit(
      bothSides(clean, (signal) => shape(signal, amplitude(gainDb))),
      amplitude(ceilingDb),
    );
    const off = targetLufs - loudnessOf(result);
    if (Math.abs(off) < 0.1) break;
    gainDb += off;
  }
  return result;
};
