import { css } from 'lit';

export const uploadTrayStyles = css`
  /* On the floor of every screen, right of the pills. */
  :host {
    position: relative;
    z-index: 2;
    grid-area: 2 / 1;
    align-self: end;
    justify-self: end;
    inline-size: min(392px, 100% - 32px);
    margin: 0 24px 16px;
  }

  section {
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--radius-pad);
    background: var(--surface-2);
    box-shadow: 0 14px 48px var(--shadow);
    animation: rise var(--enter) var(--ease);
  }

  header {
    display: flex;
    align-items: center;
    gap: 2px;
    padding: 6px 6px 6px 16px;
  }

  h2 {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    font-size: 13px;
    font-weight: 640;
  }

  .turn svg {
    transition: transform var(--move) var(--ease);
  }

  .turn[aria-expanded='false'] svg {
    transform: rotate(180deg);
  }

  progress {
    appearance: none;
    display: block;
    inline-size: 100%;
    block-size: 2px;
    border: 0;
    background: var(--line);
  }

  progress::-webkit-progress-bar {
    background: var(--line);
  }

  progress::-webkit-progress-value {
    background: var(--accent);
    transition: inline-size var(--move) linear;
  }

  progress::-moz-progress-bar {
    background: var(--accent);
  }

  ul {
    max-block-size: min(316px, 42dvh);
    margin: 0;
    padding: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    list-style: none;
  }

  li {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 54px;
    padding: 6px 6px 6px 16px;
  }

  li + li {
    border-block-start: 1px solid var(--line);
  }

  li > svg {
    inline-size: 18px;
    color: var(--text-3);
  }

  .added > svg {
    color: var(--ok);
  }

  .refused > svg {
    color: var(--danger);
  }

  .thing {
    flex: 1;
    min-inline-size: 0;
  }

  .thing b {
    display: block;
    overflow: hidden;
    font-size: 13px;
    font-weight: 560;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  small {
    display: block;
    color: var(--text-2);
    font-size: 12px;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  .refused small {
    color: var(--danger-text);
  }

  li progress {
    margin-block-start: 5px;
    border-radius: 1px;
    overflow: hidden;
  }

  .spin {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    margin-inline: 1px;
    border: 2px solid var(--line-strong);
    border-block-start-color: var(--accent);
    border-radius: 50%;
    animation: spin 0.9s linear infinite;
  }

  .waiting .spin {
    border-color: var(--line-strong);
    border-style: dotted;
    animation: none;
  }

  .rest {
    margin: 0;
    padding: 9px 16px;
    border-block-start: 1px solid var(--line);
    color: var(--text-2);
    font-size: 12px;
  }

  @keyframes spin {
    to {
      transform: rotate(1turn);
    }
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(12px);
    }
  }

  @media (max-width: 759.98px) {
    :host {
      justify-self: stretch;
      inline-size: auto;
      margin: 0 12px 12px;
    }

    ul {
      max-block-size: 34dvh;
    }
  }

  @media (forced-colors: active) {
    progress::-webkit-progress-value {
      background: Highlight;
    }
  }
`;
