import { msg } from '@lit/localize';
import type { Playlist } from '../../server/playlists/contract.ts';
import type { MenuEntry } from '../design/menu.ts';
import { moveEntries } from '../player/row-menu.ts';
import { playlistIcons } from './playlist-icons.ts';

/** What can be done with a whole list, by who may do it. */
export const listEntries = (list: Playlist, control: boolean): MenuEntry[] => {
  const { pencil, share, unshare, download, freeze, trash } = playlistIcons;
  const shared = list.visibility === 'household';
  const manage: MenuEntry[] = [
    { id: 'edit', label: msg('Edit…'), icon: pencil },
    shared
      ? { id: 'private', label: msg('Make it private'), icon: unshare }
      : { id: 'household', label: msg('Share with the household'), icon: share },
    ...(list.rules ? [{ id: 'freeze', label: msg('Keep what is in it now'), icon: freeze }] : []),
  ];
  return [
    ...(control && list.may_manage && !list.main ? manage : []),
    { id: 'm3u8', label: msg('Export as M3U'), icon: download },
    { id: 'json', label: msg('Export as JSON'), icon: download },
    ...(control && list.may_manage && !list.main
      ? [{ id: 'delete', label: msg('Delete'), icon: trash, danger: true, rule: true }]
      : []),
  ];
};

/** What can be done with one entry, at its place from 0 of so many. */
export const entryEntries = (at: number, count: number, mayMove: boolean): MenuEntry[] => {
  const moves = moveEntries(at, count).map((entry, first) =>
    first === 0 ? { ...entry, rule: true } : entry,
  );
  return [
    { id: 'next', label: msg('Play next'), icon: playlistIcons.queue },
    { id: 'queue', label: msg('Add to the queue'), icon: playlistIcons.plus },
    ...(mayMove ? moves : []),
  ];
};
