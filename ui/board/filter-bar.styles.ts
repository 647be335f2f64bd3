import { css } from 'lit';

export const filterBarStyles = css`
  :host {
    display: flex;
    align-items: center;
    gap: 14px;
    min-inline-size: 0;
  }

  .chips {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
    margin: -6px 0 -6px -6px;
    padding: 6px 28px 6px 6px;
    overflow-x: auto;
    scrollbar-width: none;
    mask-image: linear-gradient(to right, #000 calc(100% - 36px), transparent);
  }

  .chip {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 8px;
    block-size: 32px;
    padding: 0 12px 0 11px;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--surface-1);
    color: var(--text-2);
    font-size: 12px;
    font-weight: 500;
    line-height: 1;
    white-space: nowrap;
    cursor: pointer;
    transition:
      background-color var(--hover),
      border-color var(--hover),
      transform var(--press);
  }

  .chip:active {
    transform: scale(0.972);
  }

  .chip[aria-pressed='true'] {
    border-color: var(--strong);
    background: var(--strong);
    color: var(--on-strong);
  }

  .count {
    margin-inline-start: -2px;
    font-weight: 400;
    opacity: 0.75;
  }

  .tag-dot {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 2.5px;
    background: var(--h-line);
  }

  .rule {
    flex: none;
    inline-size: 1px;
    block-size: 18px;
    margin-inline: 2px;
    background: var(--line);
  }

  .tools {
    display: flex;
    flex: none;
    align-items: center;
    gap: 14px;
  }

  .sort {
    position: relative;
    display: flex;
    align-items: center;
    color: var(--text-2);
  }

  :host([ordered]) .sort {
    display: none;
  }

  .sort svg {
    position: absolute;
    inset-inline-start: 8px;
    pointer-events: none;
  }

  select {
    block-size: 32px;
    padding: 0 6px 0 32px;
    border: 0;
    border-radius: var(--radius);
    background: transparent;
    color: inherit;
    font-size: 12px;
    font-weight: 500;
    cursor: pointer;
  }

  option {
    background: var(--surface-2);
    color: var(--text-1);
  }

  .densities {
    display: flex;
    gap: 1px;
    padding: 2px;
    border-radius: var(--radius);
    background: var(--surface-3);
  }

  .densities button {
    display: grid;
    place-items: center;
    inline-size: 30px;
    block-size: 28px;
    padding: 0;
    border: 0;
    border-radius: 7px;
    background: none;
    color: var(--text-3);
    cursor: pointer;
  }

  .densities [aria-pressed='true'] {
    background: var(--surface-1);
    box-shadow: 0 1px 2px var(--shadow);
    color: var(--text-1);
  }

  @media (hover: hover) {
    .chip:hover:not([aria-pressed='true']) {
      border-color: var(--line-strong);
      color: var(--text-1);
    }

    select:hover,
    .densities button:hover {
      color: var(--text-1);
    }
  }

  @media (pointer: coarse) {
    .chip,
    select {
      block-size: 44px;
      border-radius: 22px;
      padding-inline-end: 15px;
    }

    .densities button {
      inline-size: 44px;
      block-size: 44px;
    }
  }

  @media (max-width: 759.98px) {
    :host {
      overflow-x: auto;
      scrollbar-width: none;
      gap: 6px;
    }

    .chips {
      flex: none;
      margin-inline-start: 0;
      padding-inline: 0;
      overflow: visible;
      mask-image: none;
    }

    .chip,
    select {
      font-size: 13px;
    }
  }

  /* A thumb needs 44 px; the chip may look slimmer than what can be hit. */
  @media (max-width: 759.98px) and (pointer: coarse) {
    .chip {
      position: relative;
      block-size: 36px;
      border-radius: 18px;
    }

    .chip::after {
      content: '';
      position: absolute;
      inset: -4px 0;
    }
  }

  @media (forced-colors: active) {
    .chip[aria-pressed='true'],
    .densities [aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }

    .tag-dot {
      forced-color-adjust: none;
    }
  }
`;
