import { lowerBound } from './lower-bound.ts';

/** Typos forgiven in a word of this length, as on the board. */
export const typosAllowed = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** Behind the last word that begins as the one at `at` does. */
export const endOfPrefix = (sorted: readonly string[], at: number, prefix: string): number =>
  lowerBound(at, sorted.length, (place) => sorted[place]?.startsWith(prefix) ?? false);

const commonLetters = (a: string, b: string): number => {
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
};

/**
 * Ranges [from, to) of a sorted list with the words whose beginning is at most `bound` edits
 * (insert, delete, replace, swap of neighbours) away from `typed`. The table of edits has a column
 * per letter of the word: words that begin alike share theirs, and a beginning that is too far
 * away, or near enough, decides about all words that have it.
 */
export const nearWords = (
  sorted: readonly string[],
  typed: string,
  bound: number,
): [from: number, to: number][] => {
  if (typed.length <= bound) return [[0, sorted.length]];
  const found: [number, number][] = [];
  const columns = Array.from(
    { length: typed.length + bound + 1 },
    () => new Int32Array(typed.length + 1),
  );
  const cost = (i: number, j: number): number => columns[j]?.[i] ?? bound + 1;
  for (let i = 0; i <= typed.length; i++) (columns[0] as Int32Array)[i] = i;

  /** Fills the column of a word's letter `j`, counted from one; returns its least cost. */
  const fill = (word: string, j: number): number => {
    const column = columns[j] as Int32Array;
    const letter = word.charCodeAt(j - 1);
    column[0] = j;
    let least = j;
    for (let i = 1; i <= typed.length; i++) {
      const same = letter === typed.charCodeAt(i - 1) ? 0 : 1;
      let edits = Math.min(cost(i - 1, j) + 1, cost(i, j - 1) + 1, cost(i - 1, j - 1) + same);
      const swapped =
        i > 1 &&
        j > 1 &&
        letter === typed.charCodeAt(i - 2) &&
        word.charCodeAt(j - 2) === typed.charCodeAt(i - 1);
      if (swapped) edits = Math.min(edits, cost(i - 2, j - 2) + 1);
      column[i] = edits;
      if (edits < least) least = edits;
    }
    return least;
  };

  let filled = 0;
  for (let at = 0; at < sorted.length;) {
    const word = sorted[at] as string;
    const width = Math.min(word.length, typed.length + bound);
    let next = at + 1;
    while (filled < width) {
      const least = fill(word, filled + 1);
      filled += 1;
      const isNear = cost(typed.length, filled) <= bound;
      if (!isNear && least <= bound) continue;
      next = endOfPrefix(sorted, at, word.slice(0, filled));
      if (isNear) found.push([at, next]);
      break;
    }
    filled = Math.min(filled, commonLetters(word, sorted[next] ?? ''));
    at = next;
  }
  return found;
};
