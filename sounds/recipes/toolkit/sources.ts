import { at, frames, render, sampleRate, strike } from './signal.ts';
import type { Curve, Signal } from './signal.ts';

export type Random = () => number;

/** mulberry32: the same sound on every machine, each recipe with its own seed. */
export const random = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const white = (seconds: number, next: Random): Signal =>
  render(seconds, () => next() * 2 - 1);

/** −6 dB an octave, leaky so that it stays centred. */
export const brown = (seconds: number, next: Random): Signal => {
  let value = 0;
  return render(seconds, () => (value = value * 0.998 + (next() * 2 - 1) * 0.06));
};

const oscillator =
  (wave: (phase: number, step: number) => number) =>
  (seconds: number, frequency: Curve, startPhase = 0): Signal => {
    let phase = startPhase;
    return render(seconds, (t) => {
      const step = at(frequency, t) / sampleRate;
      const value = wave(phase, step);
      phase = (phase + step) % 1;
      return value;
    });
  };

/** Rounds the corner of a jump over two samples, which keeps aliasing down (polyBLEP). */
const corner = (phase: number, step: number): number => {
  if (phase < step) return 2 * (phase / step) - (phase / step) ** 2 - 1;
  if (phase > 1 - step) return ((phase - 1) / step) ** 2 + 2 * ((phase - 1) / step) + 1;
  return 0;
};

export const sine = oscillator((phase) => Math.sin(2 * Math.PI * phase));
export const saw = oscillator((phase, step) => 2 * phase - 1 - corner(phase, step));
export const triangle = oscillator((phase) => 1 - 4 * Math.abs(((phase + 0.25) % 1) - 0.5));
export const pulse = (width: number) =>
  oscillator(
    (phase, step) =>
      (phase < width ? 1 : -1) + corner(phase, step) - corner((phase + 1 - width) % 1, step),
  );
export const square = pulse(0.5);

export type Partial = readonly [ratio: number, gain: number, decay: number];

/** Struck metal, wood or glass: each partial rings and dies on its own. */
export const struck = (
  seconds: number,
  frequency: number,
  partials: readonly Partial[],
  attack = 0.0008,
): Signal => {
  const sum = new Float64Array(frames(seconds));
  for (const [index, [ratio, gain, decay]] of partials.entries()) {
    if (frequency * ratio > 20_000) continue;
    const ring = strike(decay, attack);
    const turn = (2 * Math.PI * frequency * ratio) / sampleRate;
    for (let i = 0; i < sum.length; i++) {
      sum[i]! += gain * Math.sin(turn * i + index * 0.7) * ring(i / sampleRate);
    }
  }
  return sum;
};

/** A tone whose phase is bent by another: bells, brass, spaceships. */
export const fm = (seconds: number, carrier: Curve, ratio: number, depth: Curve): Signal => {
  let phase = 0;
  let modulator = 0;
  return render(seconds, (t) => {
    const step = at(carrier, t) / sampleRate;
    phase += step;
    modulator += step * ratio;
    return Math.sin(2 * Math.PI * phase + at(depth, t) * Math.sin(2 * Math.PI * modulator));
  });
};
