import { css } from 'lit';

export const wallStyles = css`
  :host {
    position: fixed;
    inset: 0;
    background: var(--bg);
    user-select: none;
    -webkit-touch-callout: none;
  }

  main {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    block-size: 100%;
  }

  header {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 84px;
    padding: max(14px, env(safe-area-inset-top)) 24px 14px;
  }

  enc-hold-corner {
    flex: none;
    margin: -6px 2px -6px -10px;
  }

  .mark-ground {
    fill: var(--accent);
  }

  .mark-bars {
    fill: var(--on-accent);
  }

  h1,
  .choose select {
    margin: 0;
    font-size: 20px;
    font-weight: 640;
    line-height: 28px;
    letter-spacing: -0.015em;
  }

  h1 {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .choose {
    min-inline-size: 0;
  }

  .choose select {
    max-inline-size: 100%;
    block-size: 48px;
    padding: 0 8px;
    border: 0;
    border-radius: var(--radius);
    background: transparent;
    color: var(--text-1);
    text-overflow: ellipsis;
    cursor: pointer;
  }

  option {
    background: var(--surface-2);
    color: var(--text-1);
    font-size: 16px;
  }

  .rest {
    flex: 1;
  }

  enc-live-pill {
    flex: none;
    margin-inline-end: 8px;
  }

  .button {
    flex: none;
    min-block-size: 48px;
    border-color: var(--line);
  }

  .button.stop {
    min-block-size: 56px;
    padding: 0 22px;
    border-radius: var(--radius-pad);
    background: var(--surface-2);
    font-size: 15px;
  }

  .stop svg {
    color: var(--danger);
  }

  .body {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
  }

  .stage {
    grid-area: 1 / 1;
    min-block-size: 0;
  }

  enc-virtual-grid {
    --grid-margin: 0 0 88px;
    block-size: 100%;
    padding: 6px 24px 0;
    scrollbar-width: none;
    scrollbar-gutter: auto;
  }

  enc-notice {
    block-size: 100%;
  }

  enc-floor {
    position: relative;
    grid-area: 1 / 1;
    align-self: end;
  }

  .dim {
    position: fixed;
    inset: 0;
    z-index: 4;
    background: #000;
    opacity: 0;
    pointer-events: none;
    transition: opacity var(--enter);
  }

  .dim.asleep {
    opacity: 0.88;
    pointer-events: auto;
    transition-duration: 2s;
  }

  @media (max-width: 759.98px) {
    header {
      gap: 6px;
      min-block-size: 0;
      padding: max(10px, env(safe-area-inset-top)) 16px 10px;
    }

    .mark,
    enc-live-pill {
      display: none;
    }

    .word {
      position: absolute;
      clip-path: inset(50%);
    }

    .button,
    .button.stop {
      inline-size: 48px;
      min-inline-size: 48px;
      min-block-size: 48px;
      padding: 0;
    }

    .choose {
      margin-inline-start: -8px;
    }

    enc-virtual-grid {
      padding-inline: 16px;
    }
  }
`;
