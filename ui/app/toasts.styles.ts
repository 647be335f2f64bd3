import { css } from 'lit';

export const toastStyles = css`
  :host {
    position: fixed;
    inset: auto 24px calc(100px + var(--tray, 0px)) auto;
    z-index: 10;
    display: block;
    max-inline-size: min(420px, calc(100vw - 32px));
    pointer-events: none;
  }

  div[role='log'] {
    display: grid;
    justify-items: end;
    gap: 8px;
  }

  .toast {
    display: flex;
    align-items: center;
    gap: 11px;
    padding: 6px 6px 6px 14px;
    border: 1px solid var(--line);
    border-radius: var(--radius-pad);
    background: var(--surface-2);
    box-shadow: 0 10px 36px var(--shadow);
    font-size: 13px;
    overflow-wrap: anywhere;
    pointer-events: auto;
    animation: enter var(--enter) var(--ease);
  }

  .toast > svg {
    color: var(--danger);
  }

  a {
    border-radius: 3px;
    color: var(--accent-text);
    font-weight: 600;
    white-space: nowrap;
    text-underline-offset: 3px;
  }

  .done > svg {
    color: var(--ok);
  }

  .action {
    flex: none;
    min-block-size: 36px;
    margin-inline-start: auto;
    padding: 0 12px;
    border: 0;
    border-radius: var(--radius);
    background: none;
    color: var(--accent-text);
    font-weight: 600;
    cursor: pointer;
  }

  .icon-button {
    flex: none;
    margin-inline-start: auto;
  }

  .action + .icon-button {
    margin-inline-start: -8px;
  }

  @keyframes enter {
    from {
      opacity: 0;
      transform: translateY(12px);
    }
  }

  @media (hover: hover) {
    .action:hover {
      background: var(--surface-3);
    }
  }

  @media (pointer: coarse) {
    .action {
      min-block-size: 44px;
    }
  }

  @media (max-width: 759.98px) {
    /* Above the tab bar and what lies on the floor of the board: two lines that say why nothing can be played. */
    :host {
      inset: auto 16px calc(env(safe-area-inset-bottom) + 140px + var(--tray, 0px));
    }

    div[role='log'] {
      justify-items: center;
    }
  }
`;
