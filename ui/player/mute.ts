import type { Player } from './player.ts';

const audibleAgain = 30;
const before = new WeakMap<Player, number>();

/** Silence, or the level from before it. */
export const toggleMute = (player: Player): Promise<void> => {
  const level = player.volume.peek();
  if (level === 0) return player.setVolume(before.get(player) ?? audibleAgain);
  before.set(player, level);
  return player.setVolume(0);
};
