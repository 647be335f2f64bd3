import type { Recipe } from './recipe.ts';
import { bell, lowpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { centre, drive, glide, line, mix, mixStereo, shape } from './toolkit/signal.ts';
import { random, saw, white } from './toolkit/sources.ts';

/** Brass gets brighter as it gets louder; the plunger over the bell opens and closes: wah. */
const wah = (length: number, frequency: number, wobble: number, fall: number) => {
  const slide = glide(
    [0, frequency * 0.955],
    [0.07, frequency],
    [length * 0.55, frequency],
    [length, frequency * fall],
  );
  const depth = line([0, 0], [0.25, wobble], [length, wobble * 1.6]);
  const pitch = (t: number) => slide(t) * (1 + depth(t) * Math.sin(2 * Math.PI * 5.4 * t));
  const lips = mix(
    [saw(length, pitch), 0, 0.6],
    [saw(length, (t) => pitch(t) * 1.003, 0.4), 0, 0.4],
    [shape(white(length, random(5)), 0.025)],
  );
  const level = line(
    [0, 0],
    [0.02, 0.6],
    [0.09, 1],
    [length * 0.7, 0.8],
    [length - 0.02, 0.12],
    [length, 0],
  );
  const opening = line([0, 420], [0.11, 1900], [length * 0.5, 1350], [length, 420]);
  const wobbling = (t: number) => opening(t) * (1 + 9 * depth(t) * Math.sin(2 * Math.PI * 5.4 * t));
  const tube = lowpass(drive(lips, 1.6), wobbling, 1.6);
  return shape(bell(bell(tube, 520, 1.5, 4), 1150, 2.5, 6), level);
};

export const sadTrombone: Recipe = {
  folder: 'memes',
  name: 'Sad trombone',
  format: 'mp3',
  render: () => {
    const tune = mixStereo(
      [centre(wah(0.42, 293.7, 0.004, 0.99))],
      [centre(wah(0.42, 277.2, 0.004, 0.99)), 0.45],
      [centre(wah(0.42, 261.6, 0.004, 0.99)), 0.9],
      [centre(wah(1.7, 246.9, 0.016, 0.92)), 1.35],
    );
    return inRoom(tune, { tail: 0.8, size: 0.6, damping: 0.5, wet: 0.22 });
  },
};
