const marks = /\p{M}/gu;
const wordPattern = /[\p{L}\p{N}]+/gu;

/** Text for comparing: lower case, no accents. The board folds in the same way. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(marks, '').toLowerCase();

/** Words of a folded text. */
export const wordsOf = (folded: string): string[] => folded.match(wordPattern) ?? [];
