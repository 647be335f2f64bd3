import type { Recipe } from './recipe.ts';
import { lowpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { centre, mix, shape, strike } from './toolkit/signal.ts';
import { sine, square } from './toolkit/sources.ts';

const chip = (seconds: number, frequency: number, decay: number) =>
  shape(
    mix(
      [lowpass(square(seconds, frequency), 9000), 0, 0.6],
      [sine(seconds, frequency * 2), 0, 0.25],
    ),
    strike(decay, 0.0015),
  );

export const coin: Recipe = {
  folder: 'games',
  name: 'Coin',
  format: 'wav',
  render: () => {
    const tune = mix([chip(0.078, 1046.5, 0.5)], [chip(0.75, 1396.9, 0.95), 0.078]);
    return inRoom(centre(tune), { tail: 0.12, size: 0.25, damping: 0.3, wet: 0.1 });
  },
};
