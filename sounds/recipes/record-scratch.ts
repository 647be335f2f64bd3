import type { Recipe } from './recipe.ts';
import { bandpass, bell, highpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { centre, drive, frames, mix, render, sampleRate, shape } from './toolkit/signal.ts';
import type { Signal } from './toolkit/signal.ts';
import { random, saw, white } from './toolkit/sources.ts';

/** Something to scratch: a vowel with breath, as on every battle record. */
const groove = (): Signal => {
  const voice = drive(
    mix([saw(1, 175), 0, 0.5], [saw(1, 262, 0.3), 0, 0.4], [white(1, random(8)), 0, 0.16]),
    1.5,
  );
  return bell(bell(voice, 900, 2, 8), 2400, 2, 8);
};

/** Where the hand turns around: seconds, and the needle's place in the groove. */
const turns = [
  [0, 0.1],
  [0.085, 0.4],
  [0.17, 0.1],
  [0.265, 0.5],
  [0.355, 0.08],
  [0.44, 0.38],
  [0.5, 0.34],
  [0.78, 0.98],
] as const;

/** A hand speeds up and slows down between its turns, and the pitch sweeps with it. */
const hand = (t: number): number => {
  const next = turns.findIndex(([time]) => time > t);
  if (next <= 0) return turns.at(next)![1];
  const [t0, from] = turns[next - 1]!;
  const [t1, to] = turns[next]!;
  return from + (to - from) * (0.5 - 0.5 * Math.cos((Math.PI * (t - t0)) / (t1 - t0)));
};

const played = (source: Signal): Signal =>
  render(0.8, (t) => {
    const place = hand(t) * sampleRate;
    const index = Math.min(frames(1) - 2, Math.floor(place));
    const rest = place - Math.floor(place);
    return source[index]! * (1 - rest) + source[index + 1]! * rest;
  });

export const recordScratch: Recipe = {
  folder: 'memes',
  name: 'Record scratch',
  format: 'flac',
  render: () => {
    const speed = (t: number) => Math.abs(hand(t + 0.002) - hand(t - 0.002)) / 0.004;
    const needle = (t: number) => Math.min(1, speed(t) / 1.6);
    const sound = shape(played(groove()), needle);
    const rub = shape(
      bandpass(white(0.8, random(9)), (t) => 500 + 900 * speed(t), 1.1),
      needle,
    );
    const record = highpass(mix([sound], [rub, 0, 1.1]), 160);
    return inRoom(centre(drive(record, 1.3)), { tail: 0.4, size: 0.35, damping: 0.5, wet: 0.12 });
  },
};
