import { msg } from '@lit/localize';
import type { Board } from '../../server/boards/contract.ts';
import type { MenuEntry } from '../design/menu.ts';
import { boardIcons } from './board-icons.ts';

export type BarChoice = 'edit' | 'arrange' | 'share' | 'unshare' | 'delete' | 'wall';

/** What can be done with the board in view; null where all sounds are shown. */
export const barEntries = (board: Board | null): readonly (MenuEntry & { id: BarChoice })[] => {
  const wall = { id: 'wall', label: msg('Wall mode'), icon: boardIcons.wall } as const;
  if (!board?.may_edit) return [wall];
  const { arrange, edit, share, unshare } = boardIcons;
  return [
    { id: 'edit', label: msg('Name and colour'), icon: edit },
    {
      id: 'arrange',
      label: msg('Arrange the pads'),
      icon: arrange,
      disabled: board.sounds.length === 0,
    },
    board.shared
      ? { id: 'unshare', label: msg('Keep to its owner'), icon: unshare }
      : { id: 'share', label: msg('Share with everybody'), icon: share },
    { ...wall, rule: true },
    { id: 'delete', label: msg('Delete'), icon: boardIcons.delete, danger: true, rule: true },
  ];
};
