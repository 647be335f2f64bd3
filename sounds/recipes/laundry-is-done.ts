import type { Recipe } from './recipe.ts';
import { bell, highpass, lowpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { centre, mixStereo, pan, shape } from './toolkit/signal.ts';
import type { PlacedStereo } from './toolkit/signal.ts';
import { struck } from './toolkit/sources.ts';
import type { Partial } from './toolkit/sources.ts';

const marimba: readonly Partial[] = [
  [1, 1, 0.9],
  [3.93, 0.22, 0.25],
  [9.6, 0.08, 0.08],
];
const tune = [523.3, 659.3, 784, 1046.5];

export const laundryIsDone: Recipe = {
  folder: 'house',
  name: 'Laundry is done',
  format: 'opus',
  render: (speak) => {
    const chime = tune.map((frequency, i): PlacedStereo => [
      pan(struck(1, frequency, marimba, 0.001), i * 0.3 - 0.45),
      i * 0.13,
      0.4,
    ]);
    const voice = bell(lowpass(highpass(speak('The laundry is done.'), 110), 9000), 3200, 1, 3);
    return inRoom(mixStereo(...chime, [centre(shape(voice, 1.25)), 0.72]), {
      tail: 0.5,
      size: 0.4,
      damping: 0.5,
      wet: 0.13,
    });
  },
};
