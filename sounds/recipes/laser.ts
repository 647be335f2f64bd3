import type { Recipe } from './recipe.ts';
import { bell, highpass } from './toolkit/filters.ts';
import { echo } from './toolkit/room.ts';
import { drive, glide, mix, mixStereo, pan, shape, strike } from './toolkit/signal.ts';
import { fm, saw } from './toolkit/sources.ts';

/** A falling sweep with a metallic edge: a hammer on a long taut wire does the same. */
const pew = (top: number) => {
  const fall = glide([0, top], [0.05, top * 0.42], [0.16, top * 0.13], [0.3, top * 0.05]);
  const beam = mix(
    [fm(0.3, fall, 1.41, (t) => 2.4 * Math.exp(-t * 14)), 0, 0.8],
    [saw(0.3, (t) => fall(t) * 0.5), 0, 0.35],
  );
  return shape(highpass(bell(drive(beam, 1.8), 2200, 1, 4), 120), strike(0.42, 0.0008));
};

export const laser: Recipe = {
  folder: 'games',
  name: 'Laser',
  format: 'm4a',
  render: () => {
    const shots = mixStereo(
      [pan(pew(4200), -0.5)],
      [pan(pew(3900), 0.5), 0.17],
      [pan(pew(4500), 0), 0.34],
    );
    return echo(shots, 0.11, 0.28, 4);
  },
};
