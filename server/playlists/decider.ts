import { accepted, refused, unreachable, type Decider } from '../kernel/decider.ts';
import type { PlaylistRules, Visibility } from './contract.ts';
import { entriesMax, mainPlaylistId, type PlaylistEvent } from './events.ts';

type Created = Extract<PlaylistEvent, { type: 'PlaylistCreated' }>['data'];

/**
 * `known` says whether the entries that a command names stand in the list: they are looked up in
 * the same transaction, so that a list of thousands need not be folded to move one of them.
 */
export type PlaylistCommand =
  | ({ type: 'CreatePlaylist' } & Created)
  | { type: 'RenamePlaylist'; name: string }
  | { type: 'DescribePlaylist'; description: string }
  | { type: 'SharePlaylist'; visibility: Visibility }
  | { type: 'SetRules'; rules: PlaylistRules }
  | { type: 'MaterialisePlaylist' }
  | { type: 'AddEntry'; entry_id: string; sound_id: string; before: string | null; known: boolean }
  | { type: 'MoveEntry'; entry_id: string; before: string | null; known: boolean }
  | {
      type: 'RemoveEntry';
      entry_id: string;
      sound_id: string | undefined;
      /** The sound is leaving the library, or stands in this list a second time. */
      spare: boolean;
    }
  | { type: 'OrderEntries'; entry_ids: readonly string[]; known: boolean }
  | { type: 'DeletePlaylist' }
  | { type: 'RestorePlaylist' };

export type PlaylistRefusal =
  | { code: 'unknown_playlist' }
  | { code: 'unknown_entry' }
  /** The order names other entries than the list has now. */
  | { code: 'order_stale' }
  | { code: 'playlist_full' }
  | { code: 'main_playlist' }
  | { code: 'follows_rules' }
  | { code: 'follows_no_rules' };

export type PlaylistState =
  | { kind: 'unknown' }
  | {
      kind: 'open' | 'deleted';
      playlist_id: string;
      owner_id: string | null;
      name: string;
      description: string;
      visibility: Visibility;
      rules: PlaylistRules | null;
      entries: number;
    };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One list. Who may command it is asked before; see `playlists.ts`. */
export const playlistDecider: Decider<
  PlaylistState,
  PlaylistCommand,
  PlaylistEvent,
  PlaylistRefusal
> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, list) {
    if (command.type === 'CreatePlaylist') {
      const { type: _type, ...data } = command;
      if (list.kind !== 'unknown') return accepted();
      return accepted({ type: 'PlaylistCreated', data });
    }
    if (list.kind === 'unknown') return refused({ code: 'unknown_playlist' });
    const { playlist_id } = list;
    const isMain = playlist_id === mainPlaylistId;
    if (command.type === 'RestorePlaylist') {
      if (list.kind === 'open') return accepted();
      return accepted({ type: 'PlaylistRestored', data: { playlist_id } });
    }
    // A sound that goes leaves deleted lists too: one that comes back has no dead entries.
    if (command.type === 'RemoveEntry') {
      const { entry_id, sound_id, spare } = command;
      if (list.rules) return refused({ code: 'follows_rules' });
      if (sound_id === undefined) return refused({ code: 'unknown_entry' });
      // What the library has would join again by itself.
      if (isMain && !spare) return refused({ code: 'main_playlist' });
      return accepted({ type: 'EntryRemoved', data: { playlist_id, entry_id, sound_id } });
    }
    if (list.kind === 'deleted') return refused({ code: 'unknown_playlist' });

    switch (command.type) {
      case 'RenamePlaylist': {
        const { name } = command;
        if (name === list.name) return accepted();
        if (isMain) return refused({ code: 'main_playlist' });
        return accepted({ type: 'PlaylistRenamed', data: { playlist_id, name } });
      }
      case 'DescribePlaylist': {
        const { description } = command;
        if (description === list.description) return accepted();
        return accepted({ type: 'PlaylistDescribed', data: { playlist_id, description } });
      }
      case 'SharePlaylist': {
        const { visibility } = command;
        if (visibility === list.visibility) return accepted();
        if (isMain) return refused({ code: 'main_playlist' });
        return accepted({ type: 'PlaylistShared', data: { playlist_id, visibility } });
      }
      case 'SetRules': {
        const { rules } = command;
        if (!list.rules) return refused({ code: 'follows_no_rules' });
        if (same(rules, list.rules)) return accepted();
        return accepted({ type: 'PlaylistRulesSet', data: { playlist_id, rules } });
      }
      case 'MaterialisePlaylist':
        if (!list.rules) return refused({ code: 'follows_no_rules' });
        return accepted({ type: 'PlaylistMaterialised', data: { playlist_id } });
      case 'AddEntry': {
        const { entry_id, sound_id, before, known } = command;
        if (list.rules) return refused({ code: 'follows_rules' });
        if (!known) return refused({ code: 'unknown_entry' });
        // The main list has what the library has, however much that is.
        if (!isMain && list.entries >= entriesMax) {
          return refused({ code: 'playlist_full' });
        }
        return accepted({ type: 'EntryAdded', data: { playlist_id, entry_id, sound_id, before } });
      }
      case 'MoveEntry': {
        const { entry_id, before, known } = command;
        if (list.rules) return refused({ code: 'follows_rules' });
        if (!known) return refused({ code: 'unknown_entry' });
        if (entry_id === before) return accepted();
        return accepted({ type: 'EntryMoved', data: { playlist_id, entry_id, before } });
      }
      case 'OrderEntries': {
        const { entry_ids, known } = command;
        if (list.rules) return refused({ code: 'follows_rules' });
        if (!known || new Set(entry_ids).size !== list.entries) {
          return refused({ code: 'order_stale' });
        }
        return accepted({
          type: 'EntriesOrdered',
          data: { playlist_id, entry_ids: [...entry_ids] },
        });
      }
      case 'DeletePlaylist':
        if (isMain) return refused({ code: 'main_playlist' });
        return accepted({ type: 'PlaylistDeleted', data: { playlist_id } });
      default:
        return unreachable(command);
    }
  },

  evolve(list, event) {
    if (event.type === 'PlaylistCreated') return { kind: 'open', entries: 0, ...event.data };
    if (list.kind === 'unknown') return list;
    switch (event.type) {
      case 'PlaylistRenamed':
        return { ...list, name: event.data.name };
      case 'PlaylistDescribed':
        return { ...list, description: event.data.description };
      case 'PlaylistShared':
        return { ...list, visibility: event.data.visibility };
      case 'PlaylistRulesSet':
        return { ...list, rules: event.data.rules };
      case 'PlaylistMaterialised':
        return { ...list, rules: null };
      case 'EntryAdded':
        return { ...list, entries: list.entries + 1 };
      case 'EntryRemoved':
        return { ...list, entries: list.entries - 1 };
      case 'EntryMoved':
      case 'EntriesOrdered':
        return list;
      case 'PlaylistDeleted':
        return { ...list, kind: 'deleted' };
      case 'PlaylistRestored':
        return { ...list, kind: 'open' };
      default:
        return unreachable(event);
    }
  },
};
