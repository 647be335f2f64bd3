import { css } from 'lit';

/**
 * For forms on pages and in dialogs, together with `fieldStyles`: `.form` stacks fields, `.pair` puts
 * two side by side where there is room, `fieldset` groups choices under a legend, `.choice` is a
 * checkbox or radio with a name and a sentence, `.switch` is a checkbox that looks like one, and
 * `.problem` says what belongs to no field.
 */
export const formStyles = css`
  .form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }

  .form .field {
    margin: 0;
  }

  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(200px, 100%), 1fr));
    gap: 16px;
  }

  .form > .button {
    justify-self: start;
  }

  .box > select {
    appearance: none;
    padding-inline-end: 38px;
    text-overflow: ellipsis;
    cursor: pointer;
  }

  .box:has(> select)::after {
    content: '';
    position: absolute;
    inset: 17px 16px auto auto;
    inline-size: 7px;
    block-size: 7px;
    border: solid var(--text-2);
    border-width: 0 1.75px 1.75px 0;
    transform: rotate(45deg);
    pointer-events: none;
  }

  .box > textarea {
    display: block;
    block-size: auto;
    min-block-size: 88px;
    padding-block: 10px;
    font: inherit;
    font-size: 16px;
    resize: vertical;
  }

  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    margin-block-end: 4px;
    padding: 0;
    font-size: 12px;
    font-weight: 500;
  }

  .choice {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr);
    gap: 1px 11px;
    align-items: start;
    padding: 8px 0;
    cursor: pointer;
  }

  .choice + .choice {
    border-block-start: 1px solid var(--line);
  }

  .choice input {
    grid-row: span 2;
    inline-size: 18px;
    block-size: 18px;
    margin: 1px 0 0;
    accent-color: var(--accent);
    cursor: pointer;
  }

  .choice b {
    font-size: 13px;
    font-weight: 560;
  }

  .choice small {
    grid-column: 2;
    color: var(--text-2);
    font-size: 12px;
  }

  .choice:has(:disabled) {
    cursor: default;
    opacity: 0.6;
  }

  .switch {
    appearance: none;
    position: relative;
    flex: none;
    inline-size: 40px;
    block-size: 24px;
    margin: 0;
    border: 1px solid var(--line-strong);
    border-radius: 12px;
    background: var(--surface-3);
    cursor: pointer;
    transition: background-color var(--hover);
  }

  .switch::before {
    content: '';
    position: absolute;
    inset: 3px auto auto 3px;
    inline-size: 16px;
    block-size: 16px;
    border-radius: 50%;
    background: var(--text-2);
    transition: transform var(--hover) var(--ease);
  }

  .switch:checked {
    border-color: var(--accent);
    background: var(--accent);
  }

  .switch:checked::before {
    background: var(--on-accent);
    transform: translateX(16px);
  }

  .switch:disabled {
    cursor: default;
    opacity: 0.6;
  }

  /* The line that holds a switch is the target: 44 px of it on touch screens. */
  .switch-line {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    min-block-size: 38px;
    font-size: 13px;
    cursor: pointer;
  }

  .problem {
    margin: 0;
    color: var(--danger-text);
    font-size: 13px;
    font-weight: 500;
    text-wrap: pretty;
  }

  .problem:empty {
    display: none;
  }

  @media (pointer: coarse) {
    .choice,
    .switch-line {
      min-block-size: 44px;
    }

    /* One that stands alone is as small to the eye, and as large to the finger. */
    .switch::after {
      content: '';
      position: absolute;
      inset: -11px -3px;
    }
  }

  @media (forced-colors: active) {
    .switch::before {
      forced-color-adjust: none;
      background: ButtonText;
    }

    .switch:checked::before {
      background: Highlight;
    }
  }
`;
