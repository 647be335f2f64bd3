import { at, sampleRate } from './signal.ts';
import type { Curve, Signal } from './signal.ts';

type Coefficients = readonly [b0: number, b1: number, b2: number, a1: number, a2: number];

/** How often a moving filter is worked out anew, in samples. */
const control = 16;

/** Second-order filter after Robert Bristow-Johnson's audio EQ cookbook. */
const biquad = (signal: Signal, frequency: Curve, design: (w: number) => Coefficients): Signal => {
  let [b0, b1, b2, a1, a2]: Coefficients = [1, 0, 0, 0, 0];
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  return signal.map((x, i) => {
    if (i === 0 || (typeof frequency !== 'number' && i % control === 0)) {
      const hertz = Math.min(at(frequency, i / sampleRate), sampleRate * 0.45);
      [b0, b1, b2, a1, a2] = design((2 * Math.PI * hertz) / sampleRate);
    }
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    return y;
  });
};

export const lowpass = (signal: Signal, frequency: Curve, q = Math.SQRT1_2): Signal =>
  biquad(signal, frequency, (w) => {
    const alpha = Math.sin(w) / (2 * q);
    const a0 = 1 + alpha;
    const c = 1 - Math.cos(w);
    return [c / 2 / a0, c / a0, c / 2 / a0, (-2 * Math.cos(w)) / a0, (1 - alpha) / a0];
  });

export const highpass = (signal: Signal, frequency: Curve, q = Math.SQRT1_2): Signal =>
  biquad(signal, frequency, (w) => {
    const alpha = Math.sin(w) / (2 * q);
    const a0 = 1 + alpha;
    const c = 1 + Math.cos(w);
    return [c / 2 / a0, -c / a0, c / 2 / a0, (-2 * Math.cos(w)) / a0, (1 - alpha) / a0];
  });

/** 0 dB at the centre. */
export const bandpass = (signal: Signal, frequency: Curve, q: number): Signal =>
  biquad(signal, frequency, (w) => {
    const alpha = Math.sin(w) / (2 * q);
    const a0 = 1 + alpha;
    return [alpha / a0, 0, -alpha / a0, (-2 * Math.cos(w)) / a0, (1 - alpha) / a0];
  });

/** Lifts or cuts around a frequency: a formant, a horn's resonance. */
export const bell = (signal: Signal, frequency: Curve, q: number, gainDb: number): Signal =>
  biquad(signal, frequency, (w) => {
    const amplitude = 10 ** (gainDb / 40);
    const alpha = Math.sin(w) / (2 * q);
    const a0 = 1 + alpha / amplitude;
    return [
      (1 + alpha * amplitude) / a0,
      (-2 * Math.cos(w)) / a0,
      (1 - alpha * amplitude) / a0,
      (-2 * Math.cos(w)) / a0,
      (1 - alpha / amplitude) / a0,
    ];
  });

/** Everything above is lifted or cut. */
export const highShelf = (signal: Signal, frequency: number, gainDb: number): Signal =>
  biquad(signal, frequency, (w) => {
    const a = 10 ** (gainDb / 40);
    const cos = Math.cos(w);
    const root = 2 * Math.sqrt(a) * (Math.sin(w) / Math.SQRT2);
    const a0 = a + 1 - (a - 1) * cos + root;
    return [
      (a * (a + 1 + (a - 1) * cos + root)) / a0,
      (-2 * a * (a - 1 + (a + 1) * cos)) / a0,
      (a * (a + 1 + (a - 1) * cos - root)) / a0,
      (2 * (a - 1 - (a + 1) * cos)) / a0,
      (a + 1 - (a - 1) * cos - root) / a0,
    ];
  });
