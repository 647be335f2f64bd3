import { lowerBound } from './lower-bound.ts';
import { endOfPrefix, nearWords } from './near-words.ts';

/** Words, and in which places (small whole numbers) each stands; found by beginning, and with typos. */
export const createVocabulary = () => {
  const places = new Map<string, number[]>();
  /** Made when first asked, then kept in order. */
  let sorted: string[] | undefined;
  const inOrder = (): string[] => (sorted ??= [...places.keys()].toSorted());
  const placeOf = (words: readonly string[], word: string) =>
    lowerBound(0, words.length, (at) => (words[at] as string) < word);

  const collect = (from: number, to: number, into: Set<number>): void => {
    for (const word of inOrder().slice(from, to)) {
      for (const place of places.get(word) ?? []) into.add(place);
    }
  };

  return {
    add(word: string, place: number): void {
      const known = places.get(word);
      if (known) {
        known.push(place);
        return;
      }
      places.set(word, [place]);
      if (sorted) sorted.splice(placeOf(sorted, word), 0, word);
    },
    remove(word: string, place: number): void {
      const rest = places.get(word)?.filter((known) => known !== place);
      if (!rest) return;
      if (rest.length > 0) places.set(word, rest);
      else {
        places.delete(word);
        if (sorted) sorted.splice(placeOf(sorted, word), 1);
      }
    },
    /** Where words stand that begin so. */
    beginning(prefix: string): ReadonlySet<number> {
      const found = new Set<number>();
      const words = inOrder();
      const from = placeOf(words, prefix);
      collect(from, endOfPrefix(words, from, prefix), found);
      return found;
    },
    /** Where words stand that begin so but for `bound` typos. */
    near(typed: string, bound: number): ReadonlySet<number> {
      const found = new Set<number>();
      for (const [from, to] of nearWords(inOrder(), typed, bound)) collect(from, to, found);
      return found;
    },
  };
};
