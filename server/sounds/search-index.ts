import { createNearness, typosAllowed } from './edit-distance.ts';
import { fold, wordsOf } from './fold.ts';
import { trigramsOf, type SearchEntry } from './search-entry.ts';

/** Smaller is better. */
export type Match = { readonly entry: SearchEntry; readonly rank: number };

/** How well one term fits. */
const fits = { wordStart: 0, inside: 1, tag: 2, typo: 3 } as const;
/** How the name as a whole fits comes before how its parts do. */
const ranks = { whole: 0, beginning: 1, parts: 2, similar: 1000 } as const;

/** Share of common trigrams (Dice) below which names only happen to have some in common. */
const similarityMin = 0.35;
const similarMax = 50;

const isLetter = /[\p{L}\p{N}]/u;
const startsAWord = (text: string, term: string, first: number): boolean => {
  for (let at = first; at >= 0; at = text.indexOf(term, at + 1)) {
    if (at === 0 || !isLetter.test(text[at - 1] ?? '')) return true;
  }
  return false;
};

const fitOf = (term: string, entry: SearchEntry): number => {
  const at = entry.folded.indexOf(term);
  if (at >= 0) return startsAWord(entry.folded, term, at) ? fits.wordStart : fits.inside;
  return entry.tagWords.some((word) => word.startsWith(term)) ? fits.tag : Infinity;
};

const matchesOf = (
  entries: Iterable<SearchEntry>,
  rankOf: (entry: SearchEntry) => number,
): Match[] => {
  const matches: Match[] = [];
  for (const entry of entries) {
    const rank = rankOf(entry);
    if (rank !== Infinity) matches.push({ entry, rank });
  }
  return matches;
};

/**
 * Sounds by name and tag, typos forgiven: as typed first, else within a few edits, else what looks
 * alike. In memory, because that is a thousandth of what a page costs: `bench search`.
 */
export const createSearchIndex = () => {
  const entries = new Map<string, SearchEntry>();
  /** Word → sounds that have it: a typo is looked up per word, not per sound. */
  const vocabulary = new Map<string, number>();

  const remove = (id: string): void => {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    for (const word of entry.words) {
      const left = (vocabulary.get(word) ?? 0) - 1;
      if (left > 0) vocabulary.set(word, left);
      else vocabulary.delete(word);
    }
  };

  const near = (term: string): ReadonlySet<string> => {
    const bound = typosAllowed(term.length);
    if (bound === 0) return new Set();
    const isNear = createNearness(term, bound);
    return new Set(Array.from(vocabulary.keys()).filter(isNear));
  };

  const asTyped = (terms: readonly string[]): Match[] => {
    const query = terms.join(' ');
    return matchesOf(entries.values(), (entry) => {
      let rank: number = ranks.parts;
      for (const term of terms) rank += fitOf(term, entry);
      if (rank === Infinity) return rank;
      if (entry.folded === query) return ranks.whole;
      return entry.folded.startsWith(query) ? ranks.beginning : rank;
    });
  };

  const withTypos = (terms: readonly string[]): Match[] => {
    const nearby = terms.map((term) => ({ term, words: near(term) }));
    return matchesOf(entries.values(), (entry) => {
      let rank: number = ranks.parts;
      for (const { term, words } of nearby) {
        const fit = fitOf(term, entry);
        if (fit !== Infinity) rank += fit;
        else rank += entry.words.some((word) => words.has(word)) ? fits.typo : Infinity;
      }
      return rank;
    });
  };

  const alike = (terms: readonly string[]): Match[] => {
    const wanted = trigramsOf([...terms, ...(terms.length > 1 ? [terms.join('')] : [])]);
    const matches = matchesOf(entries.values(), ({ trigrams }) => {
      let common = 0;
      for (const trigram of trigrams) if (wanted.has(trigram)) common += 1;
      const similarity = (2 * common) / (wanted.size + trigrams.length);
      return similarity < similarityMin ? Infinity : ranks.similar * (2 - similarity);
    });
    return matches.sort((a, b) => a.rank - b.rank).slice(0, similarMax);
  };

  return {
    set(entry: SearchEntry): void {
      remove(entry.id);
      entries.set(entry.id, entry);
      for (const word of entry.words) vocabulary.set(word, (vocabulary.get(word) ?? 0) + 1);
    },
    remove,
    get: (id: string) => entries.get(id),
    entries: (): Iterable<SearchEntry> => entries.values(),
    /** In no order; nothing to look for finds everything. */
    match(query: string): Match[] {
      const terms = wordsOf(fold(query));
      if (terms.length === 0) return matchesOf(entries.values(), () => ranks.parts);
      const exact = asTyped(terms);
      if (exact.length > 0) return exact;
      const typos = withTypos(terms);
      return typos.length > 0 ? typos : alike(terms);
    },
  };
};
