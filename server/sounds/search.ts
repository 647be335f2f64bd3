import type { Recorded } from '../kernel/event.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { createSearchIndex, type Match } from './search-index.ts';
import { entryOf, type SearchEntry } from './search-entry.ts';
import { isListed, soundColumns, soundsAndMore, type KnownRow } from './sound-rows.ts';
import { tagOf } from './tags.ts';

export const soundSorts = ['name', 'plays', 'recent', 'duration', 'relevance'] as const;
export type SoundSort = (typeof soundSorts)[number];

/** Where a page ended: the sorted value and the id of its last sound. */
export type SoundCursor = { value: string | number; id: string };

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
  after: SoundCursor | undefined;
};

type Key = { readonly value: string | number; readonly id: string };

const valueOf = ({ entry, rank }: Match, sort: SoundSort): string | number => {
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

const keyOf = (match: Match, sort: SoundSort): Key => ({
  value: valueOf(match, sort),
  id: match.entry.id,
});

const compare = (a: Key, b: Key): number => {
  if (a.value < b.value) return -1;
  if (a.value > b.value) return 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
};

const sorted = (matches: readonly Match[], sort: SoundSort): Match[] =>
  matches
    .map((match) => ({ match, ...keyOf(match, sort) }))
    .sort(compare)
    .map(({ match }) => match);

/** Stable: of one rank they stay in the order of their plays. */
const byRank = (matches: readonly Match[]): Match[] => matches.toSorted((a, b) => a.rank - b.rank);

const passes = (filter: SoundFilter) => {
  const { types, favourites, is_normalized } = filter;
  const tags = filter.tags?.map(tagOf);
  return (entry: SearchEntry): boolean =>
    (types === undefined || types.includes(entry.type)) &&
    (tags === undefined || tags.every((tag) => entry.tags.includes(tag))) &&
    (is_normalized === undefined || entry.is_normalized === is_normalized) &&
    (favourites === undefined || favourites.ids.has(entry.id) === favourites.wanted);
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
  let index: ReturnType<typeof createSearchIndex> | undefined;

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

  /** Everything in the order of each sort, until something changes. */
  const orders = new Map<SoundSort, readonly SearchEntry[]>();
  const ordered = (sort: SoundSort): readonly SearchEntry[] => {
    const known = orders.get(sort);
    if (known) return known;
    const all = opened().entries();
    const order = sorted(
      all.map((entry) => ({ entry, rank: 0 })),
      sort,
    ).map(({ entry }) => entry);
    orders.set(sort, order);
    return order;
  };

  const opened = () => {
    if (index) return index;
    index = createSearchIndex();
    for (const row of listed.iterate()) index.set(toEntry(row));
    return index;
  };

  const refresh = (event: Recorded): void => {
    const { sound_id } = event.data as { sound_id?: string };
    if (!index || sound_id === undefined) return;
    orders.clear();
    const before = index.get(sound_id);
    if (event.type === 'PlayStarted' || event.type === 'TrackCounted') {
      if (before) index.set({ ...before, play_count: before.play_count + 1 });
      return;
    }
    const row = one.get(sound_id);
    if (row) index.set(toEntry(row));
    else index.remove(sound_id);
  };
  bus.onCommitted((events) => {
    for (const event of events) {
      const { type } = event;
      if (type.startsWith('Sound') || others.has(type)) refresh(event);
    }
  });

  return {
    /** Ids of a page, in order. */
    page(filter: SoundFilter): { ids: string[]; next: SoundCursor | undefined; total: number } {
      const { sort, after, limit, q = '' } = filter;
      const wanted = passes(filter);
      const found = opened()
        .match(q, ordered(sort))
        .filter(({ entry }) => wanted(entry));
      // Without a query all ranks are alike, and the order is the one of the plays.
      const upwards = sort === 'relevance' && q !== '' ? byRank(found) : found;
      const matches = filter.order === 'asc' ? upwards : upwards.toReversed();
      const sign = filter.order === 'asc' ? 1 : -1;
      const isBeyond = (match: Match) =>
        after === undefined || sign * compare(keyOf(match, sort), after) > 0;
      const from = matches.findIndex(isBeyond);
      const page = from < 0 ? [] : matches.slice(from, from + limit);
      const last = page.length === limit ? page.at(-1) : undefined;
      return {
        ids: page.map(({ entry }) => entry.id),
        next: last && keyOf(last, sort),
        total: matches.length,
      };
    },
    /** Names of the sounds that come closest, best first. */
    suggestions: (query: string): string[] => {
      const best = byRank(opened().match(query, ordered('relevance')));
      return [...new Set(best.map(({ entry }) => entry.name))].slice(0, suggestionsMax);
    },
  };
};
export type SoundSearch = ReturnType<typeof createSoundSearch>;
