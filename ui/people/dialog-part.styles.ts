import { css } from 'lit';

/** What stands in a dialog beside fields. */
export const dialogPartStyles = css`
  :host {
    --dialog-width: 520px;
  }

  .numbers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
    align-items: end;
    gap: 16px;
  }

  .say {
    margin: 0 0 16px;
    color: var(--text-2);
    font-size: 13px;
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }

  .say:last-child {
    margin-block-end: 0;
  }

  .say b {
    color: var(--text-1);
    font-weight: 600;
  }

  .form > .say {
    margin: 0;
  }

  .quick {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: -6px;
  }

  .quick .button {
    min-block-size: 34px;
    padding: 0 13px;
    border-color: var(--line);
    border-radius: 17px;
    background: var(--surface-2);
    font-weight: 560;
  }

  .outcome {
    margin: 0;
    padding: 12px 14px;
    border-radius: var(--radius);
    background: var(--surface-3);
    color: var(--text-2);
    font-size: 13px;
    text-wrap: pretty;
  }

  /* What saving does stays in view, however long the form is. */
  .outcome.held {
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
    box-shadow: 0 0 0 12px var(--surface-1);
  }

  .outcome b {
    color: var(--text-1);
    font-weight: 640;
  }

  .outcome ul {
    display: grid;
    gap: 3px;
    margin: 0;
    padding: 0;
    color: var(--text-1);
    list-style: none;
  }

  .button.primary.danger {
    border-color: var(--danger);
    background: var(--danger);
    color: light-dark(oklch(1 0 0), oklch(0.18 0.005 285));
  }

  .button.primary.danger:hover:not(:disabled) {
    background: color-mix(in oklab, var(--danger) 88%, var(--bg));
  }

  @media (pointer: coarse) {
    .quick .button {
      min-block-size: 44px;
      border-radius: 22px;
    }
  }
`;
