import type { Recipe } from './recipe.ts';
import { bandpass, lowpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { mix, mixStereo, pan, shape, strike } from './toolkit/signal.ts';
import type { Signal } from './toolkit/signal.ts';
import { random, struck, white } from './toolkit/sources.ts';
import type { Partial, Random } from './toolkit/sources.ts';

const length = 5;

/** A plate's modes crowd together upwards; each is split in two that beat. */
const modes = (next: Random): Partial[] =>
  Array.from({ length: 46 }, (_, i): Partial => {
    const ratio = 1 + 0.42 * i + 0.014 * i * i + 0.16 * next();
    return [ratio, (0.4 + 0.6 * next()) / (1 + i * 0.13), 7.5 / (1 + i * 0.1)];
  });

/** The shimmer comes after the blow: energy climbs from the low modes to the high ones. */
const bloom = (next: Random): Signal => {
  const hiss = mix(
    [bandpass(white(length, next), 2600, 0.9), 0, 0.5],
    [bandpass(white(length, next), 4700, 1.2), 0, 0.3],
  );
  return shape(hiss, (t) => (1 - Math.exp(-t * 5)) * Math.exp(-t * 1.5));
};

const plate = (next: Random): Signal => {
  const ring = struck(length, 86, modes(next), 0.004);
  const late = shape(struck(length, 211, modes(next), 0.004), (t) => 1 - Math.exp(-t * 7));
  const mallet = shape(lowpass(white(0.1, next), 700), strike(0.09, 0.0008));
  return mix([ring, 0, 0.5], [late, 0, 0.26], [bloom(next), 0, 0.55], [mallet, 0, 1.6]);
};

export const gong: Recipe = {
  folder: 'music',
  name: 'Gong',
  format: 'ogg',
  render: () => {
    const next = random(64);
    const both = mixStereo([pan(plate(next), -0.45)], [pan(plate(next), 0.45)]);
    return inRoom(both, { tail: 0.7, size: 0.8, damping: 0.4, wet: 0.2 });
  },
};
