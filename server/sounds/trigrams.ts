/** So that a trigram is a small integer; two of them agree by chance once in a million. */
const trigramMask = 0x3fff_ffff;

const trigramAt = (text: string, at: number): number => {
  const [a, b, c] = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)];
  return (Math.imul(Math.imul(a, 1021) + b, 1021) + c) & trigramMask;
};

/** Threes of letters, each as one number; a blank stands before and after a word. */
export const trigramsOf = (words: readonly string[]): Set<number> => {
  const found = new Set<number>();
  for (const word of words) {
    const text = ` ${word} `;
    for (let at = 0; at + 2 < text.length; at++) found.add(trigramAt(text, at));
  }
  return found;
};

const nowhere: readonly number[] = [];

/** In which places (small whole numbers) each trigram stands. */
export const createTrigramIndex = () => {
  const places = new Map<number, number[]>();
  /** How many each place has. */
  const counts: number[] = [];

  return {
    add(words: readonly string[], place: number): void {
      const trigrams = trigramsOf(words);
      counts[place] = trigrams.size;
      for (const trigram of trigrams) {
        const known = places.get(trigram);
        if (known) known.push(place);
        else places.set(trigram, [place]);
      }
    },
    remove(words: readonly string[], place: number): void {
      for (const trigram of trigramsOf(words)) {
        const rest = places.get(trigram)?.filter((known) => known !== place) ?? [];
        if (rest.length > 0) places.set(trigram, rest);
        else places.delete(trigram);
      }
    },
    /** No place that has a text of three letters or more inside a word is left out. */
    mayHave(text: string): readonly number[] {
      let fewest: readonly number[] | undefined;
      for (let at = 0; at + 2 < text.length; at++) {
        const known = places.get(trigramAt(text, at)) ?? nowhere;
        if (fewest === undefined || known.length < fewest.length) fewest = known;
      }
      return fewest ?? nowhere;
    },
    /** Place → share of common trigrams (Dice), where there are any. */
    likeness(words: readonly string[]): Map<number, number> {
      const wanted = trigramsOf(words);
      const common = new Map<number, number>();
      for (const trigram of wanted) {
        for (const place of places.get(trigram) ?? nowhere) {
          common.set(place, (common.get(place) ?? 0) + 1);
        }
      }
      for (const [place, count] of common) {
        common.set(place, (2 * count) / (wanted.size + (counts[place] ?? 0)));
      }
      return common;
    },
  };
};
