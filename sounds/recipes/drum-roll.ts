import { crash, kick, snare } from './drums.ts';
import type { Recipe } from './recipe.ts';
import { inRoom } from './toolkit/room.ts';
import { centre, mixStereo, pan } from './toolkit/signal.ts';
import type { PlacedStereo } from './toolkit/signal.ts';
import { random } from './toolkit/sources.ts';

const rollSeconds = 2.3;

export const drumRoll: Recipe = {
  folder: 'music',
  name: 'Drum roll',
  format: 'mp3',
  render: () => {
    const next = random(17);
    const strokes: PlacedStereo[] = [];
    for (let at = 0, hand = 0; at < rollSeconds; hand ^= 1) {
      const swell = 0.3 + 0.55 * (at / rollSeconds) ** 1.6;
      const hit = snare(next, 0.35 + 0.3 * next());
      strokes.push([
        pan(hit, hand ? 0.14 : -0.14),
        at,
        swell * (0.85 + 0.3 * next()) * (hand ? 0.92 : 1),
      ]);
      at += (1 / 23) * (0.93 + 0.14 * next());
    }
    const end = rollSeconds + 0.06;
    const finale: PlacedStereo[] = [
      [centre(kick(next)), end, 1.3],
      [centre(snare(next)), end, 1],
      [pan(crash(2.2, next, 480), 0.25), end, 1],
      [pan(crash(2, next, 610), -0.4), end, 0.6],
    ];
    return inRoom(mixStereo(...strokes, ...finale), {
      tail: 0.6,
      size: 0.6,
      damping: 0.4,
      wet: 0.2,
    });
  },
};
