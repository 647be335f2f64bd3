import { html, nothing, type TemplateResult } from 'lit';
import { labelled, type LabelledOptions } from './field.ts';

export type SelectOptions = LabelledOptions & {
  options: readonly { value: string; label: string }[];
  onChange?: (value: string) => void;
};

/** A labelled list of which one is chosen. Styles: `fieldStyles`, `formStyles`. */
export const selectField = (options: SelectOptions): TemplateResult => {
  const { id, value, error, onChange } = options;
  return labelled(
    options,
    html`<select
      id=${id}
      name=${id}
      aria-describedby="${id}-note"
      aria-invalid=${error ? 'true' : nothing}
      @change=${(event: Event) => onChange?.((event.target as HTMLSelectElement).value)}
    >
      ${options.options.map(
        (one) =>
          html`<option value=${one.value} ?selected=${one.value === value}>${one.label}</option>`,
      )}
    </select>`,
  );
};

/** A labelled field for several lines. Styles: `fieldStyles`, `formStyles`. */
export const textField = (options: LabelledOptions & { rows?: number }): TemplateResult => {
  const { id, value, error, rows = 3 } = options;
  return labelled(
    options,
    html`<textarea
      id=${id}
      name=${id}
      rows=${rows}
      placeholder=" "
      .value=${value}
      aria-describedby="${id}-note"
      aria-invalid=${error ? 'true' : nothing}
    ></textarea>`,
  );
};
