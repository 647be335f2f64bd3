import type { Recipe } from './recipe.ts';
import { bandpass } from './toolkit/filters.ts';
import { inRoom } from './toolkit/room.ts';
import { centre, glide, line, mix, shape } from './toolkit/signal.ts';
import { random, sine, white } from './toolkit/sources.ts';

export const slideWhistle: Recipe = {
  folder: 'cartoon',
  name: 'Slide whistle',
  format: 'opus',
  render: () => {
    const length = 1.55;
    const slide = glide([0, 620], [0.62, 1980], [0.72, 2010], [1.4, 480], [length, 440]);
    const wobble = line([0, 0.002], [0.7, 0.012], [length, 0.022]);
    const pitch = (t: number) => slide(t) * (1 + wobble(t) * Math.sin(2 * Math.PI * 6.2 * t));
    const level = line([0, 0], [0.012, 0.9], [0.6, 1], [1.2, 0.85], [length, 0]);
    const breath = bandpass(white(length, random(3)), pitch, 7);
    const pipe = mix(
      [sine(length, pitch)],
      [sine(length, (t) => pitch(t) * 2), 0, 0.11],
      [sine(length, (t) => pitch(t) * 3), 0, 0.09],
      [breath, 0, 0.5],
    );
    return inRoom(centre(shape(pipe, level)), { tail: 0.5, size: 0.45, damping: 0.4, wet: 0.18 });
  },
};
