import { fold, wordsOf } from '../fold.ts';
import { typosAllowed } from '../near-words.ts';

export type PlainSound = { readonly name: string; readonly tags: readonly string[] };

/** Edits that turn `typed` into the nearest beginning of a word: the whole table, as in a book. */
export const prefixEdits = (typed: string, word: string): number => {
  const table = Array.from({ length: typed.length + 1 }, (_, i) =>
    Array.from({ length: word.length + 1 }, (_, j) => (i === 0 ? j : i)),
  );
  const at = (i: number, j: number) => table[i]?.[j] ?? Infinity;
  for (let i = 1; i <= typed.length; i++) {
    for (let j = 1; j <= word.length; j++) {
      const replaced = at(i - 1, j - 1) + (typed[i - 1] === word[j - 1] ? 0 : 1);
      const isSwap = typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      const swapped = isSwap ? at(i - 2, j - 2) + 1 : Infinity;
      const edits = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, swapped);
      (table[i] as number[])[j] = edits;
    }
  }
  return Math.min(...(table[typed.length] ?? []));
};

const trigrams = (words: readonly string[]) =>
  new Set(
    words.flatMap((word) =>
      Array.from({ length: word.length }, (_, at) => ` ${word} `.slice(at, at + 3)),
    ),
  );

const wordsWithPairs = (names: readonly string[]) => [
  ...names,
  ...names.slice(1).map((word, at) => `${names[at]}${word}`),
];

/** The rules of the search without an index: every sound is looked at. Rank of each that fits. */
export const plainSearch = (query: string, sounds: readonly PlainSound[]) => {
  const terms = wordsOf(fold(query));
  const whole = terms.join(' ');
  const facts = sounds.map(({ name, tags }) => {
    const folded = fold(name);
    const tagWords = tags.flatMap((tag) => wordsOf(fold(tag)));
    return { folded, names: wordsWithPairs(wordsOf(folded)), tagWords };
  });
  type Facts = (typeof facts)[number];
  const asTyped = (term: string, { folded, tagWords }: Facts): number => {
    if (new RegExp(`(?<![\\p{L}\\p{N}])${term}`, 'u').test(folded)) return 0;
    if (folded.includes(term)) return 1;
    return tagWords.some((word) => word.startsWith(term)) ? 2 : Infinity;
  };
  const forgiving = (term: string, fact: Facts): number => {
    const bound = typosAllowed(term.length);
    const isNear = (word: string) => bound > 0 && prefixEdits(term, word) <= bound;
    return Math.min(
      asTyped(term, fact),
      [...fact.names, ...fact.tagWords].some(isNear) ? 3 : Infinity,
    );
  };
  const ranked = (fitOf: (term: string, fact: Facts) => number) =>
    facts.map((fact) => {
      const fit = terms.reduce((sum, term) => sum + fitOf(term, fact), 0);
      if (fit === Infinity) return Infinity;
      if (fact.folded === whole) return 0;
      return fact.folded.startsWith(whole) ? 1 : 2 + fit;
    });
  const found = [ranked(asTyped), ranked(forgiving)].find((ranks) => Math.min(...ranks) < Infinity);
  if (found) return found;

  const wanted = trigrams(terms.length > 1 ? [...terms, terms.join('')] : terms);
  const similar = facts.map(({ names }) => {
    const own = trigrams(names);
    const common = [...wanted].filter((one) => own.has(one)).length;
    const similarity = (2 * common) / (wanted.size + own.size);
    return similarity < 0.35 ? Infinity : Math.round(1000 * (2 - similarity));
  });
  const last = similar.filter(Number.isFinite).toSorted((a, b) => a - b)[49] ?? Infinity;
  return similar.map((rank) => (rank <= last ? rank : Infinity));
};
