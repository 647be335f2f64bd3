import type { Recipe } from './recipe.ts';
import { bell, highpass, lowpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { centre, drive, glide, hold, line, mix, mixStereo, shape } from './toolkit/signal.ts';
import { pulse, random, saw, white } from './toolkit/sources.ts';

/** A toothed wheel plucks a steel diaphragm: the motor runs up, holds, and runs down. */
const ahooga = () => {
  const length = 1.15;
  const speed = glide([0, 150], [0.12, 235], [0.24, 240], [0.36, 415], [0.78, 425], [1.15, 150]);
  const flutter = (t: number) => speed(t) * (1 + 0.006 * Math.sin(2 * Math.PI * 31 * t));
  const teeth = mix(
    [pulse(0.18)(length, flutter), 0, 0.7],
    [saw(length, (t) => flutter(t) * 1.004), 0, 0.5],
  );
  const scrape = shape(white(length, random(21)), 0.07);
  const plate = drive(mix([teeth], [scrape]), 2.6);
  const horn = bell(bell(bell(plate, 620, 2, 7), 1350, 3, 9), 2900, 3, 6);
  const level = line([0, 0], [0.006, 0.75], [0.2, 0.62], [0.34, 1], [0.8, 0.95], [1.15, 0]);
  return shape(shape(lowpass(highpass(horn, 170), 6500), level), hold(length, 0.002, 0.05));
};

export const submarineKlaxon: Recipe = {
  folder: 'alerts',
  name: 'Submarine klaxon',
  format: 'ogg',
  render: () =>
    inRoom(mixStereo([centre(ahooga())], [centre(ahooga()), 1.25]), {
      tail: 0.9,
      size: 0.62,
      damping: 0.25,
      wet: 0.3,
    }),
};
