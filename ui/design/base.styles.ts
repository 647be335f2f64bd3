import { css } from 'lit';

/** What every element starts from: boxes, the two-tone focus ring, text for screen readers only. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  [hidden] {
    display: none !important;
  }

  button,
  input,
  select {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }

  button {
    touch-action: manipulation;
  }

  /* Two tones, so that the ring shows on any pad and any ground. */
  :focus-visible {
    outline: 2px solid var(--accent-text);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--bg);
  }

  .sr-only {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  svg {
    display: block;
    flex: none;
  }

  kbd {
    display: inline-grid;
    place-items: center;
    min-inline-size: 18px;
    block-size: 18px;
    padding: 0 5px;
    border: 1px solid var(--line);
    border-radius: 5px;
    background: var(--surface-1);
    color: var(--text-2);
    font: 500 11px/1 var(--font);
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 1ms !important;
      transition-duration: 1ms !important;
    }
  }
`;
