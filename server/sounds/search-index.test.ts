import { describe, expect, it } from 'vitest';
import { createNearness } from './edit-distance.ts';
import { entryOf } from './search-entry.ts';
import { createSearchIndex } from './search-index.ts';

const index = (...names: (string | [name: string, ...tags: string[]])[]) => {
  const made = createSearchIndex();
  for (const one of names) {
    const [name, ...tags] = typeof one === 'string' ? [one] : one;
    made.set(
      entryOf({
        id: name,
        type: 'SDB',
        name,
        tags,
        duration_ms: 1000,
        is_normalized: false,
        created_at: 0,
        play_count: 0,
      }),
    );
  }
  return made;
};
const found = (made: ReturnType<typeof index>, query: string): string[] =>
  made
    .match(query)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry.name);

describe('a search', () => {
  it('puts the whole name before its beginning, that before words, before the inside, before tags', () => {
    const made = index(
      ['Ship', 'horn'],
      'Shoehorning',
      'Old horn',
      'Horn of Africa',
      'Horn',
      'Bell',
    );
    expect(found(made, 'horn')).toEqual([
      'Horn',
      'Horn of Africa',
      'Old horn',
      'Shoehorning',
      'Ship',
    ]);
  });

  it('wants every term, in any order', () => {
    const made = index('Air horn', 'Air raid', ['Fog horn', 'air']);
    expect(found(made, 'horn air')).toEqual(['Air horn', 'Fog horn']);
  });

  it('forgives typos: swapped, missing, wrong and additional letters, and a forgotten space', () => {
    const made = index('Air horn', 'Drum roll', 'Applause');
    for (const query of ['airhron', 'airhorn', 'air hron', 'air hrn', 'air hornn', 'iar horn']) {
      expect([query, found(made, query)]).toEqual([query, ['Air horn']]);
    }
    expect(found(made, 'aplause')).toEqual(['Applause']);
    expect(found(made, 'drm roll')).toEqual(['Drum roll']);
  });

  it('forgives typos in tags', () => {
    expect(found(index(['Zonk', 'quizshow'], 'Horn'), 'quitshow')).toEqual(['Zonk']);
  });

  it('forgives nothing where something fits as typed', () => {
    expect(found(index('Hern', 'Horn'), 'horn')).toEqual(['Horn']);
  });

  it('falls back to what looks alike where typos are too many', () => {
    const made = index('Applauding', 'Applause', 'Thunder');
    expect(found(made, 'qappxxause')).toEqual(['Applause']);
  });

  it('finds nothing where nothing is alike', () => {
    const made = index('Air horn', 'Applause');
    for (const query of ['zzz', 'qqqqqqqqq', 'x'.repeat(200)])
      expect(found(made, query)).toEqual([]);
  });

  it('folds case and accents, both ways', () => {
    const made = index('Fanfare Königlich', 'CAFÉ');
    expect(found(made, 'koniglich')).toEqual(['Fanfare Königlich']);
    expect(found(made, 'KÖNIG')).toEqual(['Fanfare Königlich']);
    expect(found(made, 'cafe\u0301')).toEqual(['CAFÉ']);
  });

  it('without a word finds everything', () => {
    expect(found(index('Horn', 'Bell'), ' – ')).toHaveLength(2);
  });

  it('forgets what was removed or renamed', () => {
    const made = index('Air horn', 'Bell');
    made.remove('Bell');
    expect(found(made, 'bell')).toEqual([]);
    expect(found(made, 'bekl')).toEqual([]);
  });
});

describe('nearness', () => {
  it('counts insertions, deletions, replacements and swaps of neighbours as one edit each', () => {
    const near = (typed: string, word: string, bound: number) => createNearness(typed, bound)(word);
    expect(near('horn', 'horn', 0)).toBe(true);
    expect(near('hron', 'horn', 1)).toBe(true);
    expect(near('hrn', 'horn', 1)).toBe(true);
    expect(near('hoorn', 'horn', 1)).toBe(true);
    expect(near('harn', 'horn', 1)).toBe(true);
    expect(near('hron', 'horn', 0)).toBe(false);
    expect(near('nroh', 'horn', 2)).toBe(false);
  });

  it('reads what is typed as the beginning of a word', () => {
    const isNear = createNearness('aplau', 1);
    expect(isNear('applause')).toBe(true);
    expect(isNear('horn')).toBe(false);
    expect(isNear('applause')).toBe(true);
  });
});
