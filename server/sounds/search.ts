import type { Recorded } from '../kernel/event.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { lowerBound } from './lower-bound.ts';
import { entryOf, type SearchEntry } from './search-entry.ts';
import { createSearchIndex, noMatch, type Ranks, type SearchIndex } from './search-index.ts';
import {
  compareKeys,
  createSoundOrders,
  keyOf,
  type SoundKey,
  type SoundSort,
} from './sound-orders.ts';
import { isListed, soundColumns, soundsAndMore, type KnownRow } from './sound-rows.ts';
import { tagOf } from './tags.ts';

export type SoundFilter = {
  types: readonly string[] | undefined;
  q: string | undefined;
  /** All of them. */
  tags: readonly string[] | undefined;
  is_normalized: boolean | undefined;
  /** Of one person: only these, or all but these. */
  favourites: { ids: ReadonlySet<string>; wanted: boolean } | undefined;
  sort: SoundSort;
  order: 'asc' | 'desc';
  limit: number;
  /** The last sound of the page before. */
  after: SoundKey | undefined;
};

/** Stable: of one rank they stay in the order of their plays. */
const byRank = (found: readonly number[], ranks: Ranks): number[] => {
  const alike = new Map<number, number[]>();
  for (const place of found) {
    const rank = ranks[place] ?? noMatch;
    const known = alike.get(rank);
    if (known) known.push(place);
    else alike.set(rank, [place]);
  }
  return [...alike.keys()].sort((a, b) => a - b).flatMap((rank) => alike.get(rank) ?? []);
};

const passes = (filter: SoundFilter, index: SearchIndex, ranks: Ranks | undefined) => {
  const { types, favourites, is_normalized } = filter;
  const tags = filter.tags?.map(tagOf);
  const fits = (entry: SearchEntry): boolean =>
    (types === undefined || types.includes(entry.type)) &&
    (tags === undefined || tags.every((tag) => entry.tags.includes(tag))) &&
    (is_normalized === undefined || entry.is_normalized === is_normalized) &&
    (favourites === undefined || favourites.ids.has(entry.id) === favourites.wanted);
  return (place: number): boolean =>
    (ranks === undefined || ranks[place] !== noMatch) && fits(index.at(place));
};

const suggestionsMax = 5;

/** What else changes an entry. */
const others: ReadonlySet<string> = new Set(['PlayStarted', 'TrackCounted', 'NormalizedFileLost']);

/** Finds sounds. Follows the commits; made from the tables when first asked. */
export const createSoundSearch = (kernel: Kernel) => {
  const { storage, bus } = kernel;
  const selectEntries = `SELECT ${soundColumns} FROM ${soundsAndMore} WHERE ${isListed}`;
  const listed = storage.prepare<[], KnownRow>(selectEntries);
  const one = storage.prepare<[string], KnownRow>(`${selectEntries} AND id = ?`);
  let library: { index: SearchIndex; orders: ReturnType<typeof createSoundOrders> } | undefined;

  const toEntry = (row: KnownRow): SearchEntry =>
    entryOf({
      id: row.id,
      type: row.type,
      name: row.name,
      tags: JSON.parse(row.tags) as string[],
      duration_ms: row.duration_ms,
      is_normalized: row.normalized_hash !== null,
      created_at: row.created_at,
      play_count: row.play_count,
    });

  const opened = () => {
    if (library) return library;
    const index = createSearchIndex();
    for (const row of listed.iterate()) index.set(toEntry(row));
    library = { index, orders: createSoundOrders(index) };
    return library;
  };

  const refresh = (event: Recorded): void => {
    const { sound_id } = event.data as { sound_id?: string };
    if (!library || sound_id === undefined) return;
    const { index, orders } = library;
    if (event.type === 'PlayStarted' || event.type === 'TrackCounted') {
      const place = index.placeOf(sound_id);
      if (place === undefined) return;
      const before = index.at(place);
      orders.set({ ...before, play_count: before.play_count + 1 });
      return;
    }
    const row = one.get(sound_id);
    if (row) orders.set(toEntry(row));
    else orders.remove(sound_id);
  };
  bus.onCommitted((events) => {
    for (const event of events) {
      const { type } = event;
      if (type.startsWith('Sound') || others.has(type)) refresh(event);
    }
  });

  return {
    /** Ids of a page, in order. */
    page(filter: SoundFilter): { ids: string[]; next: SoundKey | undefined; total: number } {
      const { sort, after, limit, q = '' } = filter;
      const { index, orders } = opened();
      const ranks = index.match(q);
      const found = orders.of(sort).filter(passes(filter, index, ranks));
      // Without a query all ranks are alike, and the order is the one of the plays.
      const matches = sort === 'relevance' && ranks ? byRank(found, ranks) : found;
      if (filter.order === 'desc') matches.reverse();
      const sign = filter.order === 'asc' ? 1 : -1;
      const keyAt = (at: number): SoundKey => {
        const place = matches[at] as number;
        return keyOf(index.at(place), sort, ranks?.[place]);
      };
      const from = after
        ? lowerBound(0, matches.length, (at) => sign * compareKeys(keyAt(at), after) <= 0)
        : 0;
      const page = matches.slice(from, from + limit);
      return {
        ids: page.map((place) => index.at(place).id),
        next: page.length === limit ? keyAt(from + limit - 1) : undefined,
        total: matches.length,
      };
    },
    /** Names of the sounds that come closest, best first. */
    suggestions(query: string): string[] {
      const { index, orders } = opened();
      const ranks: Ranks = index.match(query) ?? new Int32Array();
      const found = orders.of('relevance').filter((place) => ranks[place] !== noMatch);
      const best = byRank(found, ranks);
      return [...new Set(best.map((place) => index.at(place).name))].slice(0, suggestionsMax);
    },
  };
};
export type SoundSearch = ReturnType<typeof createSoundSearch>;
