import eye from 'lucide-static/icons/eye.svg?raw';
import eyeOff from 'lucide-static/icons/eye-off.svg?raw';
import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon.ts';

const showIcon = icon(eye, 18);
const hideIcon = icon(eyeOff, 18);

export type LabelledOptions = {
  /** Also its `name` in the form's data. */
  id: string;
  label: string;
  value: string;
  /** A sentence below the field; an error stands in its place. */
  note?: string;
  error?: string | undefined;
};

export type FieldOptions = LabelledOptions & {
  /** Of the input; `text` when not set, and for secrets it follows from `secret`. */
  type?: 'text' | 'email' | 'number' | 'date' | 'datetime-local' | 'url' | 'password';
  autocomplete?: 'off' | 'username' | 'email' | 'current-password' | 'new-password';
  /** For numbers and dates. */
  min?: string;
  max?: string;
  maxLength?: number;
  /** Has the focus first when its dialog opens. */
  autofocus?: boolean;
  /** For a secret: shown or not, and the button that turns it. */
  secret?: { revealed: boolean; toggle: () => void };
};

/** A control under its label, with what is to say about it below. Styles: `fieldStyles`. */
export const labelled = (options: LabelledOptions, control: TemplateResult): TemplateResult => {
  const { id, label, note = '', error } = options;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <div class="box">${control}</div>
    <div id="${id}-note" class="note" ?hidden=${!error && !note}>
      ${error ? html`<span class="error" role="alert">${error}</span>` : note}
    </div>
  </div>`;
};

/** A labelled input. */
export const field = (options: FieldOptions): TemplateResult => {
  const { id, value, error, secret, type = 'text', autocomplete = 'off' } = options;
  return labelled(
    options,
    html`<input
        id=${id}
        name=${id}
        class=${secret ? 'secret' : ''}
        type=${secret && !secret.revealed ? 'password' : type}
        autocomplete=${autocomplete}
        autocapitalize="off"
        spellcheck="false"
        placeholder=" "
        min=${options.min ?? nothing}
        max=${options.max ?? nothing}
        maxlength=${options.maxLength ?? nothing}
        ?autofocus=${options.autofocus ?? false}
        .value=${value}
        aria-describedby="${id}-note"
        aria-invalid=${error ? 'true' : nothing}
      />${secret ? reveal(secret) : nothing}`,
  );
};

const reveal = ({ revealed, toggle }: NonNullable<FieldOptions['secret']>): TemplateResult => {
  const hint = revealed ? msg('Hide the password') : msg('Show the password');
  return html`<button
    type="button"
    class="reveal"
    aria-label=${hint}
    title=${hint}
    @click=${toggle}
  >
    ${revealed ? hideIcon : showIcon}
  </button>`;
};
