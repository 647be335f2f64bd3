import { msg } from '@lit/localize';
import type { BoardSound } from '../board/sounds.ts';

/** What the ids of the log stand for, as far as it is known. */
export type Names = {
  /** By user id, or what acted in nobody's name. */
  person(id: string): string;
  /** By the name it has now; a removed one by the name that was seen in the log. */
  sound(id: string): string;
  playlist(id: string): string;
  /** Of a board, a button or a schedule. */
  thing(id: string): string | undefined;
};

export type NameTables = {
  people: ReadonlyMap<string, string>;
  sounds: ReadonlyMap<string, BoardSound>;
  playlists: ReadonlyMap<string, string>;
  /** Id → name, learnt from events that gave one. */
  seen: ReadonlyMap<string, string>;
};

/** Who acts where no person does. */
const others: Readonly<Record<string, string>> = {
  system: 'Encore',
  binding: msg('A button'),
  schedule: msg('A schedule'),
};

export const namesOf = ({ people, sounds, playlists, seen }: NameTables): Names => ({
  person: (id) => people.get(id) ?? others[id] ?? msg('Somebody who was forgotten'),
  sound: (id) => sounds.get(id)?.name ?? seen.get(id) ?? msg('a sound that was removed'),
  playlist: (id) =>
    playlists.get(id) ??
    seen.get(id) ??
    (id === 'main' ? msg('All sounds') : msg('a playlist that is gone')),
  thing: (id) => seen.get(id),
});

const idKeys = ['sound_id', 'playlist_id', 'board_id', 'binding_id', 'schedule_id'] as const;

/** The id and the name that an event gives, where it gives one. */
export const nameIn = (data: Readonly<Record<string, unknown>>): [string, string] | null => {
  const { name } = data;
  const id = idKeys.map((key) => data[key]).find((value) => typeof value === 'string');
  return typeof name === 'string' && typeof id === 'string' ? [id, name] : null;
};
