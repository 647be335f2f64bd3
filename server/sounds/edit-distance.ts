/** Typos forgiven in a word of this length, as on the board. */
export const typosAllowed = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/**
 * Whether at most `bound` edits (insert, delete, replace, swap of neighbours) turn `typed` into a
 * prefix of a word. Made for one `typed` and many words: the rows of the table are made once.
 */
export const createNearness = (typed: string, bound: number): ((word: string) => boolean) => {
  const widthMax = typed.length + bound;
  const rows = Array.from({ length: typed.length + 1 }, () => new Uint8Array(widthMax + 1));
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 255;
  for (const [i, row] of rows.entries()) row[0] = i;
  for (let j = 0; j <= widthMax; j++) (rows[0] as Uint8Array)[j] = j;

  return (word) => {
    if (word.length < typed.length - bound) return false;
    const width = Math.min(word.length, widthMax);
    for (let i = 1; i <= typed.length; i++) {
      const row = rows[i] as Uint8Array;
      const letter = typed.charCodeAt(i - 1);
      let least = i;
      for (let j = 1; j <= width; j++) {
        const same = letter === word.charCodeAt(j - 1) ? 0 : 1;
        let cost = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
        const swapped =
          i > 1 &&
          j > 1 &&
          letter === word.charCodeAt(j - 2) &&
          typed.charCodeAt(i - 2) === word.charCodeAt(j - 1);
        if (swapped) cost = Math.min(cost, at(i - 2, j - 2) + 1);
        row[j] = cost;
        if (cost < least) least = cost;
      }
      if (least > bound) return false;
    }
    for (let j = 0; j <= width; j++) if (at(typed.length, j) <= bound) return true;
    return false;
  };
};
