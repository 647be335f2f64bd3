import { css } from 'lit';

export const arrangeBoardStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    block-size: 100%;
  }

  .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    margin: 0 24px 14px;
    padding: 8px 8px 8px 16px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-pad);
    background: var(--surface-2);
    color: var(--text-2);
    font-size: 13px;
  }

  .bar p {
    margin: 0;
    text-wrap: pretty;
  }

  .bar b {
    margin-inline-end: 6px;
    color: var(--text-1);
    font-weight: 600;
  }

  .pads {
    min-block-size: 0;
  }

  enc-virtual-grid {
    --grid-margin: 0 0 76px;
    block-size: calc(100% + 6px);
    margin-block-start: -6px;
    padding: 6px 14px 0 24px;
  }

  .ghost {
    position: fixed;
    inset: 0 auto auto 0;
    z-index: 3;
    pointer-events: none;
    filter: drop-shadow(0 12px 24px var(--shadow));
  }

  @media (max-width: 759.98px) {
    .bar {
      margin-inline: 16px;
    }

    .long {
      display: none;
    }

    enc-virtual-grid {
      padding-inline: 16px;
      scrollbar-width: none;
      scrollbar-gutter: auto;
    }
  }
`;
