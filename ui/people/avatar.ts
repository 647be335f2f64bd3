import { html, type TemplateResult } from 'lit';
import { initialsOf } from '../design/words.ts';

/** Initials in a circle, with a dot for who is here. For the eye: the words stand beside it. */
export const avatar = (name: string, here: boolean, disabled: boolean): TemplateResult =>
  html`<span
    class="avatar ${here ? 'here' : ''} ${disabled ? 'off' : ''}"
    data-initials=${initialsOf(name)}
  ></span>`;
