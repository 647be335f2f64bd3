/**
 * Least number of edits (insert, delete, replace, swap of neighbours) that turn `typed` into a
 * prefix of `word`; `bound + 1` when it is more than `bound`.
 */
export const prefixDistance = (typed: string, word: string, bound: number): number => {
  const width = Math.min(word.length, typed.length + bound);
  let beforeLast: number[] = [];
  let last = Array.from({ length: width + 1 }, (_, j) => j);
  for (let i = 1; i <= typed.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= width; j++) {
      const same = typed[i - 1] === word[j - 1] ? 0 : 1;
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + same);
      const swapped =
        i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > bound) return bound + 1;
    beforeLast = last;
    last = row;
  }
  return Math.min(...last, bound + 1);
};

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;

/** Typos forgiven in a word of this length. */
export const typosAllowed = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);
