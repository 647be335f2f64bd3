import { msg } from '@lit/localize';
import type { MenuEntry } from '../design/menu.ts';
import { boardIcons } from './board-icons.ts';

/** Where Alt with an arrow takes a pad. */
export const steps: Record<string, { along: number; down: number }> = {
  ArrowLeft: { along: -1, down: 0 },
  ArrowRight: { along: 1, down: 0 },
  ArrowUp: { along: 0, down: -1 },
  ArrowDown: { along: 0, down: 1 },
};

/** Where a pad can go from its place, from 0 of so many, and off the board. */
export const moveEntries = (at: number, count: number): MenuEntry[] => {
  const { back, forth, first, last, takeOff } = boardIcons;
  const [isFirst, isLast] = [at <= 0, at === count - 1];
  return [
    { id: 'back', label: msg('Move back'), icon: back, disabled: isFirst },
    { id: 'forth', label: msg('Move on'), icon: forth, disabled: isLast },
    { id: 'first', label: msg('Move to the start'), icon: first, disabled: isFirst },
    { id: 'last', label: msg('Move to the end'), icon: last, disabled: isLast },
    { id: 'remove', label: msg('Take off the board'), icon: takeOff, danger: true, rule: true },
  ];
};

/** Where a move of the menu leads. */
export const placeAfter = (move: string, at: number, count: number): number | null => {
  if (move === 'back') return at - 1;
  if (move === 'forth') return at + 1;
  if (move === 'first') return 0;
  return move === 'last' ? count - 1 : null;
};
