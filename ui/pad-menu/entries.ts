import { msg } from '@lit/localize';
import type { Role } from '../../server/users/contract.ts';
import type { MenuEntry } from '../design/menu.ts';
import { padIcons } from './pad-icons.ts';

export const padChoices = [
  'play',
  'preview',
  'next',
  'list',
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
  may: { member: boolean; change: boolean },
): readonly Entry[] => {
  const forMembers: Entry[] = [
    { id: 'next', label: msg('Play next in the jukebox'), icon: padIcons.next, disabled: !online },
    { id: 'list', label: msg('Add to playlist'), icon: padIcons.list },
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
