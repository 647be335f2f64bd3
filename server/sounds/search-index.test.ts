import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearWords } from './near-words.ts';
import { entryOf } from './search-entry.ts';
import { createSearchIndex, noMatch } from './search-index.ts';
import { plainSearch, prefixEdits } from './testing/plain-search.ts';

const plain = {
  type: 'SDB',
  duration_ms: 1000,
  is_normalized: false,
  created_at: 0,
  play_count: 0,
} as const;

const index = (...names: (string | [name: string, ...tags: string[]])[]) => {
  const made = createSearchIndex();
  for (const one of names) {
    const [name, ...tags] = typeof one === 'string' ? [one] : one;
    made.set(
      entryOf({
        ...plain,
        id: name,
        name,
        tags,
      }),
    );
  }
  return made;
};
const found = (made: ReturnType<typeof index>, query: string): string[] =>
  made
    .places()
    .map((place) => ({ place, rank: made.match(query)?.[place] ?? 0 }))
    .filter(({ rank }) => rank !== noMatch)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ place }) => made.at(place).name);

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
  const isNear = (typed: string, word: string, bound: number) =>
    nearWords([word], typed, bound).length === 1;

  it('counts insertions, deletions, replacements and swaps of neighbours as one edit each', () => {
    expect(isNear('horn', 'horn', 0)).toBe(true);
    expect(isNear('hron', 'horn', 1)).toBe(true);
    expect(isNear('hrn', 'horn', 1)).toBe(true);
    expect(isNear('hoorn', 'horn', 1)).toBe(true);
    expect(isNear('harn', 'horn', 1)).toBe(true);
    expect(isNear('hron', 'horn', 0)).toBe(false);
    expect(isNear('nroh', 'horn', 2)).toBe(false);
  });

  it('reads what is typed as the beginning of a word', () => {
    expect(nearWords(['applaud', 'applause', 'horn', 'splash'], 'aplau', 1)).toEqual([[0, 2]]);
  });

  it('is that of each word by itself, however the words share beginnings', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.uniqueArray(word),
        word,
        fc.integer({ min: 0, max: 2 }),
        (words, typed, bound) => {
          const sorted = words.toSorted();
          const near = nearWords(sorted, typed, bound).flatMap(([from, to]) =>
            sorted.slice(from, to),
          );
          expect(near).toEqual(sorted.filter((one) => prefixEdits(typed, one) <= bound));
        },
      ),
    );
  });
});

describe('the indexes', () => {
  const syllable = fc.constantFrom('air', 'ho', 'rn', 'é', 'lo', 'a', 'b', 'nor');
  const word = fc.array(syllable, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
  const text = fc
    .array(word, { minLength: 1, maxLength: 3 })
    .chain((words) => fc.constantFrom(' ', '-').map((gap) => words.join(gap)));
  const sound = fc.record({ name: text, tags: fc.array(text, { maxLength: 2 }) });
  const sounds = fc.array(sound, { minLength: 1, maxLength: 80 });
  const change = fc.record({ at: fc.nat({ max: 79 }), to: fc.option(sound) });

  it('find and rank what looking at every sound would, also after changes', () => {
    fc.assert(
      fc.property(sounds, fc.array(change), fc.array(text), (first, changes, queries) => {
        const made = createSearchIndex();
        const known = new Map<string, { name: string; tags: string[] }>();
        const set = (id: string, one: { name: string; tags: string[] }) => {
          known.set(id, one);
          made.set(entryOf({ ...plain, id, ...one }));
        };
        first.forEach((one, at) => set(String(at), one));
        made.match('warm up: from here on the words are kept in order');
        for (const { at, to } of changes) {
          if (to) set(String(at), to);
          else {
            known.delete(String(at));
            made.remove(String(at));
          }
        }
        for (const query of queries) {
          const ranks = made.match(query);
          const rankOf = (id: string) => ranks?.[made.placeOf(id) ?? -1] ?? 'not there';
          expect([...known.keys()].map(rankOf)).toEqual(
            plainSearch(query, [...known.values()]).map((rank) =>
              rank === Infinity ? noMatch : rank,
            ),
          );
        }
      }),
    );
  });
});
