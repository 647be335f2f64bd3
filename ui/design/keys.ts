import { signal } from '@preact/signals-core';
import { recall, remember } from './remembered.ts';

/** Single-letter shortcuts can be switched off for speech input and for unsteady hands. */
export const singleKeys = signal(recall('single-keys') !== 'off');
singleKeys.subscribe((on) => remember('single-keys', on ? null : 'off'));

const typingInto = new Set(['INPUT', 'TEXTAREA', 'SELECT']);

/** Where letters go into a field they are text. */
export const isTyping = (event: KeyboardEvent): boolean => {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement && (typingInto.has(target.tagName) || target.isContentEditable)
  );
};

/** A dialog or menu on top takes its own keys. */
export const inLayer = (event: KeyboardEvent): boolean =>
  event
    .composedPath()
    .some((node) => node instanceof HTMLElement && (node.tagName === 'DIALOG' || node.popover));
