import { css } from 'lit';

export const searchFieldStyles = css`
  :host {
    position: relative;
    display: flex;
    align-items: center;
    block-size: 42px;
    border-radius: var(--radius);
    background: var(--surface-2);
  }

  /* A frame of its own, so that focus on the clear button does not light the whole field. */
  .frame {
    position: absolute;
    inset: 0;
    border: 1px solid var(--line);
    border-radius: inherit;
    pointer-events: none;
    transition: border-color var(--hover);
  }

  .field:focus-within + .frame {
    border: 2px solid var(--accent-text);
  }

  .field {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 12px;
    min-inline-size: 0;
    block-size: 100%;
    padding: 0 9px 0 13px;
    color: var(--text-3);
    cursor: text;
  }

  input {
    flex: 1;
    min-inline-size: 0;
    block-size: 100%;
    padding: 0;
    border: 0;
    background: none;
    color: var(--text-1);
    font-size: 13.5px;
    outline: none;
    appearance: none;
  }

  /* The frame of the whole field is its ring. */
  input:focus-visible {
    outline: none;
    box-shadow: none;
  }

  input::placeholder {
    color: var(--text-3);
    opacity: 1;
  }

  input::-webkit-search-cancel-button {
    display: none;
  }

  .found {
    color: var(--text-2);
    font-size: 12px;
    white-space: nowrap;
  }

  .hint {
    margin-inline-end: 2px;
  }

  .clear {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 100%;
    margin-inline-end: 2px;
    padding: 0;
    border: 0;
    border-radius: var(--radius);
    background: none;
    color: var(--text-3);
    cursor: pointer;
  }

  .clear:focus-visible {
    outline-offset: -3px;
    box-shadow: none;
  }

  @media (hover: hover) {
    .field:hover:not(:focus-within) + .frame {
      border-color: var(--line-strong);
    }

    .clear:hover {
      color: var(--text-1);
    }
  }

  @media (hover: none) {
    .hint {
      display: none;
    }
  }

  @media (pointer: coarse) {
    .clear {
      inline-size: 44px;
    }
  }

  @media (max-width: 759.98px) {
    :host {
      block-size: 46px;
      border-radius: 12px;
    }

    /* iOS zooms into anything smaller. */
    input {
      font-size: 16px;
    }

    .hint {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .field:focus-within + .frame {
      border-color: Highlight;
    }
  }
`;
