import type { Recipe } from './recipe.ts';
import { bell, highpass, lowpass } from './toolkit/filters.ts';
import { echo, inRoom } from './toolkit/room.ts';
import { drive, glide, hold, mix, mixStereo, pan, semitones, shape } from './toolkit/signal.ts';
import { saw } from './toolkit/sources.ts';

/** Three reeds a little apart, pressed into pitch by the gas, in a bright tin bell. */
const blast = (length: number) => {
  const reed = (frequency: number, cents: number) => {
    const tuned = semitones(frequency, cents / 100);
    const pitch = glide(
      [0, tuned * 0.86],
      [0.035, tuned * 1.01],
      [0.09, tuned],
      [length - 0.05, tuned],
      [length, tuned * 0.9],
    );
    return saw(length, pitch, (cents + 50) / 100);
  };
  const horn = (spread: number) => {
    const reeds = mix(
      [reed(466, -spread), 0, 0.5],
      [reed(466, spread), 0, 0.5],
      [reed(587, spread / 2), 0, 0.42],
      [reed(699, -spread / 2), 0, 0.34],
    );
    const throat = bell(bell(drive(reeds, 2.2), 1150, 1.4, 8), 2700, 2, 7);
    return shape(lowpass(highpass(throat, 280), 7500), hold(length, 0.004, 0.045));
  };
  return mixStereo([pan(horn(7), -0.35)], [pan(horn(11), 0.35)]);
};

export const airHorn: Recipe = {
  folder: 'alerts',
  name: 'Air horn',
  format: 'mp3',
  render: () => {
    const blasts = mixStereo(
      [blast(0.16)],
      [blast(0.16), 0.21],
      [blast(0.16), 0.42],
      [blast(0.95), 0.63],
    );
    const thrown = echo(blasts, 0.19, 0.22, 2);
    return inRoom(thrown, { tail: 0.7, size: 0.55, damping: 0.4, wet: 0.16 });
  },
};
