import type { PlaylistRules, Visibility } from './contract.ts';

/**
 * Stream `playlist-<id>`. Places are given by the entry that follows (`before`; null: the end), so
 * that a change to a long list is one small fact.
 */
export type PlaylistEvent =
  | {
      type: 'PlaylistCreated';
      data: {
        playlist_id: string;
        name: string;
        description: string;
        visibility: Visibility;
        /** Null: the house's own, as the main playlist is. */
        owner_id: string | null;
        /** Null: a list that people order themselves. */
        rules: PlaylistRules | null;
      };
    }
  | { type: 'PlaylistRenamed'; data: { playlist_id: string; name: string } }
  | { type: 'PlaylistDescribed'; data: { playlist_id: string; description: string } }
  | { type: 'PlaylistShared'; data: { playlist_id: string; visibility: Visibility } }
  | { type: 'PlaylistRulesSet'; data: { playlist_id: string; rules: PlaylistRules } }
  /** From here on an ordinary list; the entries it had by its rules follow as EntryAdded. */
  | { type: 'PlaylistMaterialised'; data: { playlist_id: string } }
  | {
      type: 'EntryAdded';
      data: { playlist_id: string; entry_id: string; sound_id: string; before: string | null };
    }
  | {
      type: 'EntryMoved';
      data: { playlist_id: string; entry_id: string; before: string | null };
    }
  | { type: 'EntryRemoved'; data: { playlist_id: string; entry_id: string; sound_id: string } }
  /** All entries, in their new order. */
  | { type: 'EntriesOrdered'; data: { playlist_id: string; entry_ids: string[] } }
  | { type: 'PlaylistDeleted'; data: { playlist_id: string } }
  | { type: 'PlaylistRestored'; data: { playlist_id: string } };

export const playlistStream = (playlistId: string): string => `playlist-${playlistId}`;

/** The list that every sound of the library joins. */
export const mainPlaylistId = 'main';

/** A list that people order holds at most so many; the main list what the library holds. */
export const entriesMax = 10_000;
