import type { Recipe } from './recipe.ts';
import { inRoom } from './toolkit/room.ts';
import { mixStereo, pan } from './toolkit/signal.ts';
import { struck } from './toolkit/sources.ts';
import type { Partial } from './toolkit/sources.ts';

const glockenspiel: readonly Partial[] = [
  [1, 1, 1.5],
  [1.002, 0.5, 1.3],
  [2.76, 0.38, 0.55],
  [5.4, 0.16, 0.22],
  [8.9, 0.07, 0.09],
];

export const correctAnswer: Recipe = {
  folder: 'quiz',
  name: 'Correct answer',
  format: 'ogg',
  render: () => {
    const low = struck(1.6, 1046.5, glockenspiel);
    const high = struck(1.6, 1568, glockenspiel);
    const bells = mixStereo([pan(low, -0.25)], [pan(high, 0.25), 0.13, 0.95]);
    return inRoom(bells, { tail: 0.6, size: 0.5, damping: 0.3, wet: 0.2 });
  },
};
