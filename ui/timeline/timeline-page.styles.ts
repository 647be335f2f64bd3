import { css } from 'lit';

/** On top of `pageStyles`. */
export const timelinePageStyles = css`
  .page {
    max-inline-size: 1240px;
    gap: 18px;
  }

  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
  }

  .lead {
    margin-block-start: -14px;
  }

  .scrub {
    padding: 18px 24px 6px;
  }

  .figures {
    display: flex;
    justify-content: space-between;
    gap: 16px;
    margin-block-end: 14px;
  }

  .moment {
    font-size: 20px;
    font-weight: 640;
    line-height: 1.3;
    letter-spacing: -0.02em;
  }

  .label {
    color: var(--text-2);
    font-size: 12px;
  }

  .total {
    text-align: end;
    white-space: nowrap;
  }

  .total b {
    display: block;
    color: var(--text-1);
    font-size: 20px;
    font-weight: 640;
    line-height: 1.3;
    letter-spacing: -0.02em;
  }

  .past-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 6px 16px;
  }

  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
    align-items: start;
  }

  .columns.wide {
    grid-template-columns: minmax(0, 1fr) 352px;
  }

  aside {
    position: sticky;
    inset-block-start: 16px;
    max-block-size: calc(100dvh - 132px);
    overflow: hidden auto;
    overscroll-behavior: contain;
  }

  aside.card {
    padding: 20px;
  }

  .hint {
    margin: 0;
    color: var(--text-2);
    font-size: 13px;
    text-wrap: pretty;
  }

  .list {
    min-inline-size: 0;
  }

  /* It keeps its place whether it says something or not: nothing moves under the pointer. */
  .newer {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-block-size: 38px;
    padding-inline: 12px 0;
    color: var(--text-2);
    font-size: 12.5px;
  }

  .pill {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 32px;
    padding: 0 14px 0 11px;
    border: 0;
    border-radius: 16px;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 12.5px;
    font-weight: 640;
    cursor: pointer;
  }

  .end {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 14px;
    padding: 16px 12px;
    color: var(--text-2);
    font-size: 13px;
  }

  .bone.scrubber {
    block-size: 132px;
    margin-block-end: 12px;
  }

  .bone.row {
    block-size: 32px;
    margin-block-end: 20px;
  }

  @media (pointer: coarse) {
    .pill {
      min-block-size: 44px;
      border-radius: 22px;
    }
  }

  @media (max-width: 759.98px) {
    .page {
      gap: 16px;
    }

    .lead {
      margin-block-start: -10px;
    }

    .scrub {
      padding: 16px 16px 4px;
    }

    .newer {
      padding-inline-start: 4px;
    }
  }
`;
