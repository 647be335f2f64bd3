import { css } from 'lit';

/** On top of `fieldStyles`. */
export const extractFormStyles = css`
  :host {
    display: block;
  }

  .big {
    position: relative;
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 6px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-pad);
    background: var(--surface-2);
    transition: border-color var(--hover);
  }

  .big > svg {
    margin-inline: 12px 4px;
    color: var(--text-3);
  }

  .big:focus-within {
    border-color: var(--accent-text);
    box-shadow: 0 0 0 1px var(--accent-text);
  }

  .big:has([aria-invalid]) {
    border-color: var(--danger);
  }

  .big input {
    flex: 1;
    min-inline-size: 0;
    block-size: 46px;
    padding: 0;
    border: 0;
    outline: none;
    background: none;
    box-shadow: none;
    font-size: 17px;
    letter-spacing: -0.01em;
    text-overflow: ellipsis;
  }

  input::placeholder {
    color: var(--text-3);
    opacity: 1;
  }

  .big .button {
    min-block-size: 46px;
    padding-inline: 22px;
    border-radius: var(--radius);
    font-size: 14px;
  }

  .say {
    margin-block-start: 8px;
    font-size: 13px;
  }

  .say a {
    color: inherit;
    white-space: nowrap;
  }

  .options {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: 14px 16px;
    margin-block-start: 18px;
  }

  .options .field {
    inline-size: 128px;
    margin: 0;
  }

  .options .box > input {
    block-size: 40px;
    font-size: 14px;
  }

  .options .note {
    inline-size: max-content;
    max-inline-size: 280px;
  }

  .check {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 40px;
    margin-block-start: 23px;
    padding-inline-start: 4px;
    font-size: 13px;
    cursor: pointer;
  }

  .check input {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    accent-color: var(--accent);
    cursor: pointer;
  }

  .check small {
    display: block;
    color: var(--text-2);
    font-size: 12px;
  }

  .cost {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 40px;
    margin: 23px 0 0 auto;
    color: var(--text-2);
    font-size: 13px;
  }

  .cost b {
    color: var(--text-1);
    font-weight: 560;
  }

  .cost.short b {
    color: var(--danger-text);
  }

  @media (pointer: coarse) {
    .options .box > input,
    .check,
    .cost {
      min-block-size: 44px;
    }
  }

  @media (max-width: 759.98px) {
    .big {
      flex-wrap: wrap;
    }

    .big > svg {
      margin-inline-start: 8px;
    }

    .big input {
      block-size: 44px;
      font-size: 16px;
    }

    .big .button {
      flex: 1 1 100%;
    }

    .options .field {
      flex: 1 1 120px;
      inline-size: auto;
    }

    .options .box > input {
      font-size: 16px;
    }

    .options .note {
      inline-size: auto;
    }

    .check {
      flex-basis: 100%;
      margin-block-start: 0;
      padding: 0;
    }

    /* Before the button is pressed, not after all the rest. */
    .cost {
      order: -1;
      flex-basis: 100%;
      min-block-size: 24px;
      margin: -6px 0 0;
    }
  }

  @media (forced-colors: active) {
    .big:focus-within {
      outline: 2px solid Highlight;
    }
  }
`;
