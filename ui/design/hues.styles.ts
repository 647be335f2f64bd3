import { css, unsafeCSS } from 'lit';
import { hues } from './hues.ts';

const numbers = hues.map((hue) => `.hue-${hue}{--hue:${hue}}`).join('');
const all = hues.map((hue) => `.hue-${hue}`).join();

/**
 * `.hue-20` … `.hue-345` set the colours of a sound on any element. They are static classes because
 * a custom property set per element makes every scroll frame recalculate its whole subtree.
 */
export const hueClasses = css`
  ${unsafeCSS(numbers)}
  :is(${unsafeCSS(all)}) {
    --h-line: light-dark(oklch(0.6 0.15 var(--hue)), oklch(0.79 0.125 var(--hue)));
    --h-text: light-dark(oklch(0.45 0.115 var(--hue)), oklch(0.86 0.085 var(--hue)));
    --h-tint: light-dark(oklch(0.985 0.011 var(--hue)), oklch(0.238 0.018 var(--hue)));
    --h-press: light-dark(oklch(0.9 0.055 var(--hue)), oklch(0.37 0.055 var(--hue)));
    --h-live: light-dark(oklch(0.93 0.045 var(--hue)), oklch(0.325 0.045 var(--hue)));
  }
`;
