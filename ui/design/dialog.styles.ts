import { css } from 'lit';

/** A card over the page; below the icon rail a sheet that comes from the lower edge. */
export const dialogStyles = css`
  dialog {
    display: flex;
    flex-direction: column;
    inline-size: min(var(--dialog-width, 460px), calc(100vw - 32px));
    max-block-size: min(760px, calc(100dvh - 48px));
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
    overflow: hidden;
    background: var(--surface-1);
    color: var(--text-1);
    box-shadow: 0 24px 80px var(--shadow);
    animation: arrive var(--move) var(--ease);
  }

  dialog:not([open]) {
    display: none;
  }

  dialog::backdrop {
    background: var(--scrim);
  }

  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(var(--arrive-from, 8px));
    }
  }

  header {
    display: flex;
    flex: none;
    align-items: start;
    justify-content: space-between;
    gap: 12px;
    padding: 17px 14px 5px 24px;
  }

  h2 {
    margin: 7px 0;
    font-size: 17px;
    font-weight: 640;
    line-height: 1.3;
    letter-spacing: -0.015em;
    overflow-wrap: anywhere;
    text-wrap: balance;
  }

  .body {
    display: block;
    flex: 1;
    min-block-size: 0;
    padding: 4px 24px 20px;
    overflow: hidden auto;
    overscroll-behavior: contain;
    outline: none;
    box-shadow: none;
  }

  .actions {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    padding: 14px 24px 20px;
    border-block-start: 1px solid var(--line);
  }

  .actions[hidden] {
    display: none;
  }

  @media (pointer: coarse) {
    h2 {
      margin-block: 11px;
    }
  }

  @media (max-width: 759.98px) {
    dialog {
      --arrive-from: 48px;

      inline-size: 100%;
      max-inline-size: none;
      max-block-size: calc(100dvh - 28px);
      margin: auto 0 0;
      border-width: 1px 0 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }

    header {
      padding: 9px 10px 2px 20px;
    }

    .body {
      padding-inline: 20px;
    }

    .actions {
      padding: 12px 20px max(16px, env(safe-area-inset-bottom));
    }

    ::slotted([slot='actions']) {
      flex: 1;
    }
  }
`;
