import { css } from 'lit';

export const playerSheetStyles = css`
  dialog {
    display: flex;
    flex-direction: column;
    inline-size: 100%;
    block-size: 100dvh;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: env(safe-area-inset-top) 0 0;
    border: 0;
    overflow: hidden;
    background: var(--surface-1);
    color: var(--text-1);
    animation: rise var(--move) var(--ease);
  }

  dialog:not([open]) {
    display: none;
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(48px);
    }
  }

  .head {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    padding: 8px 12px 0;
    color: var(--text-2);
    font-size: 12px;
  }

  .head span {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  .head i {
    inline-size: 44px;
  }

  .body {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }

  .now {
    --seek-height: 44px;

    display: grid;
    gap: 20px;
    padding: 8px 24px 16px;
  }

  .cover {
    --art: min(100%, 38dvh);
    --art-radius: var(--radius-card);

    display: grid;
    justify-items: center;
  }

  .cover > .art {
    block-size: auto;
    aspect-ratio: 1;
  }

  h2 {
    margin: 0;
    font-size: 20px;
    font-weight: 640;
    line-height: 1.3;
    letter-spacing: -0.015em;
    overflow-wrap: anywhere;
  }

  p {
    margin: 2px 0 0;
    color: var(--text-2);
    font-size: 13px;
  }

  enc-volume {
    --volume-width: 100%;
  }

  enc-queue {
    block-size: 70dvh;
    padding-inline: 4px;
    border-block-start: 1px solid var(--line);
    background: var(--surface-1);
  }

  @media (min-width: 760px) {
    .body {
      grid-template: minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 1fr);
    }

    .now {
      align-content: center;
      overflow: auto;
    }

    enc-queue {
      block-size: auto;
      border-block-start: 0;
      border-inline-start: 1px solid var(--line);
    }
  }
`;
