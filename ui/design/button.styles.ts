import { css } from 'lit';

/** `.button` with `.primary` or `.quiet`, and `.icon-button`. */
export const buttons = css`
  .button,
  .icon-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: transparent;
    color: var(--text-1);
    cursor: pointer;
    transition:
      background-color var(--hover),
      border-color var(--hover),
      transform var(--press);
  }

  .button {
    min-block-size: 38px;
    padding: 0 16px;
    font-weight: 600;
    font-size: 13px;
    text-decoration: none;
    white-space: nowrap;
  }

  .button.primary {
    border-color: var(--strong);
    background: var(--strong);
    color: var(--on-strong);
  }

  .icon-button {
    inline-size: 36px;
    block-size: 36px;
    padding: 0;
    border-color: transparent;
    color: var(--text-2);
  }

  @media (hover: hover) {
    .button:hover:not(:disabled, .primary),
    .icon-button:hover {
      background: var(--surface-3);
      color: var(--text-1);
    }

    .button.primary:hover:not(:disabled) {
      background: color-mix(in oklab, var(--strong) 88%, var(--bg));
    }
  }

  .button:active:not(:disabled),
  .icon-button:active {
    transform: scale(0.972);
  }

  .button:disabled,
  .button[aria-disabled='true'] {
    cursor: default;
    opacity: 0.6;
  }

  @media (pointer: coarse) {
    .button,
    .icon-button {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }
`;
