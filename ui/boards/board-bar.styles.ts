import { css } from 'lit';

export const boardBarStyles = css`
  :host {
    display: flex;
    align-items: center;
    gap: 8px;
    block-size: 42px;
    min-inline-size: 0;
    border-block-end: 1px solid var(--line);
  }

  nav {
    position: relative;
    display: flex;
    flex: 1;
    gap: 2px;
    min-inline-size: 0;
    block-size: 42px;
    margin-block-end: -1px;
    overflow: auto hidden;
    scrollbar-width: none;
    mask-image: linear-gradient(to right, #000 calc(100% - 28px), transparent);
  }

  .tab,
  .new {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    padding: 0 12px;
    border: 0;
    border-block-end: 2px solid transparent;
    background: none;
    color: var(--text-2);
    font-size: 13px;
    font-weight: 560;
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
  }

  .tab:first-child {
    padding-inline-start: 2px;
  }

  .tab[aria-current] {
    border-color: var(--accent-text);
    color: var(--text-1);
  }

  .tab svg {
    color: var(--text-3);
  }

  .name {
    max-inline-size: 200px;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .dot {
    flex: none;
    inline-size: 9px;
    block-size: 9px;
    border-radius: 3px;
    background: var(--h-line);
  }

  .new {
    gap: 6px;
    margin-inline-end: 28px;
    padding-inline: 10px;
    font-weight: 500;
  }

  :is(.tab, .new):focus-visible {
    border-radius: var(--radius-s);
    outline-offset: -3px;
    box-shadow: none;
  }

  @media (hover: hover) {
    :is(.tab, .new):hover {
      color: var(--text-1);
    }
  }

  @media (pointer: coarse) {
    .new {
      min-inline-size: 44px;
      justify-content: center;
    }
  }

  @media (forced-colors: active) {
    .dot {
      forced-color-adjust: none;
    }

    .tab[aria-current] {
      border-color: Highlight;
    }
  }
`;
