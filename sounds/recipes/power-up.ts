import type { Recipe } from './recipe.ts';
import { lowpass } from './toolkit/filters.ts';
import { echo, inRoom } from './toolkit/room.ts';
import { hold, mix, mixStereo, pan, semitones, shape } from './toolkit/signal.ts';
import type { PlacedStereo } from './toolkit/signal.ts';
import { pulse, triangle } from './toolkit/sources.ts';

const noteLength = 0.058;
/** Three climbing chords, each a whole tone above the last. */
const steps = [0, 4, 7, 12, 16, 2, 6, 9, 14, 18, 4, 8, 11, 16, 20, 24];

const note = (step: number) => {
  const frequency = semitones(392, step);
  const length = step === 24 ? 0.35 : noteLength;
  const tone = mix(
    [pulse(0.25)(length, frequency), 0, 0.5],
    [triangle(length, frequency / 2), 0, 0.5],
  );
  return shape(lowpass(tone, 7000), hold(length, 0.002, step === 24 ? 0.25 : 0.012));
};

export const powerUp: Recipe = {
  folder: 'games',
  name: 'Power-up',
  format: 'flac',
  render: () => {
    const run = steps.map((step, i): PlacedStereo => [
      pan(note(step), (i % 2) * 0.5 - 0.25),
      i * noteLength,
    ]);
    return inRoom(echo(mixStereo(...run), 0.116, 0.3, 3), {
      tail: 0.3,
      size: 0.3,
      damping: 0.3,
      wet: 0.1,
    });
  },
};
