const plain = /^[ -~]*$/;
const marks = /\p{M}/gu;

/** One UTF-16 unit without case and accents; always one unit, so that positions stay the same. */
const foldUnit = (unit: string): string => {
  if (unit < '\u0080') return unit.toLowerCase();
  return unit.normalize('NFD').replace(marks, '').toLowerCase()[0] ?? ' ';
};

/** Text for comparing: lower case, no accents, the same length as the text it was made of. */
export const fold = (text: string): string => {
  // Nearly every name, and 5,000 of them fold while the board waits.
  if (plain.test(text)) return text.toLowerCase();
  let folded = '';
  for (let i = 0; i < text.length; i++) folded += foldUnit(text[i] ?? '');
  return folded;
};

const wordPattern = /[\p{L}\p{N}]+/gu;

/** Words of a folded text. */
export const wordsOf = (folded: string): string[] => folded.match(wordPattern) ?? [];
