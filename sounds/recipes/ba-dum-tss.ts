import { crash, kick, snare, tom } from './drums.ts';
import type { Recipe } from './recipe.ts';
import { inRoom } from './toolkit/room.ts';
import { centre, mixStereo, pan } from './toolkit/signal.ts';
import { random } from './toolkit/sources.ts';

export const baDumTss: Recipe = {
  folder: 'memes',
  name: 'Ba dum tss',
  format: 'm4a',
  render: () => {
    const next = random(41);
    const kit = mixStereo(
      [pan(snare(next), -0.15)],
      [pan(tom(105, next), 0.35), 0.19, 1.1],
      [centre(kick(next)), 0.52, 0.9],
      [pan(crash(1.7, next), 0.2), 0.52, 0.75],
    );
    return inRoom(kit, { tail: 0.6, size: 0.45, damping: 0.4, wet: 0.16 });
  },
};
