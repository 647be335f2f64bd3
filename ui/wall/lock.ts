import { signal, type ReadonlySignal } from '@preact/signals-core';
import { recall, remember } from '../design/remembered.ts';

const key = 'wall';
/** In the place of a board's id: all sounds. */
export const allSounds = 'all';

const lock = signal(recall(key));
// Another window of the same browser is no way out.
addEventListener('storage', () => (lock.value = recall(key)));

/** The board that this browser shows and nothing else: its id, or `all`; null while it is free. */
export const wallLock: ReadonlySignal<string | null> = lock;

export const setWallLock = (board: string | null): void => {
  remember(key, board);
  lock.value = board;
};
