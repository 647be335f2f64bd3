import type { Sound, SoundType } from '../../server/sounds/contract.ts';
import { fold } from '../board/fold.ts';
import { locale } from '../design/locale.ts';

export const sortings = ['name', 'type', 'duration', 'plays', 'added'] as const;
export type Sorting = (typeof sortings)[number];

/** What is asked for of the list. */
export type Wish = {
  words: string;
  type: SoundType | null;
  normalised: boolean | null;
  /** Only those without any tag. */
  untagged: boolean;
  by: Sorting;
  descending: boolean;
};

export const everything: Wish = {
  words: '',
  type: null,
  normalised: null,
  untagged: false,
  by: 'name',
  descending: false,
};

export const narrows = ({ words, type, normalised, untagged }: Wish): boolean =>
  words !== '' || type !== null || normalised !== null || untagged;

const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });

const byName = (a: Sound, b: Sound): number => collator.compare(a.name, b.name);

const comparisons: Record<Sorting, (a: Sound, b: Sound) => number> = {
  name: byName,
  type: (a, b) => collator.compare(a.type, b.type),
  duration: (a, b) => a.duration - b.duration,
  plays: (a, b) => a.play_count - b.play_count,
  added: (a, b) => Date.parse(a.created_at) - Date.parse(b.created_at),
};

/** The list as it is asked for; equals stand by name. */
export const rowsOf = (sounds: Iterable<Sound>, wish: Wish): Sound[] => {
  const words = fold(wish.words).split(/\s+/).filter(Boolean);
  const sign = wish.descending ? -1 : 1;
  return [...sounds]
    .filter(({ type }) => wish.type === null || type === wish.type)
    .filter(({ is_normalized }) => wish.normalised === null || is_normalized === wish.normalised)
    .filter(({ tags }) => !wish.untagged || tags.length === 0)
    .filter(({ name, filename, tags }) => {
      const text = fold(`${name} ${filename} ${tags.join(' ')}`);
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => sign * comparisons[wish.by](a, b) || byName(a, b));
};
