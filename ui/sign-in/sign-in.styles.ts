import { css } from 'lit';

export const signInStyles = css`
  :host {
    display: block;
    overflow-y: auto;
  }

  enc-pad-wall {
    position: fixed;
    inset: 0;
  }

  main {
    position: relative;
    display: grid;
    place-items: center;
    min-block-size: 100%;
    padding: 24px 16px;
  }

  .card {
    inline-size: min(400px, 100%);
    padding: 35px;
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
    background: var(--surface-1);
    box-shadow: 0 24px 80px var(--shadow);
    animation: arrive var(--enter) var(--ease);
  }

  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(10px);
    }
  }

  .mark {
    margin-block-end: 20px;
  }

  .mark-ground {
    fill: var(--accent);
  }

  .mark-bars {
    fill: var(--on-accent);
  }

  h1 {
    margin: 0;
    font-size: 25px;
    font-weight: 640;
    line-height: 1.2;
    letter-spacing: -0.025em;
  }

  .lead {
    margin: 2px 0 24px;
    color: var(--text-2);
    font-size: 13px;
  }

  .wide {
    inline-size: 100%;
    min-block-size: 44px;
  }

  a.wide {
    margin-block-end: 8px;
    gap: 12px;
  }

  form .wide {
    min-block-size: 46px;
    margin-block-start: 4px;
  }

  .or {
    display: flex;
    align-items: center;
    gap: 12px;
    margin: 14px 0 16px;
    color: var(--text-3);
    font-size: 11.5px;
  }

  .or::before,
  .or::after {
    content: '';
    flex: 1;
    block-size: 1px;
    background: var(--line);
  }

  .field {
    margin-block-end: 14px;
  }

  label {
    display: block;
    margin-block-end: 6px;
    font-size: 12px;
    font-weight: 500;
  }

  .box {
    position: relative;
  }

  input {
    inline-size: 100%;
    block-size: 44px;
    padding: 0 12px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface-2);
    color: var(--text-1);
    font-size: 16px;
  }

  input[name='password'] {
    padding-inline-end: 46px;
  }

  input:focus-visible {
    border-color: var(--accent-text);
    outline: none;
    box-shadow:
      0 0 0 1px var(--accent-text),
      0 0 0 3px var(--surface-1);
  }

  input[aria-invalid] {
    border-color: var(--danger);
  }

  /* Chrome paints its own ground under remembered names. */
  input:autofill {
    box-shadow: inset 0 0 0 40px var(--surface-2);
    -webkit-text-fill-color: var(--text-1);
    caret-color: var(--text-1);
  }

  .reveal {
    position: absolute;
    inset: 0 0 0 auto;
    display: grid;
    place-items: center;
    inline-size: 44px;
    padding: 0;
    border: 0;
    border-radius: var(--radius);
    background: none;
    color: var(--text-3);
    cursor: pointer;
  }

  .reveal:focus-visible {
    outline-offset: -4px;
    box-shadow: none;
  }

  .note {
    padding-block-start: 5px;
    color: var(--text-2);
    font-size: 12px;
  }

  .error {
    color: var(--danger-text);
    font-weight: 500;
  }

  @media (max-width: 759.98px) {
    .card {
      padding: 27px 21px;
    }
  }

  @media (forced-colors: active) {
    input:focus-visible {
      outline: 2px solid Highlight;
    }
  }
`;
