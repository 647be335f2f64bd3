import type { SoundType } from './contract.ts';
import { fold, wordsOf } from './fold.ts';

/** What finding needs of a sound. */
export type Findable = {
  readonly id: string;
  readonly type: SoundType;
  readonly name: string;
  readonly tags: readonly string[];
  readonly duration_ms: number;
  readonly is_normalized: boolean;
  readonly created_at: number;
  readonly play_count: number;
};

export type SearchEntry = Findable & {
  readonly folded: string;
  /** Words of the name and the tags, and each two neighbours of the name as one. */
  readonly words: readonly string[];
  /** Words of the tags, each behind a blank. */
  readonly tagText: string;
  /** Of the name, each as a number. */
  readonly trigrams: Int32Array;
};

/** So that a trigram is a small integer; two of them agree by chance once in a million. */
const trigramMask = 0x3fff_ffff;

/** Threes of letters, each as one number; a blank stands before and after a word. */
export const trigramsOf = (words: readonly string[]): Set<number> => {
  const found = new Set<number>();
  for (const word of words) {
    const text = ` ${word} `;
    for (let at = 0; at + 2 < text.length; at++) {
      const [a, b, c] = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)];
      found.add((Math.imul(Math.imul(a, 1021) + b, 1021) + c) & trigramMask);
    }
  }
  return found;
};

export const entryOf = (sound: Findable): SearchEntry => {
  const folded = fold(sound.name);
  const names = wordsOf(folded);
  const tagWords = sound.tags.flatMap((tag) => wordsOf(fold(tag)));
  const pairs = names.slice(1).map((word, index) => `${names[index]}${word}`);
  return {
    ...sound,
    folded,
    words: [...names, ...pairs, ...tagWords],
    tagText: tagWords.map((word) => ` ${word}`).join(''),
    trigrams: Int32Array.from(trigramsOf([...names, ...pairs])),
  };
};
