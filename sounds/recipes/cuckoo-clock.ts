import type { Recipe } from './recipe.ts';
import { bandpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { centre, glide, line, mix, mixStereo, pan, shape } from './toolkit/signal.ts';
import { random, sine, struck, white } from './toolkit/sources.ts';

/** A wooden pipe on a little bellows: the pitch sags as the air runs out. */
const pipe = (frequency: number, length: number, seed: number) => {
  const pitch = glide(
    [0, frequency * 0.97],
    [0.03, frequency],
    [length * 0.6, frequency],
    [length, frequency * 0.975],
  );
  const tone = mix(
    [sine(length, pitch)],
    [sine(length, (t) => pitch(t) * 2), 0, 0.16],
    [sine(length, (t) => pitch(t) * 3), 0, 0.2],
    [bandpass(white(length, random(seed)), pitch, 4), 0, 0.55],
    [bandpass(white(length, random(seed + 50)), 4200, 0.8), 0, 0.06],
  );
  return shape(tone, line([0, 0], [0.014, 1], [length * 0.7, 0.85], [length, 0]));
};

const gong = () =>
  struck(1.6, 523, [
    [1, 0.5, 1.4],
    [1.51, 0.3, 1],
    [2.3, 0.4, 0.9],
    [3.7, 0.25, 0.5],
    [5.2, 0.16, 0.3],
  ]);

const call = (seed: number) =>
  mixStereo(
    [centre(pipe(698.5, 0.2, seed))],
    [centre(pipe(554.4, 0.34, seed + 1)), 0.27],
    [pan(gong(), 0.35), 0.7, 0.28],
  );

export const cuckooClock: Recipe = {
  folder: 'house',
  name: 'Cuckoo clock',
  format: 'opus',
  render: () =>
    inRoom(mixStereo([call(30)], [call(60), 1.25]), {
      tail: 0.5,
      size: 0.4,
      damping: 0.5,
      wet: 0.2,
    }),
};
