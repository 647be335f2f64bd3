import { signal } from '@preact/signals-core';
import { recall, remember } from './remembered.ts';

/** Single-letter shortcuts can be switched off for speech input and for unsteady hands. */
export const singleKeys = signal(recall('single-keys') !== 'off');
singleKeys.subscribe((on) => remember('single-keys', on ? null : 'off'));

const typingInto = new Set(['TEXTAREA', 'SELECT']);

/** Inputs that letters do nothing to. */
const moved = new Set(['range', 'checkbox', 'radio', 'button', 'submit', 'reset']);

/** Where letters go into a field they are text. */
export const isTyping = (event: KeyboardEvent): boolean => {
  const [target] = event.composedPath();
  if (target instanceof HTMLInputElement) return !moved.has(target.type);
  return (
    target instanceof HTMLElement && (typingInto.has(target.tagName) || target.isContentEditable)
  );
};

/** Dialogs and menus that are open now. */
const layers = new Set<HTMLElement>();

/** Says that something lies on top, or no longer does: until then Escape is its own. */
export const setLayer = (element: HTMLElement, open: boolean): void => {
  // The browser tells of an opening afterwards, also of what has left the page meanwhile.
  if (open && element.isConnected) layers.add(element);
  else layers.delete(element);
};

/** A dialog or menu on top takes its own keys, also while nothing in it has the focus. */
export const inLayer = (event: KeyboardEvent): boolean =>
  layers.size > 0 ||
  event
    .composedPath()
    .some((node) => node instanceof HTMLElement && (node.tagName === 'DIALOG' || node.popover));
