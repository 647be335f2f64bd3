import { css } from 'lit';

export const virtualGridStyles = css`
  :host {
    display: block;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--line-strong) transparent;
    scrollbar-gutter: stable;
    contain: strict;
    outline: none;
    /* Opaque, so that the compositor can scroll it alone. */
    background: var(--bg);
  }

  .rows {
    position: relative;
    margin: var(--grid-margin, 0);
    contain: layout style;
  }

  .row {
    position: absolute;
    inset-inline: 0;
    display: grid;
    contain: layout size style;
  }
`;
