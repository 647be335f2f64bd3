import { msg } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Binding, Suggestion } from '../../server/bindings/contract.ts';
import type { FieldErrors } from '../api/field-errors.ts';
import { selectField } from '../design/choice-fields.ts';
import { field } from '../design/field.ts';
import { typedMatch, type BindingField, type Compared } from './binding-form.ts';

const edgeWords: Record<Binding['edge'], string> = {
  auto: msg('Each press; of a state each change'),
  rising: msg('When it begins to be so'),
  falling: msg('When it ends being so'),
  change: msg('When it begins and when it ends'),
};
const edges = Object.entries(edgeWords).map(([value, label]) => ({ value, label }));

const comparedWords: Record<Compared, string> = {
  equals: msg('Word for word'),
  regex: msg('As a pattern'),
  kept: msg('By its parts, as it was learnt'),
};

export const advancedStyles = css`
  details {
    padding: 2px 14px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }

  summary {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 10px 2px 10px 0;
    border-radius: var(--radius-s);
    font-size: 13px;
    font-weight: 560;
    list-style: none;
    cursor: pointer;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary::after {
    content: '';
    inline-size: 7px;
    block-size: 7px;
    margin-block-start: -4px;
    border: solid var(--text-2);
    border-width: 0 1.75px 1.75px 0;
    transform: rotate(45deg);
  }

  [open] > summary::after {
    margin-block-start: 4px;
    transform: rotate(225deg);
  }

  .advanced {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    padding-block: 6px 14px;
  }

  .switch-line small {
    display: block;
    color: var(--text-2);
    font-size: 12px;
    text-wrap: pretty;
  }

  @media (pointer: coarse) {
    summary {
      min-block-size: 44px;
    }
  }
`;

/** Where the message comes from, where nobody has pressed anything to tell. */
export const triggerFields = (options: {
  binding: Binding | null;
  compared: Compared;
  errors: FieldErrors<BindingField>;
}): TemplateResult => {
  const { binding, compared, errors } = options;
  const { text } = typedMatch(binding?.match ?? 'any');
  return html`<div class="pair">
    ${field({
      id: 'filter',
      label: msg('MQTT topic'),
      value: binding?.filter ?? '',
      error: errors.filter,
      maxLength: 256,
    })}
    ${
      compared === 'kept'
        ? nothing
        : field({
            id: 'match',
            label: compared === 'regex' ? msg('Pattern') : msg('Message'),
            value: text,
            note:
              compared === 'regex'
                ? msg('RE2, found anywhere in the text.')
                : msg('Left empty: any.'),
            error: errors.match,
            maxLength: 256,
          })
    }
  </div>`;
};

/** What suits most buttons as it stands. Styles: `advancedStyles`. */
export const advancedFields = (options: {
  /** What it is made of; null: by hand. */
  before: Binding | Suggestion | null;
  /** Null: as it was learnt, and not to be chosen. */
  compared: Compared | null;
  open: boolean;
  errors: FieldErrors<BindingField>;
  setCompared: (compared: Compared) => void;
  setOpen: (open: boolean) => void;
}): TemplateResult => {
  const { before, compared, errors } = options;
  const learnt = before !== null && typedMatch(before.match).compared === 'kept';
  const ways = (Object.keys(comparedWords) as Compared[]).filter((one) => one !== 'kept' || learnt);
  const onToggle = (event: Event): void =>
    options.setOpen((event.target as HTMLDetailsElement).open);
  return html`<details ?open=${options.open} @toggle=${onToggle}>
    <summary>${msg('Advanced')}</summary>
    <div class="advanced">
      ${
        compared === null
          ? nothing
          : selectField({
              id: 'compared',
              label: msg('The message is compared'),
              value: compared,
              options: ways.map((value) => ({ value, label: comparedWords[value] })),
              onChange: (value) => options.setCompared(value as Compared),
            })
      }
      <div class="pair">
        ${selectField({
          id: 'edge',
          label: msg('It counts'),
          value: before?.edge ?? 'auto',
          options: edges,
        })}
        ${field({
          id: 'debounce_ms',
          label: msg('Then quiet for, in ms'),
          type: 'number',
          value: before ? String(before.debounce_ms) : '',
          min: '0',
          max: '60000',
          note: before ? '' : msg('Left empty: what suits the device.'),
          error: errors.debounce_ms,
        })}
      </div>
      <label class="switch-line"
        ><span
          >${msg('Pass over presses that are to be kept')}<small
            >${msg('What the broker had kept never counts. Switch this off for a device that asks to keep each press, as ESPHome does.')}</small
          ></span
        >
        <input
          type="checkbox"
          class="switch"
          name="ignore_retained"
          ?checked=${before?.ignore_retained ?? true}
      /></label>
    </div>
  </details>`;
};
