import { signal, type ReadonlySignal } from '@preact/signals-core';

const media = (query: string): ReadonlySignal<boolean> => {
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener('change', () => (matches.value = list.matches));
  return matches;
};

/** Below the icon rail: one column of controls, two of pads. */
export const onPhone = media('(max-width: 759.98px)');
