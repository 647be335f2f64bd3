import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../design/icons.ts';
import type { Field } from './problem-fields.ts';

export type FieldOptions = {
  id: Field;
  label: string;
  value: string;
  autocomplete: 'off' | 'username' | 'current-password' | 'new-password';
  /** A sentence below the field; an error stands in its place. */
  note?: string;
  error: string | undefined;
  /** For a secret: shown or not, and the button that turns it. */
  secret?: { revealed: boolean; toggle: () => void };
};

/** A labelled input with what is to say about it below. */
export const field = (options: FieldOptions): TemplateResult => {
  const { id, label, value, autocomplete, note = '', error, secret } = options;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <div class="box">
      <input
        id=${id}
        name=${id}
        type=${secret && !secret.revealed ? 'password' : 'text'}
        autocomplete=${autocomplete}
        autocapitalize="off"
        spellcheck="false"
        placeholder=" "
        .value=${value}
        aria-describedby="${id}-note"
        aria-invalid=${error ? 'true' : nothing}
      />${secret ? reveal(secret) : nothing}
    </div>
    <div id="${id}-note" class="note" ?hidden=${!error && !note}>
      ${error ? html`<span class="error" role="alert">${error}</span>` : note}
    </div>
  </div>`;
};

const reveal = ({ revealed, toggle }: NonNullable<FieldOptions['secret']>): TemplateResult => {
  const hint = revealed ? 'Hide the password' : 'Show the password';
  return html`<button
    type="button"
    class="reveal"
    aria-label=${hint}
    title=${hint}
    @click=${toggle}
  >
    ${revealed ? icons.hide : icons.show}
  </button>`;
};
