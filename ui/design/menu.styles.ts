import { css } from 'lit';

export const menuStyles = css`
  :host {
    display: inline-flex;
  }

  [popover] {
    position: fixed;
    inset: auto;
    min-inline-size: 190px;
    max-inline-size: min(320px, calc(100vw - 16px));
    max-block-size: calc(100dvh - 16px);
    margin: 0;
    padding: 6px;
    border: 1px solid var(--line);
    border-radius: var(--radius-pad);
    overflow: auto;
    background: var(--surface-2);
    color: var(--text-1);
    box-shadow: 0 12px 40px var(--shadow);
  }

  [popover]:popover-open {
    animation: open var(--hover) var(--ease);
  }

  @keyframes open {
    from {
      opacity: 0;
      transform: translateY(4px);
    }
  }

  .entry {
    display: flex;
    align-items: center;
    gap: 11px;
    inline-size: 100%;
    min-block-size: 36px;
    padding: 0 10px;
    border: 0;
    border-radius: var(--radius);
    background: none;
    color: var(--text-1);
    font-size: 13px;
    font-weight: 500;
    text-align: start;
    cursor: pointer;
  }

  .entry > svg {
    color: var(--text-2);
  }

  .entry.danger,
  .entry.danger > svg {
    color: var(--danger-text);
  }

  .entry:focus-visible {
    outline-offset: -2px;
    background: var(--surface-3);
    box-shadow: none;
  }

  .entry[aria-disabled='true'] {
    color: var(--text-3);
    cursor: default;
  }

  .chosen {
    margin-inline-start: auto;
    color: var(--accent-text);
  }

  .entry kbd {
    margin-inline-start: auto;
  }

  hr {
    block-size: 1px;
    margin: 6px 4px;
    border: 0;
    background: var(--line);
  }

  @media (hover: hover) {
    .entry:hover {
      background: var(--surface-3);
    }
  }

  @media (pointer: coarse) {
    kbd {
      display: none;
    }

    .entry {
      min-block-size: 44px;
    }
  }
`;
