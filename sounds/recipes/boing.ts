import type { Recipe } from './recipe.ts';
import { bandpass, lowpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { centre, glide, mix, sampleRate, shape, strike } from './toolkit/signal.ts';
import { pulse, sine } from './toolkit/sources.ts';

/** A plucked spring tongue; the mouth behind it opens and shuts as the spring swings out. */
export const boing: Recipe = {
  folder: 'cartoon',
  name: 'Boing',
  format: 'wav',
  render: () => {
    const length = 1.3;
    const swings = sine(length, glide([0, 15], [length, 8.5]));
    const swingAt = (t: number) => swings[Math.floor(t * sampleRate)] ?? 0;
    const fade = (t: number) => Math.exp(-1.6 * t);
    const rise = glide([0, 92], [0.05, 112], [length, 124]);
    const pitch = (t: number) => rise(t) * (1 + 0.1 * fade(t) * swingAt(t));
    const tongue = pulse(0.12)(length, pitch);
    const mouth = (t: number) => 950 * 2 ** (1.15 * fade(t) * swingAt(t));
    const vowel = mix(
      [bandpass(tongue, mouth, 5), 0, 1.5],
      [bandpass(tongue, (t) => mouth(t) * 2.3, 6), 0, 0.9],
      [lowpass(tongue, 420), 0, 0.45],
    );
    const twang = shape(sine(0.12, glide([0, 900], [0.1, 240])), strike(0.1));
    return inRoom(centre(mix([shape(vowel, strike(1.5, 0.002))], [twang, 0, 0.3])), {
      tail: 0.4,
      size: 0.4,
      damping: 0.5,
      wet: 0.14,
    });
  },
};
