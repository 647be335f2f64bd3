/** Typos forgiven in a word of this length, as on the board. */
export const typosAllowed = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** Which letters a word has, roughly: one bit of 32 each. */
export const lettersOf = (word: string): number => {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
};

const bitsOf = (mask: number): number => {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
};

/**
 * Whether at most `bound` edits (insert, delete, replace, swap of neighbours) turn `typed` into a
 * prefix of a word. Made for one `typed` and many words: the rows of the table are made once,
 * and who keeps the words may keep their `lettersOf` too.
 */
export const createNearness = (
  typed: string,
  bound: number,
): ((word: string, letters?: number) => boolean) => {
  const widthMax = typed.length + bound;
  const rows = Array.from({ length: typed.length + 1 }, () => new Uint8Array(widthMax + 1));
  const letters = lettersOf(typed);
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 255;
  for (const [i, row] of rows.entries()) row[0] = i;
  for (let j = 0; j <= widthMax; j++) (rows[0] as Uint8Array)[j] = j;

  return (word, lettersOfWord = lettersOf(word)) => {
    if (word.length < typed.length - bound) return false;
    // An edit brings in one missing letter at most: most words are refused here.
    if (bitsOf(letters & ~lettersOfWord) > bound) return false;
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
