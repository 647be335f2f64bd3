import { msg } from '@lit/localize';
import arrowDown from 'lucide-static/icons/arrow-down.svg?raw';
import arrowUp from 'lucide-static/icons/arrow-up.svg?raw';
import toEnd from 'lucide-static/icons/arrow-down-to-line.svg?raw';
import toTop from 'lucide-static/icons/arrow-up-to-line.svg?raw';
import trash from 'lucide-static/icons/trash-2.svg?raw';
import { icon } from '../design/icon.ts';
import type { MenuEntry } from '../design/menu.ts';

const moveIcons = {
  up: icon(arrowUp, 16),
  down: icon(arrowDown, 16),
  top: icon(toTop, 16),
  bottom: icon(toEnd, 16),
  remove: icon(trash, 16),
};

/** Where a row can go from its place, from 0 of so many, and out. */
export const moveEntries = (at: number, count: number): MenuEntry[] => {
  const { up, down, top, bottom, remove } = moveIcons;
  const [first, last] = [at === 0, at === count - 1];
  return [
    { id: 'up', label: msg('Move up'), icon: up, disabled: first },
    { id: 'down', label: msg('Move down'), icon: down, disabled: last },
    { id: 'top', label: msg('Move to the top'), icon: top, disabled: first },
    { id: 'bottom', label: msg('Move to the end'), icon: bottom, disabled: last },
    { id: 'remove', label: msg('Take out'), icon: remove, danger: true, rule: true },
  ];
};

/** Where a move of the menu leads. */
export const placeAfter = (move: string, at: number, count: number): number | null => {
  if (move === 'up') return at - 1;
  if (move === 'down') return at + 1;
  if (move === 'top') return 0;
  return move === 'bottom' ? count - 1 : null;
};
