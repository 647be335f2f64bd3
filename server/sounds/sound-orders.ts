import { lowerBound } from './lower-bound.ts';
import type { SearchEntry } from './search-entry.ts';
import type { SearchIndex } from './search-index.ts';

export const soundSorts = ['name', 'plays', 'recent', 'duration', 'relevance'] as const;
export type SoundSort = (typeof soundSorts)[number];

/** What a sound is sorted by; its id where that is equal. */
export type SoundKey = { readonly value: string | number; readonly id: string };

const valueOf = (entry: SearchEntry, sort: SoundSort, rank: number): string | number => {
  switch (sort) {
    case 'name':
      return entry.folded;
    case 'plays':
      return entry.play_count;
    case 'recent':
      return entry.created_at;
    case 'duration':
      return entry.duration_ms;
    case 'relevance':
      // Of equals the more played one.
      return rank + 0.5 / (1 + entry.play_count);
  }
};

/** `rank`: of a search, a whole number. */
export const keyOf = (entry: SearchEntry, sort: SoundSort, rank = 0): SoundKey => ({
  value: valueOf(entry, sort, rank),
  id: entry.id,
});

export const compareKeys = (a: SoundKey, b: SoundKey): number => {
  if (a.value < b.value) return -1;
  if (a.value > b.value) return 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
};

/** All places of an index in the order of each sort: made when first asked, then kept in order. */
export const createSoundOrders = (index: SearchIndex) => {
  const orders = new Map<SoundSort, number[]>();

  const made = (sort: SoundSort): number[] =>
    index
      .places()
      .map((place) => ({ place, ...keyOf(index.at(place), sort) }))
      .toSorted(compareKeys)
      .map(({ place }) => place);

  /** `leaving` must still be in the index as it was. */
  const takeOut = (leaving: SearchEntry): void => {
    for (const [sort, order] of orders) order.splice(placeInOrder(order, leaving, sort), 1);
  };
  const placeInOrder = (order: readonly number[], entry: SearchEntry, sort: SoundSort): number => {
    const key = keyOf(entry, sort);
    return lowerBound(
      0,
      order.length,
      (at) => compareKeys(keyOf(index.at(order[at] as number), sort), key) < 0,
    );
  };

  return {
    of(sort: SoundSort): readonly number[] {
      const known = orders.get(sort) ?? made(sort);
      orders.set(sort, known);
      return known;
    },
    /** Writes a sound into the index, and into every order. */
    set(entry: SearchEntry): void {
      const place = index.placeOf(entry.id);
      if (place !== undefined) takeOut(index.at(place));
      const now = index.set(entry);
      for (const [sort, order] of orders) order.splice(placeInOrder(order, entry, sort), 0, now);
    },
    remove(id: string): void {
      const place = index.placeOf(id);
      if (place === undefined) return;
      takeOut(index.at(place));
      index.remove(id);
    },
  };
};
