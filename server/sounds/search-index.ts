import { fold, wordsOf } from './fold.ts';
import { typosAllowed } from './near-words.ts';
import { nameWords, tagWords, type SearchEntry } from './search-entry.ts';
import { createTrigramIndex } from './trigrams.ts';
import { createVocabulary } from './vocabulary.ts';

/** How well one term fits. */
const fits = { wordStart: 0, inside: 1, tag: 2, typo: 3 } as const;
/** No fit at all; a whole number, because those are quick. */
const none = 1_000_000;
/** How the name as a whole fits comes before how its parts do. */
const ranks = { whole: 0, beginning: 1, parts: 2, similar: 1000 } as const;

/** Share of common trigrams below which names only happen to have some in common. */
const similarityMin = 0.35;
const similarMax = 50;

const isLetter = /[\p{L}\p{N}]/u;
const startsAWord = (text: string, term: string, first: number): boolean => {
  for (let at = first; at >= 0; at = text.indexOf(term, at + 1)) {
    if (at === 0 || !isLetter.test(text[at - 1] ?? '')) return true;
  }
  return false;
};

const fitOf = (term: string, tagTerm: string, entry: SearchEntry): number => {
  const at = entry.folded.indexOf(term);
  if (at >= 0) return startsAWord(entry.folded, term, at) ? fits.wordStart : fits.inside;
  return entry.tagText.includes(tagTerm) ? fits.tag : none;
};

/** By place: smaller is better, and `noMatch` is none. */
export type Ranks = Int32Array;
export const noMatch = none;

/**
 * Sounds by name and tag, typos forgiven: as typed first, else within a few edits, else what looks
 * alike. Only what the indexes of words and of trigrams point to is looked at. Each sound has a
 * place, a small whole number. `bench search` measures it beside SQLite's own trigrams.
 */
export const createSearchIndex = () => {
  const places = new Map<string, number>();
  const entries: (SearchEntry | undefined)[] = [];
  const free: number[] = [];
  const vocabulary = createVocabulary();
  const trigrams = createTrigramIndex();

  const forgetWords = (entry: SearchEntry, place: number): void => {
    const names = nameWords(entry);
    trigrams.remove(names, place);
    for (const word of [...names, ...tagWords(entry)]) vocabulary.remove(word, place);
  };
  const learnWords = (entry: SearchEntry, place: number): void => {
    const names = nameWords(entry);
    trigrams.add(names, place);
    for (const word of [...names, ...tagWords(entry)]) vocabulary.add(word, place);
  };

  /** Where the term may be as it was typed; short ones may be anywhere. */
  const candidates = (term: string): Iterable<number> =>
    term.length < 3
      ? places.values()
      : new Set([...trigrams.mayHave(term), ...vocabulary.beginning(term)]);

  const nowhere = (): Ranks => new Int32Array(entries.length).fill(none);

  const asTyped = (term: string): Ranks => {
    const found = nowhere();
    const tagTerm = ` ${term}`;
    for (const place of candidates(term)) {
      found[place] = fitOf(term, tagTerm, entries[place] as SearchEntry);
    }
    return found;
  };

  const withTypos = (term: string, typed: Ranks): Ranks => {
    const bound = typosAllowed(term.length);
    if (bound === 0) return typed;
    const found = typed.slice();
    for (const place of vocabulary.near(term, bound)) {
      if (found[place] === none) found[place] = fits.typo;
    }
    return found;
  };

  /** What every term fits; undefined where nothing is found. */
  const ranked = (terms: readonly string[], found: readonly Ranks[]): Ranks | undefined => {
    const query = terms.join(' ');
    const result = nowhere();
    let any = false;
    for (let place = 0; place < entries.length; place++) {
      let sum = 0;
      for (const fit of found) sum += fit[place] ?? none;
      if (sum >= none) continue;
      any = true;
      const { folded } = entries[place] as SearchEntry;
      if (folded === query) result[place] = ranks.whole;
      else result[place] = folded.startsWith(query) ? ranks.beginning : ranks.parts + sum;
    }
    return any ? result : undefined;
  };

  const alike = (terms: readonly string[]): Ranks => {
    const words = terms.length > 1 ? [...terms, terms.join('')] : terms;
    const found: [place: number, rank: number][] = [];
    for (const [place, similarity] of trigrams.likeness(words)) {
      if (similarity < similarityMin) continue;
      found.push([place, Math.round(ranks.similar * (2 - similarity))]);
    }
    found.sort(([, a], [, b]) => a - b);
    const last = found[similarMax - 1]?.[1] ?? none;
    const result = nowhere();
    for (const [place, rank] of found) if (rank <= last) result[place] = rank;
    return result;
  };

  return {
    /** Returns the sound's place, which it keeps. */
    set(entry: SearchEntry): number {
      const known = places.get(entry.id);
      const place = known ?? free.pop() ?? entries.length;
      const before = known === undefined ? undefined : entries[known];
      entries[place] = entry;
      places.set(entry.id, place);
      if (before?.folded === entry.folded && before.tagText === entry.tagText) return place;
      if (before) forgetWords(before, place);
      learnWords(entry, place);
      return place;
    },
    remove(id: string): void {
      const place = places.get(id);
      const entry = place === undefined ? undefined : entries[place];
      if (place === undefined || !entry) return;
      forgetWords(entry, place);
      entries[place] = undefined;
      places.delete(id);
      free.push(place);
    },
    placeOf: (id: string): number | undefined => places.get(id),
    at: (place: number): SearchEntry => entries[place] as SearchEntry,
    places: (): number[] => [...places.values()],
    /** Undefined where there is nothing to look for, which finds everything. */
    match(query: string): Ranks | undefined {
      const terms = wordsOf(fold(query));
      if (terms.length === 0) return undefined;
      const typed = terms.map(asTyped);
      const near = () => terms.map((term, at) => withTypos(term, typed[at] as Ranks));
      return ranked(terms, typed) ?? ranked(terms, near()) ?? alike(terms);
    },
  };
};
export type SearchIndex = ReturnType<typeof createSearchIndex>;
