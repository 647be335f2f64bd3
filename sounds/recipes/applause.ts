import type { Recipe } from './recipe.ts';
import { bandpass, highpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { frames, line, shape, strike } from './toolkit/signal.ts';
import type { Signal, Stereo } from './toolkit/signal.ts';
import { random, white } from './toolkit/sources.ts';
import type { Random } from './toolkit/sources.ts';

const length = 4;
const people = 70;

/** Two palms: a short burst whose colour depends on how the hands are cupped. */
const clap = (next: Random, colour: number): Signal =>
  shape(bandpass(white(0.045, next), colour, 1.1 + next()), strike(0.025 + 0.03 * next(), 0.0005));

const crowd = (next: Random): Stereo => {
  const left = new Float64Array(frames(length + 0.1));
  const right = new Float64Array(frames(length + 0.1));
  for (let person = 0; person < people; person++) {
    const colour = 750 + 1500 * next() ** 1.4;
    const angle = (next() * Math.PI) / 2;
    const level = 0.25 + 0.75 * next() ** 2;
    const every = 0.19 + 0.1 * next();
    // The first row claps at once, so that the pad answers when it is pressed.
    for (
      let at = person < 6 ? 0.004 * person : next() * 0.5;
      at < length - 0.1 - next() * 0.9;
      at += every * (0.9 + 0.2 * next())
    ) {
      const sound = clap(next, colour * (0.92 + 0.16 * next()));
      const offset = frames(at);
      const gain = level * (0.7 + 0.5 * next());
      for (let i = 0; i < sound.length; i++) {
        left[offset + i]! += sound[i]! * gain * Math.cos(angle);
        right[offset + i]! += sound[i]! * gain * Math.sin(angle);
      }
    }
  }
  return { left, right };
};

export const applause: Recipe = {
  folder: 'crowd',
  name: 'Applause',
  format: 'mp3',
  render: () => {
    const level = line([0, 0.8], [0.5, 1], [2.6, 1], [length, 0.25]);
    const claps = crowd(random(7));
    const hall = {
      left: shape(highpass(claps.left, 180), level),
      right: shape(highpass(claps.right, 180), level),
    };
    return inRoom(hall, { tail: 0.9, size: 0.7, damping: 0.35, wet: 0.3 });
  },
};
