import type { CatalogueItem } from '../../server/sounds/contract.ts';
import { boardSound, type BoardSound } from '../board/sounds.ts';

/** A sound for tests; only what matters there is named. */
export const aSound = (item: Partial<CatalogueItem> = {}): BoardSound =>
  boardSound({
    id: 'horn',
    type: 'SDB',
    name: 'Air horn',
    duration: 1_900,
    play_count: 0,
    tags: ['Memes'],
    ...item,
  });

export const manySounds = (count: number): BoardSound[] =>
  Array.from({ length: count }, (_, i) => aSound({ id: `s${i}`, name: `Sound ${i}` }));
