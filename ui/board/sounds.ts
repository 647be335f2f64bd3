import { msg } from '@lit/localize';
import type { CatalogueItem, SoundType } from '../../server/sounds/contract.ts';
import type { Hue } from '../design/hues.ts';
import { fold } from './fold.ts';
import { hueOf } from './hue-of.ts';
import { locale } from '../design/locale.ts';

/** A sound of the catalogue with what the board asks of it at every keystroke. */
export type BoardSound = CatalogueItem & {
  hue: Hue;
  /** The name, folded; same length as the name. */
  folded: string;
  /** Tags and words of the type, folded. */
  foldedTags: string;
};

const typeWords: Record<SoundType, string> = {
  SDB: msg('sdb effects'),
  TTS: msg('tts speech'),
  EXT: msg('ext extracted'),
};

export const boardSound = (item: CatalogueItem): BoardSound => {
  const foldedTags = `${fold(item.tags.join(' '))} ${typeWords[item.type]}`;
  return { ...item, hue: hueOf(item), folded: fold(item.name), foldedTags };
};

/** Whether what is known of a sound is what the catalogue says. */
export const isSame = (sound: BoardSound, item: CatalogueItem): boolean =>
  sound.name === item.name &&
  sound.play_count === item.play_count &&
  sound.duration === item.duration &&
  sound.type === item.type &&
  sound.tags.length === item.tags.length &&
  sound.tags.every((tag, at) => tag === item.tags[at]);

export const sorts = ['plays', 'name', 'newest', 'duration'] as const;
export type Sort = (typeof sorts)[number];

export const sortLabels: Record<Sort, string> = {
  plays: msg('Most played'),
  name: msg('Name'),
  newest: msg('Newest'),
  duration: msg('Duration'),
};

let collator: Intl.Collator | undefined;
/** Made when somebody first sorts by name: the first one costs a browser as much as many pads. */
const byName = (a: { name: string }, b: { name: string }): number => {
  collator ??= new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  return collator.compare(a.name, b.name);
};

export const sortSounds = (sounds: readonly BoardSound[], sort: Sort): readonly BoardSound[] => {
  switch (sort) {
    case 'plays':
      // The catalogue comes in this order.
      return sounds;
    case 'name':
      return sounds.toSorted(byName);
    case 'newest':
      // Ids are UUIDv7, so that their order is the order of arrival.
      return sounds.toSorted((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
    case 'duration':
      return sounds.toSorted((a, b) => a.duration - b.duration);
  }
};

/** "Games" and "games" are one tag. */
const tagKey = (tag: string): string => tag.trim().toLowerCase();

/** What the chips choose: nothing, one type or one tag in lower case. */
export type Filter =
  | { kind: 'favourites' }
  | { kind: 'type'; type: SoundType }
  | { kind: 'tag'; tag: string }
  | null;

export const sameFilter = (a: Filter, b: Filter): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

export const filterSounds = (
  sounds: readonly BoardSound[],
  filter: Filter,
  favourites: ReadonlySet<string> = new Set(),
): readonly BoardSound[] => {
  if (filter === null) return sounds;
  switch (filter.kind) {
    case 'favourites':
      return sounds.filter(({ id }) => favourites.has(id));
    case 'type':
      return sounds.filter((sound) => sound.type === filter.type);
    case 'tag':
      return sounds.filter(({ tags }) => tags.some((tag) => tagKey(tag) === filter.tag));
  }
};

export type Facets = { types: [SoundType, number][]; tags: [string, number][] };

/** Types and tags that occur, tags in lower case and by how often. */
export const facetsOf = (sounds: Iterable<Pick<BoardSound, 'type' | 'tags'>>): Facets => {
  const types = new Map<SoundType, number>();
  const tags = new Map<string, number>();
  for (const sound of sounds) {
    types.set(sound.type, (types.get(sound.type) ?? 0) + 1);
    const keys = sound.tags.map(tagKey);
    for (const tag of keys.length < 2 ? keys : new Set(keys))
      tags.set(tag, (tags.get(tag) ?? 0) + 1);
  }
  const order: SoundType[] = ['SDB', 'TTS', 'EXT'];
  return {
    types: order.flatMap((type) => (types.has(type) ? [[type, types.get(type) ?? 0]] : [])),
    tags: [...tags]
      .map(([tag, count]) => ({ tag, count, folded: fold(tag) }))
      .sort((a, b) => b.count - a.count || (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0))
      .map(({ tag, count }): [string, number] => [tag, count]),
  };
};
