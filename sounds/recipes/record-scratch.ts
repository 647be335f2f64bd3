import type { Recipe } from './recipe.ts';
import { bandpass, bell, highpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { centre, drive, frames, line, mix, render, sampleRate, shape } from './toolkit/signal.ts';
import type { Signal } from './toolkit/signal.ts';
import { random, saw, white } from './toolkit/sources.ts';

/** Something to scratch: a vowel with breath, as on every battle record. */
const groove = (): Signal => {
  const voice = drive(mix([saw(1, 175), 0, 0.5], [saw(1, 262, 0.3), 0, 0.4], [white(1, random(8)), 0, 0.5]), 1.5);
  return bell(bell(voice, 900, 2, 8), 2400, 2, 8);
};

/** The needle's place in the groove, in seconds, as the hand moves the record. */
const hand = line(
  [0, 0.1], [0.075, 0.42], [0.09, 0.42], [0.16, 0.12], [0.175, 0.12], [0.24, 0.5],
  [0.26, 0.5], [0.34, 0.08], [0.36, 0.08], [0.43, 0.36], [0.47, 0.36], [0.62, 0.92], [0.78, 0.99],
); // prettier-ignore

const played = (source: Signal): Signal =>
  render(0.8, (t) => {
    const place = hand(t) * sampleRate;
    const index = Math.min(frames(0.99), Math.floor(place));
    const rest = place - Math.floor(place);
    return source[index]! * (1 - rest) + source[index + 1]! * rest;
  });

export const recordScratch: Recipe = {
  folder: 'memes',
  name: 'Record scratch',
  format: 'flac',
  render: () => {
    const speed = (t: number) => Math.abs(hand(t + 0.002) - hand(t - 0.002)) / 0.004;
    const needle = (t: number) => Math.min(1, speed(t) / 2.2);
    const sound = shape(played(groove()), needle);
    const rub = shape(bandpass(white(0.8, random(9)), (t) => 500 + 900 * speed(t), 1.1), needle);
    const record = highpass(mix([sound], [rub, 0, 1.1]), 160);
    return inRoom(centre(drive(record, 1.3)), { tail: 0.4, size: 0.35, damping: 0.5, wet: 0.12 });
  },
};
