import type { Playlist } from '../../server/playlists/contract.ts';
import type { MenuEntry } from '../design/menu.ts';
import { playlistIcons } from './playlist-icons.ts';

/** What can be done with a whole list, by who may do it. */
export const listEntries = (list: Playlist, control: boolean): MenuEntry[] => {
  const { pencil, share, unshare, download, freeze, trash } = playlistIcons;
  const shared = list.visibility === 'household';
  const manage: MenuEntry[] = [
    { id: 'edit', label: 'Edit…', icon: pencil },
    shared
      ? { id: 'private', label: 'Make it private', icon: unshare }
      : { id: 'household', label: 'Share with the household', icon: share },
    ...(list.rules ? [{ id: 'freeze', label: 'Keep what is in it now', icon: freeze }] : []),
  ];
  return [
    ...(control && list.may_manage && !list.main ? manage : []),
    { id: 'm3u8', label: 'Export as M3U', icon: download },
    { id: 'json', label: 'Export as JSON', icon: download },
    ...(control && list.may_manage && !list.main
      ? [{ id: 'delete', label: 'Delete', icon: trash, danger: true, rule: true }]
      : []),
  ];
};

/** What can be done with one entry, at its place from 0 of so many. */
export const entryEntries = (at: number, count: number, mayMove: boolean): MenuEntry[] => {
  const { queue, top, up, down, bottom } = playlistIcons;
  const moves: MenuEntry[] = [
    { id: 'up', label: 'Move up', icon: up, disabled: at === 0, rule: true },
    { id: 'down', label: 'Move down', icon: down, disabled: at === count - 1 },
    { id: 'top', label: 'Move to the top', icon: top, disabled: at === 0 },
    { id: 'bottom', label: 'Move to the end', icon: bottom, disabled: at === count - 1 },
    { id: 'remove', label: 'Take out', icon: playlistIcons.trash, danger: true, rule: true },
  ];
  return [
    { id: 'next', label: 'Play next', icon: queue },
    { id: 'queue', label: 'Add to the queue', icon: playlistIcons.plus },
    ...(mayMove ? moves : []),
  ];
};

/** Where a move of the menu leads. */
export const placeAfter = (move: string, at: number, count: number): number | null => {
  if (move === 'up') return at - 1;
  if (move === 'down') return at + 1;
  if (move === 'top') return 0;
  return move === 'bottom' ? count - 1 : null;
};
