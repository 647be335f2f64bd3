/** A small kit that several recipes share. */
import { bandpass, bell, highpass, lowpass } from './toolkit/filters.ts';
import { drive, glide, mix, shape, strike } from './toolkit/signal.ts';
import type { Signal } from './toolkit/signal.ts';
import { sine, square, white } from './toolkit/sources.ts';
import type { Random } from './toolkit/sources.ts';

export const snare = (next: Random, hardness = 1): Signal => {
  const head = mix(
    [shape(sine(0.3, glide([0, 260], [0.03, 190])), strike(0.22)), 0, 0.7],
    [shape(sine(0.3, 331), strike(0.14)), 0, 0.4],
  );
  const wires = shape(highpass(white(0.35, next), 1400), strike(0.26 * hardness + 0.08));
  const stick = shape(bandpass(white(0.02, next), 3600, 0.8), strike(0.012, 0.0002));
  return drive(mix([head], [bell(wires, 4200, 1, 5), 0, 0.6], [stick, 0, 1.1 * hardness]), 1.4);
};

export const tom = (frequency: number, next: Random): Signal =>
  drive(
    mix(
      [
        shape(
          sine(0.8, glide([0, frequency * 1.7], [0.06, frequency * 1.06], [0.5, frequency])),
          strike(0.75),
        ),
      ],
      [shape(sine(0.5, frequency * 1.59), strike(0.3)), 0, 0.35],
      [shape(lowpass(white(0.05, next), 3000), strike(0.03, 0.0002)), 0, 0.8],
    ),
    1.6,
  );

export const kick = (next: Random): Signal =>
  drive(
    mix(
      [shape(sine(0.4, glide([0, 190], [0.045, 62], [0.3, 48])), strike(0.42))],
      [shape(lowpass(white(0.02, next), 5000), strike(0.012, 0.0002)), 0, 0.7],
    ),
    2,
  );

/** Six squares in no harmony at all, and noise: bronze. */
const bronze = (seconds: number, next: Random, base: number): Signal => {
  const clang = mix(
    ...[1, 1.342, 1.2312, 1.6532, 1.9523, 2.1523].map(
      (ratio, i) => [square(seconds, base * ratio, i * 0.17), 0, 0.16] as const,
    ),
  );
  return mix([highpass(clang, 5200), 0, 0.8], [highpass(white(seconds, next), 3800), 0, 0.75]);
};

export const crash = (seconds: number, next: Random, base = 540): Signal => {
  const metal = bronze(seconds, next, base);
  const bright = shape(
    metal,
    (t) => 0.75 * strike(seconds * 0.55, 0.001)(t) + 0.35 * strike(seconds * 1.5, 0.02)(t),
  );
  const darker = shape(bandpass(metal, 4300, 0.7), strike(seconds * 1.1, 0.004));
  const hit = shape(white(0.03, next), strike(0.02, 0.0002));
  return bell(mix([bright], [darker, 0, 0.6], [hit, 0, 0.6]), 8500, 0.7, 3);
};
