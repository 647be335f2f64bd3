import { css } from 'lit';

/** On top of `buttons` and `progressStyles`. */
export const pickedBarStyles = css`
  :host {
    display: block;
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    min-block-size: 54px;
    padding: 7px 8px 7px 16px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-pad);
    background: var(--surface-2);
    box-shadow: 0 10px 36px var(--shadow);
    font-size: 13px;
  }

  .button {
    min-block-size: 36px;
    padding: 0 12px;
    gap: 7px;
  }

  .button[aria-disabled] {
    cursor: default;
    opacity: 0.6;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-inline-start: auto;
  }

  .link {
    padding: 4px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--accent-text);
    font-size: 13px;
    font-weight: 560;
    cursor: pointer;
  }

  .progress {
    flex: 1;
    min-inline-size: 160px;
    margin: 0;
  }

  .title {
    display: none;
  }

  .figures {
    margin-block-end: 5px;
  }

  @media (pointer: coarse) {
    .button,
    .link {
      min-block-size: 44px;
    }
  }

  @media (max-width: 759.98px) {
    .actions {
      flex-wrap: nowrap;
      gap: 5px;
      inline-size: 100%;
      margin-inline-start: 0;
      overflow-x: auto;
      scrollbar-width: none;
    }

    .actions:empty {
      display: none;
    }

    .actions .button {
      flex: none;
      padding: 0 9px;
      font-size: 12.5px;
    }

    .actions svg {
      display: none;
    }
  }
`;
