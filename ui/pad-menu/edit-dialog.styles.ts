import { css } from 'lit';

export const editStyles = css`
  :host {
    --dialog-width: 520px;
  }

  .tags {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    min-block-size: 44px;
    margin: 0;
    padding: 5px 6px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface-2);
    list-style: none;
    cursor: text;
  }

  .tags:focus-within:has(input:focus) {
    border-color: var(--accent-text);
    box-shadow: 0 0 0 1px var(--accent-text);
  }

  .tags:has([aria-invalid]) {
    border-color: var(--danger);
  }

  .tag {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    max-inline-size: 100%;
    block-size: 32px;
    padding-inline: 10px 3px;
    border: 1px solid color-mix(in oklab, var(--h-line) 34%, transparent);
    border-radius: 16px;
    background: var(--h-tint);
    font-size: 12px;
    font-weight: 500;
  }

  .tag > span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .dot {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 2.5px;
    background: var(--h-line);
  }

  .remove {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--text-2);
    cursor: pointer;
  }

  .type {
    flex: 1 1 96px;
    min-inline-size: 60px;
  }

  .type input {
    inline-size: 100%;
    block-size: 32px;
    padding: 0 6px;
    border: 0;
    outline: none;
    box-shadow: none;
    background: none;
    font-size: 16px;
  }

  .suggestions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding-block-start: 8px;
  }

  .suggestion {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    block-size: 28px;
    padding: 0 11px 0 9px;
    border: 1px dashed var(--line-strong);
    border-radius: 14px;
    background: none;
    color: var(--text-2);
    font-size: 12px;
    font-weight: 500;
    cursor: pointer;
  }

  .gain {
    display: flex;
    align-items: center;
    gap: 14px;
  }

  .gain input {
    flex: 1;
    min-inline-size: 0;
    block-size: 28px;
    margin: 0;
    accent-color: var(--accent-text);
    cursor: pointer;
  }

  output {
    flex: none;
    inline-size: 64px;
    font-size: 13px;
    font-weight: 560;
    text-align: end;
  }

  .gain .button {
    min-inline-size: 104px;
    padding-inline: 12px;
  }

  .scale {
    display: flex;
    justify-content: space-between;
    margin-inline-end: 196px;
    color: var(--text-3);
    font-size: 11px;
  }

  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(200px, 100%), 1fr));
    gap: 8px;
    padding-block-start: 3px;
  }

  .policy {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr);
    gap: 1px 10px;
    align-content: start;
    padding: 10px 13px 11px;
    border: 1px solid var(--line);
    border-radius: var(--radius-pad);
    background: var(--surface-2);
    cursor: pointer;
    transition: border-color var(--hover);
  }

  .policy input {
    grid-row: span 2;
    inline-size: 18px;
    block-size: 18px;
    margin: 1px 0 0;
    accent-color: var(--accent-text);
    cursor: pointer;
  }

  .policy b {
    font-size: 13px;
    font-weight: 560;
  }

  .policy small {
    grid-column: 2;
    color: var(--text-2);
    font-size: 12px;
    text-wrap: pretty;
  }

  .policy:has(:checked) {
    border-color: var(--accent);
    box-shadow: inset 0 0 0 1px var(--accent);
  }

  .wrong {
    padding-block-start: 5px;
    color: var(--danger-text);
    font-size: 12px;
    font-weight: 500;
  }

  .wrong:empty {
    display: none;
  }

  @media (hover: hover) {
    .policy:hover,
    .suggestion:hover {
      border-color: var(--text-2);
      color: var(--text-1);
    }

    .remove:hover {
      background: color-mix(in oklab, var(--h-line) 24%, transparent);
      color: var(--text-1);
    }
  }

  @media (pointer: coarse) {
    .type input,
    .gain input {
      block-size: 44px;
    }

    /* A thumb needs 44 px; what it hits may look slimmer. */
    .suggestions {
      gap: 8px;
    }

    .tag,
    .suggestion {
      position: relative;
      block-size: 36px;
      border-radius: 18px;
    }

    .suggestion::after,
    .remove::after {
      content: '';
      position: absolute;
      inset: -4px 0;
    }

    .remove::after {
      inset-inline-start: auto;
      inline-size: 44px;
    }
  }

  @media (max-width: 480px) {
    .gain {
      flex-wrap: wrap;
    }

    .gain input {
      flex-basis: 60%;
    }

    .gain .button {
      inline-size: 100%;
    }

    .scale {
      margin-inline-end: 78px;
    }
  }

  @media (forced-colors: active) {
    .dot {
      forced-color-adjust: none;
    }

    .policy:has(:checked) {
      outline: 2px solid Highlight;
    }
  }
`;
