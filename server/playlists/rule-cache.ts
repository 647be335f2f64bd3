import type { Recorded } from '../kernel/event.ts';
import type { PlaylistRules } from './contract.ts';

const hourMs = 60 * 60_000;

/** Lists whose entries are kept in memory, up to 1000 each; lengths are small and kept of many more. */
const keptRowsMax = 32;
const keptSizesMax = 10_000;

/** What rules look at, each a count of the changes so far. */
export type RuleVersions = {
  readonly sounds: number;
  readonly plays: number;
  readonly favourites: number;
};

const plays: ReadonlySet<string> = new Set(['PlayStarted', 'TrackCounted']);
const favourites: ReadonlySet<string> = new Set([
  'SoundFavourited',
  'SoundUnfavourited',
  'UserForgotten',
]);

/** Counts what is committed. */
export const createRuleVersions = () => {
  const counts = { sounds: 0, plays: 0, favourites: 0 };
  return {
    committed(events: readonly Recorded[]): void {
      for (const { type } of events) {
        if (plays.has(type)) counts.plays++;
        else if (favourites.has(type)) counts.favourites++;
        else if (type.startsWith('Sound')) counts.sounds++;
      }
    },
    now: (): RuleVersions => counts,
  };
};

const keep = <Value>(kept: Map<string, Value>, max: number, key: string, value: Value): Value => {
  kept.set(key, value);
  if (kept.size > max) kept.delete(kept.keys().next().value as string);
  return value;
};

/**
 * Two lists share an answer that no rule can tell apart. An answer is never taken back: once
 * something that its rules look at has changed, it is asked for under another name.
 */
const keyOf = (
  rules: PlaylistRules,
  ownerId: string | null,
  now: number,
  versions: RuleVersions,
): string =>
  JSON.stringify([
    rules,
    versions.sounds,
    rules.sort === 'plays' || rules.plays_min !== undefined ? versions.plays : 0,
    rules.favourites ? [ownerId, versions.favourites] : 0,
    rules.added_within_days === undefined ? 0 : Math.floor(now / hourMs),
  ]);

export const sizeOfRows = (rows: readonly { readonly duration_ms: number }[]) => ({
  length: rows.length,
  duration: rows.reduce((sum, row) => sum + row.duration_ms, 0),
});

/** Answers of rules, asked again only after something changed that the rules look at. */
export const createRuleCache = <Row extends { readonly duration_ms: number }>(
  versions: () => RuleVersions,
  ask: (rules: PlaylistRules, ownerId: string | null, now: number) => Row[],
) => {
  const rowsKept = new Map<string, Row[]>();
  const sizesKept = new Map<string, { length: number; duration: number }>();
  const rowsOf = (key: string, rules: PlaylistRules, ownerId: string | null, now: number) =>
    rowsKept.get(key) ?? keep(rowsKept, keptRowsMax, key, ask(rules, ownerId, now));
  return {
    rows: (rules: PlaylistRules, ownerId: string | null, now: number): readonly Row[] =>
      rowsOf(keyOf(rules, ownerId, now, versions()), rules, ownerId, now),
    size(rules: PlaylistRules, ownerId: string | null, now: number) {
      const key = keyOf(rules, ownerId, now, versions());
      const known = sizesKept.get(key);
      if (known) return known;
      return keep(sizesKept, keptSizesMax, key, sizeOfRows(rowsOf(key, rules, ownerId, now)));
    },
  };
};
