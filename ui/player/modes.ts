import type { PlayerMode } from '../../server/player/contract.ts';
import { modeWords } from './player-words.ts';

/** In the order in which the menu lists them and the key R goes through them. */
export const playerModeNames = Object.keys(modeWords) as PlayerMode[];

export const modeAfter = (mode: PlayerMode): PlayerMode => {
  const at = playerModeNames.indexOf(mode);
  return playerModeNames[(at + 1) % playerModeNames.length] ?? mode;
};
