import { css } from 'lit';

export const boardStyles = css`
  :host {
    display: grid;
    grid-template: auto auto auto auto minmax(0, 1fr) / minmax(0, 1fr);
    block-size: 100%;
    min-inline-size: 0;
  }

  header {
    display: flex;
    align-items: center;
    gap: 20px;
    padding: 14px 24px 0;
  }

  enc-search-field {
    flex: 1 1 560px;
    min-inline-size: 0;
    max-inline-size: 560px;
  }

  .status {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    flex: none;
    gap: 14px;
    margin-inline-start: auto;
  }

  .stop {
    position: relative;
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 9px;
    block-size: 36px;
    padding: 0 8px 0 11px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface-2);
    font-size: 12.5px;
    font-weight: 600;
    cursor: pointer;
    transition:
      border-color var(--hover),
      transform var(--press);
  }

  /* Drawn, not written: it is no part of the button's name. */
  kbd::before {
    content: attr(data-key);
  }

  .stop svg {
    color: var(--danger);
  }

  .add {
    padding: 0 13px 0 10px;
    gap: 7px;
  }

  .add svg {
    color: var(--text-2);
  }

  .add[aria-disabled] {
    cursor: default;
    opacity: 0.6;
  }

  .stop:active {
    transform: scale(0.972);
  }

  /* What comes after the pads has its place from the start. */
  slot {
    display: block;
    block-size: 50px;
    padding: 8px 24px 0;
  }

  enc-filter-bar {
    padding: 12px 24px 16px;
  }

  enc-picked-bar {
    grid-row: 4;
    margin: 0 24px 14px;
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

  .stage {
    grid-row: 5;
    position: relative;
    min-block-size: 0;
  }

  enc-virtual-grid {
    --grid-margin: 0 0 76px;
    block-size: calc(100% + 6px);
    padding: 6px 14px 0 24px;
    margin-block-start: -6px;
  }

  enc-notice {
    block-size: 100%;
  }

  .looked {
    display: block;
  }

  @media (hover: hover) {
    .stop:hover {
      border-color: var(--line-strong);
    }
  }

  @media (pointer: coarse) {
    .stop {
      block-size: 44px;
    }
  }

  /* Beside "up next" the search needs the room of the word. */
  @media (1180px <= width < 1400px) {
    .add .stop-word {
      position: absolute;
      clip-path: inset(50%);
    }
  }

  @media (max-width: 759.98px) {
    header {
      gap: 8px;
      padding: max(10px, env(safe-area-inset-top)) 16px 0;
    }

    .status,
    kbd {
      display: none;
    }

    .stop-word {
      position: absolute;
      clip-path: inset(50%);
    }

    .stop {
      justify-content: center;
      inline-size: 46px;
      block-size: 46px;
      padding: 0;
      border-radius: 12px;
    }

    slot {
      padding: 4px 16px 0;
    }

    enc-filter-bar {
      padding: 6px 16px 10px;
    }

    enc-picked-bar {
      margin: 0 16px 10px;
    }

    enc-virtual-grid {
      padding-inline: 16px;
      scrollbar-width: none;
      scrollbar-gutter: auto;
    }
  }
`;
