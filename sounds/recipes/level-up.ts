import type { Recipe } from './recipe.ts';
import { crash } from './drums.ts';
import { lowpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { line, mixStereo, pan, semitones, shape } from './toolkit/signal.ts';
import type { PlacedStereo } from './toolkit/signal.ts';
import { random, saw, struck } from './toolkit/sources.ts';

/** Trumpets: the filter opens with the breath. */
const trumpet = (step: number, length: number, detune: number) => {
  const frequency = semitones(261.63, step) * detune;
  const vibrato = line([0, 0], [0.25, 0], [0.5, 0.006]);
  const pitch = (t: number) =>
    frequency * (1 - 0.02 * Math.exp(-t * 60) + vibrato(t) * Math.sin(2 * Math.PI * 5.6 * t));
  const breath = line([0, 0], [0.012, 1], [0.09, 0.82], [length - 0.05, 0.75], [length, 0]);
  return shape(
    lowpass(saw(length, pitch, detune % 1), (t) => 600 + frequency * 6 * breath(t), 0.9),
    breath,
  );
};

const chord = (steps: readonly number[], length: number, at: number): PlacedStereo[] =>
  steps.flatMap((step, i): PlacedStereo[] => [
    [pan(trumpet(step, length, 0.9975), -0.5 + i * 0.2), at, 0.3],
    [pan(trumpet(step, length, 1.0025), 0.5 - i * 0.2), at, 0.3],
  ]);

const sparkle = (step: number) =>
  struck(0.9, semitones(1046.5, step), [
    [1, 1, 0.8],
    [2.76, 0.3, 0.3],
    [5.4, 0.12, 0.12],
  ]);

export const levelUp: Recipe = {
  folder: 'games',
  name: 'Level up',
  format: 'ogg',
  render: () => {
    const fanfare = mixStereo(
      ...chord([0, 4, 7], 0.12, 0),
      ...chord([0, 4, 7], 0.12, 0.135),
      ...chord([0, 4, 7], 0.12, 0.27),
      ...chord([-4, 3, 8], 0.26, 0.405),
      ...chord([-2, 5, 10], 0.26, 0.675),
      ...chord([-12, 0, 4, 7, 12], 1.25, 0.945),
      [pan(crash(1.6, random(77)), 0.1), 0.945, 0.28],
      ...[0, 4, 7, 12, 16, 19, 24].map((step, i): PlacedStereo => [
        pan(sparkle(step), i * 0.2 - 0.6),
        0.98 + i * 0.07,
        0.1,
      ]),
    );
    return inRoom(fanfare, { tail: 0.9, size: 0.7, damping: 0.35, wet: 0.24 });
  },
};
