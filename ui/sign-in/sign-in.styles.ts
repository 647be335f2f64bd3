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

  .notice {
    margin: -8px 0 20px;
    padding: 10px 13px;
    border: 1px solid color-mix(in oklab, var(--danger) 45%, transparent);
    border-radius: var(--radius);
    font-size: 13px;
    text-wrap: pretty;
  }

  .other {
    display: block;
    min-block-size: 24px;
    margin: 16px auto -8px;
    padding: 0 8px;
    border: 0;
    border-radius: var(--radius-s);
    background: none;
    color: var(--text-2);
    font-size: 12px;
    text-decoration: underline;
    text-underline-offset: 4px;
    cursor: pointer;
  }

  @media (hover: hover) {
    .other:hover {
      color: var(--text-1);
    }
  }

  @media (pointer: coarse) {
    .other {
      min-block-size: 44px;
      margin-block: 8px -14px;
    }
  }

  @media (max-width: 759.98px) {
    .card {
      padding: 27px 21px;
    }
  }
`;
