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
  /** Words of the tags, each behind a blank. */
  readonly tagText: string;
};

export const entryOf = (sound: Findable): SearchEntry => ({
  ...sound,
  folded: fold(sound.name),
  tagText: sound.tags
    .flatMap((tag) => wordsOf(fold(tag)))
    .map((word) => ` ${word}`)
    .join(''),
});

/** Words of the name, and each two neighbours as one. */
export const nameWords = ({ folded }: SearchEntry): string[] => {
  const names = wordsOf(folded);
  return [...names, ...names.slice(1).map((word, index) => `${names[index]}${word}`)];
};

export const tagWords = ({ tagText }: SearchEntry): string[] => wordsOf(tagText);
