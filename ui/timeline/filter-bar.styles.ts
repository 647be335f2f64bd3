import { css } from 'lit';

export const filterBarStyles = css`
  :host {
    display: grid;
    gap: 10px;
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  .search {
    position: relative;
    flex: 1 1 220px;
  }

  .search svg {
    position: absolute;
    inset: 10px auto auto 12px;
    color: var(--text-3);
    pointer-events: none;
  }

  :is(input, select),
  .more {
    inline-size: 100%;
    block-size: 38px;
    padding: 0 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface-2);
    color: var(--text-1);
    font-size: 13px;
  }

  .search input {
    padding-inline-start: 40px;
  }

  input::placeholder {
    color: var(--text-3);
  }

  .pick {
    position: relative;
  }

  .pick select {
    appearance: none;
    padding-inline-end: 32px;
    cursor: pointer;
  }

  .pick svg {
    position: absolute;
    inset: 12px 11px auto auto;
    color: var(--text-2);
    pointer-events: none;
  }

  .more {
    display: inline-flex;
    align-items: center;
    position: relative;
    gap: 6px;
    inline-size: auto;
    border-color: transparent;
    background: none;
    color: var(--text-2);
    cursor: pointer;
  }

  .more[aria-expanded='true'] svg {
    transform: rotate(180deg);
  }

  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
    gap: 10px 12px;
    padding: 14px 16px 16px;
    border: 1px solid var(--line);
    border-radius: var(--radius-pad);
  }

  .field {
    display: grid;
    gap: 5px;
    color: var(--text-2);
    font-size: 12px;
    font-weight: 500;
  }

  .field :is(input, select) {
    min-inline-size: 0;
    font-weight: 400;
  }

  .held {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-block-size: 32px;
    padding: 0 10px 0 13px;
    border: 1px solid var(--accent-text);
    border-radius: 16px;
    background: var(--surface-2);
    font-size: 12.5px;
    cursor: pointer;
  }

  @media (hover: hover) {
    .more:hover {
      color: var(--text-1);
    }
  }

  @media (pointer: coarse) {
    :is(input, select),
    .more,
    .chip {
      min-block-size: 44px;
    }

    .chip {
      border-radius: 22px;
    }
  }

  @media (max-width: 759.98px) {
    .search {
      flex-basis: 100%;
    }

    .pick {
      flex: 1 1 120px;
    }

    /* Not read out of the button: its name stays what it is. */
    .more .word {
      position: absolute;
      clip-path: inset(50%);
    }

    :is(input, select) {
      font-size: 16px;
    }
  }
`;
