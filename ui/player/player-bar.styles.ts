import { css } from 'lit';

export const playerBarStyles = css`
  .bar {
    --art: 52px;
    --art-radius: 9px;

    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 560px) minmax(0, 1fr);
    align-items: center;
    gap: 24px;
    block-size: 84px;
    padding-inline: 20px;
    border-block-start: 1px solid var(--line);
    background: var(--surface-1);
  }

  .now,
  .end {
    display: flex;
    align-items: center;
    min-inline-size: 0;
  }

  .now {
    gap: 13px;
  }

  .words {
    min-inline-size: 0;
  }

  .title,
  .list > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .title {
    font-size: 13px;
    font-weight: 600;
    line-height: 18px;
    letter-spacing: -0.01em;
  }

  .list {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--text-2);
    font-size: 12px;
    line-height: 18px;
  }

  .list b {
    flex: none;
    font-weight: 400;
  }

  .list i {
    flex: none;
    inline-size: 3px;
    block-size: 3px;
    border-radius: 50%;
    background: var(--text-3);
  }

  .middle {
    display: grid;
    gap: 5px;
  }

  .end {
    justify-content: flex-end;
    gap: 6px;
  }

  .room {
    display: flex;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
    margin-inline-end: 8px;
    color: var(--text-2);
    font-size: 12px;
  }

  .room span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .on {
    color: var(--accent-text);
  }

  enc-volume + .icon-button {
    margin-inline-start: 6px;
  }

  /* Narrower, its name would be cut to a few letters. */
  @media (max-width: 1379.98px) {
    .room {
      display: none;
    }
  }

  @media (max-width: 1179.98px) {
    .bar {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1.3fr) auto;
      gap: 16px;
      padding-inline: 16px;
    }

    enc-volume {
      --volume-width: 64px;
    }
  }
`;
