import { css } from 'lit';

export const miniPlayerStyles = css`
  :host {
    display: block;
    padding: 0 8px 4px;
    background: var(--bg);
  }

  .card {
    --art: 40px;
    --art-radius: 8px;

    position: relative;
    display: flex;
    align-items: center;
    block-size: 60px;
    padding-inline: 10px 6px;
    border: 1px solid color-mix(in oklab, var(--h-line) 45%, transparent);
    border-radius: var(--radius-pad);
    overflow: hidden;
    background: var(--h-live);
  }

  .card.none {
    --h-line: var(--line-strong);
    --h-live: var(--surface-2);
  }

  .open {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 13px;
    min-inline-size: 0;
    block-size: 100%;
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }

  .open:focus-visible {
    outline-offset: -3px;
    border-radius: var(--radius);
    box-shadow: none;
  }

  .words {
    min-inline-size: 0;
  }

  .title,
  .list {
    display: block;
    overflow: hidden;
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .title {
    font-size: 13px;
    font-weight: 600;
    letter-spacing: -0.01em;
  }

  .list {
    color: var(--text-2);
    font-size: 12px;
  }

  .icon-button {
    inline-size: 44px;
    block-size: 44px;
  }

  .strong {
    color: var(--text-1);
  }

  .line {
    position: absolute;
    inset: auto auto 0 0;
    block-size: 3px;
    background: var(--h-line);
  }
`;
