import { css } from 'lit';

export const learnScreenStyles = css`
  dialog {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    inline-size: 100vw;
    block-size: 100dvh;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: max(20px, env(safe-area-inset-top)) 24px max(24px, env(safe-area-inset-bottom));
    border: 0;
    overflow: hidden auto;
    background: var(--bg);
    color: var(--text-1);
    animation: arrive var(--enter) var(--ease);
  }

  dialog:not([open]) {
    display: none;
  }

  @keyframes arrive {
    from {
      opacity: 0;
    }
  }

  header {
    display: flex;
    justify-content: flex-end;
  }

  .stage {
    display: grid;
    align-content: safe center;
    justify-items: center;
    gap: 28px;
  }

  .pulse {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 112px;
    block-size: 112px;
    border-radius: 50%;
    background: var(--surface-3);
    color: var(--accent-text);
  }

  .pulse.listening::before,
  .pulse.listening::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 2px solid var(--accent);
    border-radius: 50%;
    animation: ring 2.4s ease-out infinite;
  }

  .pulse.listening::after {
    animation-delay: 1.2s;
  }

  @keyframes ring {
    to {
      opacity: 0;
      transform: scale(1.9);
    }
  }

  h2 {
    margin: 0;
    font-size: 28px;
    font-weight: 640;
    line-height: 1.2;
    letter-spacing: -0.02em;
    text-align: center;
    text-wrap: balance;
  }

  .say {
    max-inline-size: 420px;
    margin: -20px 0 0;
    color: var(--text-2);
    text-align: center;
    text-wrap: pretty;
  }

  ul {
    display: grid;
    gap: 8px;
    inline-size: min(520px, 100%);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: flex;
    align-items: center;
    gap: 14px;
    padding: 12px 12px 12px 16px;
    border: 1px solid var(--line);
    border-radius: var(--radius-pad);
    background: var(--surface-1);
    animation: arrive var(--move) var(--ease);
  }

  li.confirmed {
    border-color: var(--ok);
    box-shadow: 0 0 0 1px var(--ok);
  }

  li > svg {
    color: var(--text-2);
  }

  .thing {
    flex: 1;
    min-inline-size: 0;
  }

  .thing b {
    display: block;
    font-size: 14px;
    font-weight: 560;
    overflow-wrap: anywhere;
  }

  .thing small {
    display: block;
    color: var(--text-2);
    font-size: 12px;
    overflow-wrap: anywhere;
  }

  footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
  }

  @media (max-width: 759.98px) {
    dialog {
      padding-inline: 16px;
    }

    .stage {
      gap: 22px;
    }

    h2 {
      font-size: 22px;
    }

    .pulse {
      inline-size: 88px;
      block-size: 88px;
    }
  }
`;
