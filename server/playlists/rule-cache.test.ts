import { describe, expect, it } from 'vitest';
import type { Recorded } from '../kernel/event.ts';
import type { PlaylistRules } from './contract.ts';
import { createRuleCache, createRuleVersions } from './rule-cache.ts';

const byName = { sort: 'name', entries_max: 10 } as const satisfies PlaylistRules;
const hourMs = 60 * 60_000;

const open = () => {
  const versions = createRuleVersions();
  const asked: string[] = [];
  const cache = createRuleCache(versions.now, (rules: PlaylistRules, ownerId: string | null) => {
    asked.push(`${ownerId} ${rules.sort}`);
    return [{ duration_ms: 200 }, { duration_ms: 300 }];
  });
  const commit = (type: string) => versions.committed([{ type } as Recorded]);
  return { cache, asked, commit };
};

describe('what rules give', () => {
  it('is asked for once, by whoever has the same rules', () => {
    const { cache, asked } = open();
    expect(cache.size(byName, 'mira', 0)).toEqual({ length: 2, duration: 500 });
    expect(cache.rows(byName, 'ben', 0)).toHaveLength(2);
    expect(asked).toEqual(['mira name']);
    cache.size({ ...byName, sort: 'recent' }, 'ben', 0);
    expect(asked).toEqual(['mira name', 'ben recent']);
  });

  it.each<[string, PlaylistRules, string, string]>([
    ['sounds', byName, 'SoundTagged', 'PlayStarted'],
    ['sounds', byName, 'SoundRemoved', 'SoundFavourited'],
    ['plays', { ...byName, sort: 'plays' }, 'PlayStarted', 'SoundFavourited'],
    ['plays', { ...byName, plays_min: 2 }, 'TrackCounted', 'EntryAdded'],
    ['favourites', { ...byName, favourites: true }, 'SoundUnfavourited', 'PlayStarted'],
  ])('is asked for again after %s changed, and only then', (_what, rules, change, other) => {
    const { cache, asked, commit } = open();
    cache.size(rules, 'mira', 0);
    commit(other);
    cache.size(rules, 'mira', 0);
    expect(asked).toHaveLength(1);
    commit(change);
    cache.size(rules, 'mira', 0);
    cache.rows(rules, 'mira', 0);
    expect(asked).toHaveLength(2);
  });

  it('of favourites is each person’s own', () => {
    const { cache, asked } = open();
    for (const owner of ['mira', 'ben']) cache.rows({ ...byName, favourites: true }, owner, 0);
    expect(asked).toHaveLength(2);
  });

  it('of the last days changes with the time alone', () => {
    const { cache, asked } = open();
    const rules = { ...byName, added_within_days: 1 };
    for (const now of [0, hourMs - 1, hourMs]) cache.rows(rules, 'mira', now);
    expect(asked).toHaveLength(2);
  });
});
