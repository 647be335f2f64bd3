import { createNearness, lettersOf, typosAllowed } from './edit-distance.ts';
import { fold, wordsOf } from './fold.ts';
import { trigramsOf, type SearchEntry } from './search-entry.ts';

/** Smaller is better. */
export type Match = { readonly entry: SearchEntry; readonly rank: number };

/** How well one term fits. */
const fits = { wordStart: 0, inside: 1, tag: 2, typo: 3 } as const;
/** No fit at all; a whole number, because those are quick. */
const none = 1_000_000;
/** How the name as a whole fits comes before how its parts do. */
const ranks = { whole: 0, beginning: 1, parts: 2, similar: 1000 } as const;

type Word = { sounds: SearchEntry[]; readonly letters: number };

/** Share of common trigrams (Dice) below which names only happen to have some in common. */
const similarityMin = 0.35;
const similarMax = 50;
const hintMask = 0xffff;

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

const matchesOf = (
  entries: readonly SearchEntry[],
  rankOf: (entry: SearchEntry, at: number) => number,
): Match[] => {
  const matches: Match[] = [];
  entries.forEach((entry, at) => {
    const rank = rankOf(entry, at);
    if (rank < none) matches.push({ entry, rank });
  });
  return matches;
};

/**
 * Sounds by name and tag, typos forgiven: as typed first, else within a few edits, else what looks
 * alike. `bench search` measures it beside SQLite's own trigrams.
 */
export const createSearchIndex = () => {
  const entries = new Map<string, SearchEntry>();
  /** Word → sounds that have it: a typo is looked up per word, not per sound. */
  const vocabulary = new Map<string, Word>();

  const remove = (id: string): void => {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    for (const word of entry.words) {
      const known = vocabulary.get(word);
      if (!known) continue;
      known.sounds = known.sounds.filter((sound) => sound !== entry);
      if (known.sounds.length === 0) vocabulary.delete(word);
    }
  };

  const near = (term: string): ReadonlySet<SearchEntry> => {
    const found = new Set<SearchEntry>();
    const bound = typosAllowed(term.length);
    if (bound === 0) return found;
    const isNear = createNearness(term, bound);
    for (const [word, { letters, sounds }] of vocabulary) {
      if (isNear(word, letters)) for (const sound of sounds) found.add(sound);
    }
    return found;
  };

  /** `fitOfTerm`: by place of the term and of the sound. */
  const ranked = (
    among: readonly SearchEntry[],
    terms: readonly string[],
    fitOfTerm: (term: number, at: number) => number,
  ): Match[] => {
    const query = terms.join(' ');
    return matchesOf(among, ({ folded }, at) => {
      let rank: number = ranks.parts;
      for (let term = 0; term < terms.length && rank < none; term++) {
        rank += fitOfTerm(term, at);
      }
      if (rank >= none) return none;
      if (folded === query) return ranks.whole;
      return folded.startsWith(query) ? ranks.beginning : rank;
    });
  };

  const alike = (among: readonly SearchEntry[], terms: readonly string[]): Match[] => {
    const wanted = trigramsOf([...terms, ...(terms.length > 1 ? [terms.join('')] : [])]);
    // Of the hundred thousands of trigrams nearly none is wanted: a table says so sooner than a set.
    const hint = new Uint8Array(hintMask + 1);
    for (const trigram of wanted) hint[trigram & hintMask] = 1;
    const matches = matchesOf(among, ({ trigrams }) => {
      let common = 0;
      for (let at = 0; at < trigrams.length; at++) {
        const trigram = trigrams[at] as number;
        if (hint[trigram & hintMask] === 1 && wanted.has(trigram)) common += 1;
      }
      const similarity = (2 * common) / (wanted.size + trigrams.length);
      return similarity < similarityMin ? none : Math.round(ranks.similar * (2 - similarity));
    });
    const best = matches.toSorted((a, b) => a.rank - b.rank).slice(0, similarMax);
    const last = best.at(-1)?.rank ?? 0;
    return matches.filter(({ rank }) => rank <= last);
  };

  return {
    set(entry: SearchEntry): void {
      remove(entry.id);
      entries.set(entry.id, entry);
      for (const word of entry.words) {
        const known = vocabulary.get(word);
        if (known) known.sounds.push(entry);
        else vocabulary.set(word, { sounds: [entry], letters: lettersOf(word) });
      }
    },
    remove,
    get: (id: string) => entries.get(id),
    entries: (): SearchEntry[] => [...entries.values()],
    /** In the order of `among`; nothing to look for finds everything. */
    match(query: string, among: readonly SearchEntry[] = [...entries.values()]): Match[] {
      const terms = wordsOf(fold(query));
      if (terms.length === 0) return matchesOf(among, () => ranks.parts);
      const fitsOf = terms.map((term) => {
        const tagTerm = ` ${term}`;
        return among.map((entry) => fitOf(term, tagTerm, entry));
      });
      const asTyped = (term: number, at: number) => fitsOf[term]?.[at] ?? none;
      const exact = ranked(among, terms, asTyped);
      if (exact.length > 0) return exact;
      const nearby = terms.map(near);
      const isLost = (found: ReadonlySet<SearchEntry>, term: number) =>
        found.size === 0 && !fitsOf[term]?.some((fit) => fit < none);
      if (nearby.some(isLost)) return alike(among, terms);
      const withTypos = ranked(among, terms, (term, at) => {
        const fit = asTyped(term, at);
        if (fit < none) return fit;
        return nearby[term]?.has(among[at] as SearchEntry) ? fits.typo : none;
      });
      return withTypos.length > 0 ? withTypos : alike(among, terms);
    },
  };
};
