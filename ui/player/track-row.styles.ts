import { css } from 'lit';

export const trackRowStyles = css`
  :host {
    display: block;
    block-size: 100%;
    contain: layout size style;
  }

  .row {
    display: flex;
    align-items: center;
    block-size: 100%;
    padding-inline: 12px 8px;
    border-radius: var(--radius);
  }

  .main {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 11px;
    min-inline-size: 0;
    block-size: 100%;
    padding: 0;
    border: 0;
    border-radius: var(--radius);
    background: none;
    text-align: start;
    cursor: pointer;
  }

  .main[aria-disabled] {
    cursor: default;
  }

  .main:focus-visible {
    outline-offset: -2px;
    box-shadow: none;
  }

  .grip {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 28px;
    block-size: 100%;
    margin-inline-start: -10px;
    color: var(--text-3);
    cursor: grab;
    touch-action: none;
  }

  .words {
    flex: 1;
    min-inline-size: 0;
  }

  .name,
  .about {
    display: block;
    overflow: hidden;
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .name {
    unicode-bidi: plaintext;
    font-size: 12.5px;
    font-weight: 560;
    letter-spacing: -0.01em;
  }

  .sounding .name {
    color: var(--accent-text);
  }

  .about,
  .length {
    color: var(--text-2);
    font-size: 12px;
  }

  .length {
    padding-inline-end: 4px;
  }

  @media (hover: hover) {
    .row:hover {
      background: var(--surface-3);
    }
  }

  @media (hover: hover) and (pointer: fine) {
    .row:not(:hover, :focus-within) .icon-button {
      position: absolute;
      opacity: 0;
      pointer-events: none;
    }
  }
`;
