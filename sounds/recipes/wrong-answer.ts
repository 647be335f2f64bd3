import type { Recipe } from './recipe.ts';
import { bell, lowpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { drive, hold, mix, mixStereo, pan, shape } from './toolkit/signal.ts';
import { saw, square } from './toolkit/sources.ts';

const buzz = (detune: number) => {
  const length = 0.85;
  const tones = mix(
    [saw(length, 98 * detune), 0, 0.6],
    [saw(length, 104 * detune, 0.3), 0, 0.6],
    [square(length, 147 * detune, 0.6), 0, 0.3],
  );
  const box = bell(lowpass(drive(tones, 2.5), 3800), 900, 1.2, 6);
  return shape(box, hold(length, 0.003, 0.04));
};

export const wrongAnswer: Recipe = {
  folder: 'quiz',
  name: 'Wrong answer',
  format: 'flac',
  render: () =>
    inRoom(mixStereo([pan(buzz(1), -0.5)], [pan(buzz(1.006), 0.5)]), {
      tail: 0.35,
      size: 0.3,
      damping: 0.6,
      wet: 0.12,
    }),
};
