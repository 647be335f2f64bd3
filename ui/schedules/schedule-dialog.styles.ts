import { css } from 'lit';

export const scheduleDialogStyles = css`
  :host {
    --dialog-width: 520px;
  }

  .segments {
    display: grid;
    grid-template-columns: 1fr 1fr;
    margin-block-start: 2px;
    padding: 3px;
    border-radius: 11px;
    background: var(--surface-3);
  }

  .segments label {
    position: relative;
    cursor: pointer;
  }

  .segments input {
    position: absolute;
    inset: 0;
    z-index: 1;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .segments span {
    display: grid;
    place-items: center;
    min-block-size: 36px;
    border-radius: 8px;
    color: var(--text-2);
    font-size: 13px;
    font-weight: 560;
  }

  .segments :checked + span {
    background: var(--surface-1);
    box-shadow: 0 1px 3px var(--shadow);
    color: var(--text-1);
  }

  .segments :focus-visible + span {
    outline: 2px solid var(--accent-text);
    outline-offset: 1px;
  }

  .week {
    display: grid;
    gap: 12px;
  }

  .quick {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  .quick .button {
    min-block-size: 34px;
    padding: 0 13px;
    border-color: var(--line);
    border-radius: 17px;
    background: var(--surface-2);
    font-weight: 560;
  }

  .clock {
    max-inline-size: 160px;
    font-variant-numeric: tabular-nums;
  }

  .group {
    display: grid;
    gap: 2px;
  }

  .switch-line small {
    display: block;
    color: var(--text-2);
    font-size: 12px;
    text-wrap: pretty;
  }

  @media (pointer: coarse) {
    .segments span,
    .quick .button {
      min-block-size: 44px;
    }

    .quick .button {
      border-radius: 22px;
    }
  }

  @media (forced-colors: active) {
    .segments :checked + span {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
