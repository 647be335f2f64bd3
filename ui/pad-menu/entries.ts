import { msg } from '@lit/localize';
import type { Role } from '../../server/users/contract.ts';
import type { MenuEntry } from '../design/menu.ts';
import { boardIcons } from '../boards/board-icons.ts';
import { padIcons } from './pad-icons.ts';

export const padChoices = [
  'play',
  'preview',
  'next',
  'list',
  'board',
  'pin',
  'arrange',
  'off',
  'download',
  'plays',
  'select',
  'rename',
  'tags',
  'gain',
  'trim',
  'delete',
] as const;
export type PadChoice = (typeof padChoices)[number];

/** Whether the server would let somebody change a sound; it has the last word all the same. */
export const mayChange = (
  user: { id: string; role: Role },
  sound: { added_by: string | null } | null,
): boolean => user.role === 'admin' || (user.role === 'user' && sound?.added_by === user.id);

type Entry = MenuEntry & { id: PadChoice };

/** The menu of a pad. What the person may not do is not in it. */
export const padEntries = (
  online: boolean,
  may: { member: boolean; change: boolean; board: boolean; pin: boolean; arrange: boolean },
): readonly Entry[] => {
  const forMembers: Entry[] = [
    { id: 'next', label: msg('Play next in the jukebox'), icon: padIcons.next, disabled: !online },
    { id: 'list', label: msg('Add to playlist'), icon: padIcons.list },
  ];
  const toBoard: Entry = { id: 'board', label: msg('Add to board'), icon: boardIcons.board };
  const pin: Entry = { id: 'pin', label: msg('Pin to a key'), icon: boardIcons.pin };
  const ofBoard: Entry[] = [
    { id: 'arrange', label: msg('Arrange the board'), icon: boardIcons.arrange },
    { id: 'off', label: msg('Take off this board'), icon: boardIcons.takeOff, disabled: !online },
  ];
  const forAll: Entry[] = [
    {
      id: 'play',
      label: online ? msg('Play') : msg('Play, when Encore is back'),
      icon: padIcons.play,
      key: 'Enter',
      disabled: !online,
    },
    { id: 'preview', label: msg('Play on this device'), icon: padIcons.preview },
    ...(may.member ? forMembers : []),
    ...(may.board ? [toBoard] : []),
    ...(may.pin ? [pin] : []),
    ...(may.arrange ? ofBoard : []),
    { id: 'download', label: msg('Download'), icon: padIcons.download },
    { id: 'plays', label: msg('Who played this'), icon: padIcons.plays },
    { id: 'select', label: msg('Select'), icon: padIcons.select, key: 'X' },
  ];
  if (!may.change) return forAll;
  return [
    ...forAll,
    { id: 'rename', label: msg('Rename'), icon: padIcons.rename, key: 'F2', rule: true },
    { id: 'tags', label: msg('Tags'), icon: padIcons.tags },
    { id: 'gain', label: msg('Volume and policy'), icon: padIcons.gain },
    { id: 'trim', label: msg('Trim'), icon: padIcons.trim },
    { id: 'delete', label: msg('Delete'), icon: padIcons.delete, danger: true, rule: true },
  ];
};
