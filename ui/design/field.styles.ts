import { css } from 'lit';

/** For `field()` and the other labelled controls. */
export const fieldStyles = css`
  .field {
    min-inline-size: 0;
    margin-block-end: 14px;
  }

  .field > label {
    display: block;
    margin-block-end: 6px;
    font-size: 12px;
    font-weight: 500;
  }

  .box {
    position: relative;
  }

  .box > :is(input, select, textarea) {
    inline-size: 100%;
    block-size: 44px;
    padding: 0 12px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface-2);
    color: var(--text-1);
    font-size: 16px;
  }

  .box > .secret {
    padding-inline-end: 46px;
  }

  .box > :focus-visible:not(.reveal) {
    border-color: var(--accent-text);
    outline: none;
    box-shadow:
      0 0 0 1px var(--accent-text),
      0 0 0 3px var(--surface-1);
  }

  .box > [aria-invalid] {
    border-color: var(--danger);
  }

  /* Chrome paints its own ground under remembered names. */
  .box > input:autofill {
    box-shadow: inset 0 0 0 40px var(--surface-2);
    -webkit-text-fill-color: var(--text-1);
    caret-color: var(--text-1);
  }

  .reveal {
    position: absolute;
    inset: 0 0 0 auto;
    display: grid;
    place-items: center;
    inline-size: 44px;
    padding: 0;
    border: 0;
    border-radius: var(--radius);
    background: none;
    color: var(--text-3);
    cursor: pointer;
  }

  .reveal:focus-visible {
    outline-offset: -4px;
    box-shadow: none;
  }

  .note {
    padding-block-start: 5px;
    color: var(--text-2);
    font-size: 12px;
    text-wrap: pretty;
  }

  .error {
    color: var(--danger-text);
    font-weight: 500;
  }

  @media (forced-colors: active) {
    .box > :focus-visible {
      outline: 2px solid Highlight;
    }
  }
`;
