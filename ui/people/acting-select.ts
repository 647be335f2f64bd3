import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

type Options = {
  id: string;
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  note: string;
  disabled: boolean;
  change: (value: string) => void;
};

/** Unlike in a form it acts at once, and goes back where the server says no. */
export const actingSelect = (options: Options): TemplateResult => {
  const { id, label, value, note, disabled, change } = options;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <div class="box">
      <select
        id=${id}
        aria-describedby="${id}-note"
        ?disabled=${disabled}
        .value=${live(value)}
        @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}
      >
        ${options.options.map(
          (one) =>
            html`<option value=${one.value} ?selected=${one.value === value}>${one.label}</option>`,
        )}
      </select>
    </div>
    <div id="${id}-note" class="note">${note}</div>
  </div>`;
};
