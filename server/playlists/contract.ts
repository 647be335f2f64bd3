/** Wire shapes of playlists. Durations in ms, times RFC 3339 UTC. */
import { z } from 'zod';
import { soundLimits, soundType, tagOf } from '../sounds/contract.ts';
import { entriesMax } from './events.ts';

/** Private: the owner alone. Household: everybody reads, members edit the entries. */
export const visibilities = ['private', 'household'] as const;
export const visibility = z.enum(visibilities);
export type Visibility = z.infer<typeof visibility>;

export const playlistLimits = {
  nameCharactersMax: 200,
  descriptionCharactersMax: 1000,
  entriesMax,
  /** Of one person, deleted ones not counted. */
  playlistsMax: 500,
  /** Of those: each takes a look at the whole library after a change to it. */
  ruledPlaylistsMax: 20,
  /** Sounds added by one request. */
  addedAtOnceMax: 500,
  importCharactersMax: 1024 * 1024,
  /** How long a deleted list can be brought back. */
  restoreMsMax: 30 * 24 * 60 * 60_000,
} as const;

// oxlint-disable-next-line no-control-regex -- names are one line of text
const noControls = /^[^\u0000-\u001f\u007f]*$/;
const name = z
  .string()
  .trim()
  .min(1, 'a name is needed')
  .max(playlistLimits.nameCharactersMax)
  .regex(noControls, 'a name is one line of text');
const description = z.string().trim().max(playlistLimits.descriptionCharactersMax);

const tag = z
  .string()
  .overwrite(tagOf)
  .min(1, 'a tag needs a letter')
  .max(soundLimits.tagCharactersMax);
const tags = z.array(tag).min(1).max(soundLimits.tagsMax);

/** A saved search: which sounds, in which order, how many of them. */
export const playlistRules = z
  .strictObject({
    /** Every one of these tags. */
    tags_all: tags.optional(),
    /** At least one of these tags. */
    tags_any: tags.optional(),
    types: z.array(soundType).min(1).optional(),
    /** Favourites of the list's owner. */
    favourites: z.boolean().optional(),
    /** Added within so many days before now. */
    added_within_days: z.number().int().min(1).max(3650).optional(),
    /** Played at least so often. */
    plays_min: z.number().int().min(1).optional(),
    sort: z.enum(['name', 'plays', 'recent', 'duration']).default('name'),
    entries_max: z.number().int().min(1).max(1000).default(100),
  })
  .meta({ id: 'PlaylistRules' });
export type PlaylistRules = z.infer<typeof playlistRules>;

export const playlist = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    visibility,
    /** Null: the house's own. */
    owner_id: z.string().nullable(),
    owner_name: z.string().nullable(),
    /** The list that every new sound joins. */
    main: z.boolean(),
    rules: playlistRules.nullable(),
    /** Entries. */
    length: z.number().int(),
    /** Of all entries together. */
    duration: z.number().int(),
    /** Whether the caller may change the entries; and name, visibility and the list itself. */
    may_edit: z.boolean(),
    may_manage: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Playlist' });
export type Playlist = z.infer<typeof playlist>;

export const playlistEntry = z
  .object({
    entry_id: z.string(),
    /** 0-based. */
    position: z.number().int(),
    sound: z.object({
      id: z.string(),
      type: soundType,
      name: z.string(),
      duration: z.number().int(),
      tags: z.array(z.string()),
      /** The file is not there now: skipped when its turn comes. */
      missing: z.boolean(),
    }),
  })
  .meta({ id: 'PlaylistEntry' });
export type PlaylistEntry = z.infer<typeof playlistEntry>;

export const newPlaylistBody = z
  .strictObject({
    name,
    description: description.default(''),
    visibility: visibility.default('private'),
    rules: playlistRules.optional(),
  })
  .meta({ id: 'NewPlaylist' });

export const playlistChangesBody = z
  .strictObject({
    name: name.optional(),
    description: description.optional(),
    visibility: visibility.optional(),
    rules: playlistRules.optional(),
  })
  .meta({ id: 'PlaylistChanges' });
export type PlaylistChanges = z.infer<typeof playlistChangesBody>;

const position = z.number().int().min(0);

/** One sound, or several that stay together; `position` is 0-based, the end when left out. */
export const newEntriesBody = z
  .union([
    z.strictObject({ sound_id: z.string(), position: position.optional() }),
    z.strictObject({
      sound_ids: z.array(z.string()).min(1).max(playlistLimits.addedAtOnceMax),
      position: position.optional(),
    }),
  ])
  .meta({ id: 'NewPlaylistEntries' });

export const addedEntries = z.object({
  /** The first of them. */
  entry_id: z.string(),
  entry_ids: z.array(z.string()),
});

export const orderBody = z.strictObject({
  entry_ids: z.array(z.string()).max(playlistLimits.entriesMax),
});
export const moveBody = z.strictObject({
  /** The entry that follows it then; null: it becomes the last. */
  before: z.string().nullable(),
});

export const transferFormats = ['m3u8', 'json'] as const;
export const transferFormat = z.enum(transferFormats);

export const importBody = z.strictObject({
  name,
  format: transferFormat,
  content: z.string().max(playlistLimits.importCharactersMax),
});
export const importReport = z.object({
  playlist,
  /** Lines that became entries. */
  matched: z.number().int(),
  /** What is not in the library, as it stood in the file; at most 100 of them. */
  unmatched: z.array(z.string()),
  unmatched_total: z.number().int(),
});

/** Feed message `playlist_changed`. */
export type PlaylistChanged = {
  playlist_id: string;
  change: 'created' | 'described' | 'entries' | 'deleted' | 'restored';
};
