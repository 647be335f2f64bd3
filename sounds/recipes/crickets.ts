import type { Recipe } from './recipe.ts';
import { bandpass, lowpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { mix, mixStereo, pan, shape } from './toolkit/signal.ts';
import type { Placed, PlacedStereo, Signal } from './toolkit/signal.ts';
import { random, sine, white } from './toolkit/sources.ts';
import type { Random } from './toolkit/sources.ts';

const length = 4.2;

/** One stroke of the wing: some 35 teeth drawn over the scraper. */
const stroke = (frequency: number): Signal => {
  const seconds = 0.021;
  const swell = (t: number) => Math.sin((Math.PI * t) / seconds) ** 0.7;
  const ring = mix(
    [sine(seconds, (t) => frequency * (1.015 - t * 1.4))],
    [sine(seconds, frequency * 2.01), 0, 0.12],
  );
  return shape(ring, swell);
};

const cricket = (frequency: number, every: number, start: number, next: Random): Signal => {
  const strokes: Placed[] = [];
  for (let chirp = start; chirp < length - 0.2; chirp += every * (0.94 + 0.12 * next())) {
    const count = next() < 0.3 ? 4 : 3;
    for (let n = 0; n < count; n++) {
      strokes.push([
        stroke(frequency * (0.997 + 0.006 * next())),
        chirp + n * 0.036,
        0.65 + n * 0.12,
      ]);
    }
  }
  return mix(...strokes);
};

export const crickets: Recipe = {
  folder: 'nature',
  name: 'Crickets',
  format: 'opus',
  render: () => {
    const next = random(12);
    const field: PlacedStereo[] = [
      [pan(cricket(4250, 0.5, 0, next), -0.45)],
      [pan(cricket(4610, 0.43, 0.21, next), 0.6), 0, 0.5],
      [pan(cricket(3980, 0.61, 0.35, next), 0.1), 0, 0.3],
      [pan(cricket(4480, 0.37, 0.12, next), -0.85), 0, 0.2],
    ];
    const night = mix(
      [lowpass(white(length, next), 500), 0, 0.02],
      [bandpass(white(length, next), 5200, 2), 0, 0.012],
    );
    return inRoom(mixStereo(...field, [pan(night, 0)]), {
      tail: 0.4,
      size: 0.75,
      damping: 0.2,
      wet: 0.14,
    });
  },
};
