import type { Recipe } from './recipe.ts';
import { inRoom } from './toolkit/room.ts';
import { mix, mixStereo, pan, shape, strike } from './toolkit/signal.ts';
import { random, struck, white } from './toolkit/sources.ts';
import type { Partial } from './toolkit/sources.ts';
import { bandpass } from './toolkit/filters.ts';

/** A steel bar over a resonator, struck by a felt plunger; the twin partials beat slowly. */
const bar: readonly Partial[] = [
  [1, 1, 2.4],
  [1.0016, 0.5, 2.1],
  [2.0, 0.1, 1.1],
  [2.756, 0.3, 0.8],
  [5.404, 0.13, 0.3],
  [8.93, 0.05, 0.12],
];

const chime = (frequency: number, seed: number) =>
  mix(
    [struck(2.2, frequency, bar, 0.0012)],
    [shape(bandpass(white(0.03, random(seed)), 1800, 0.9), strike(0.02, 0.0003)), 0, 0.5],
  );

export const doorbell: Recipe = {
  folder: 'house',
  name: 'Doorbell',
  format: 'm4a',
  render: () => {
    const dingDong = mixStereo(
      [pan(chime(659.3, 1), -0.2)],
      [pan(chime(523.3, 2), 0.2), 0.55, 1.05],
    );
    return inRoom(dingDong, { tail: 0.6, size: 0.5, damping: 0.5, wet: 0.2 });
  },
};
