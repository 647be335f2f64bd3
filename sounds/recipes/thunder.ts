import type { Recipe } from './recipe.ts';
import { bandpass, highpass, lowpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { drive, mix, mixStereo, pan, shape, strike } from './toolkit/signal.ts';
import type { Placed, Signal } from './toolkit/signal.ts';
import { brown, random, white } from './toolkit/sources.ts';
import type { Random } from './toolkit/sources.ts';

/** The near part of the bolt: a tearing row of snaps. */
const crack = (next: Random): Signal => {
  const snaps: Placed[] = [];
  for (let at = 0; at < 0.5; at += 0.006 + 0.03 * next()) {
    const snap = shape(
      bandpass(white(0.09, next), 500 + 3200 * next(), 0.6),
      strike(0.03 + 0.06 * next(), 0.0003),
    );
    snaps.push([snap, at, (0.5 + next()) * Math.exp(-at * 4.5)]);
  }
  const first = shape(highpass(white(0.25, next), 300), strike(0.2, 0.0004));
  return drive(mix([first, 0, 1.3], ...snaps), 1.5);
};

/** The far parts arrive one by one, ever darker. */
const rumble = (next: Random, seconds: number): Signal => {
  const rolls: Placed[] = [];
  for (let at = 0; at < seconds * 0.7; at += 0.1 + 0.32 * next()) {
    const length = 0.6 + 1.2 * next();
    const roll = lowpass(brown(length, next), 420 * Math.exp(-at * 0.45) + 110, 0.8);
    rolls.push([
      shape(roll, strike(length * 1.1, 0.03)),
      at,
      (0.5 + next()) * Math.exp(-at * 0.55),
    ]);
  }
  return drive(mix(...rolls), 1.6);
};

export const thunder: Recipe = {
  folder: 'nature',
  name: 'Thunder',
  format: 'mp3',
  render: () => {
    const next = random(99);
    const storm = mixStereo(
      [pan(crack(next), -0.3), 0, 0.9],
      [pan(crack(next), 0.4), 0.016, 0.6],
      [pan(rumble(next, 4.4), -0.6), 0.03, 1.5],
      [pan(rumble(next, 4.4), 0.6), 0.06, 1.5],
    );
    return inRoom(storm, { tail: 0.8, size: 0.9, damping: 0.7, wet: 0.25 });
  },
};
