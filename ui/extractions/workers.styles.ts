import { css } from 'lit';
import { failedStyles } from '../design/failed.styles.ts';

/** On top of `pageStyles`, for the cards of the machinery. */
export const workersStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
    block-size: auto;
    overflow: visible;
  }

  .tiles {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 1px;
    margin-block-start: 14px;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--radius-pad);
    background: var(--line);
  }

  .tile {
    display: grid;
    gap: 1px;
    padding: 11px 14px 12px;
    background: var(--surface-2);
  }

  .tile b {
    font-size: 20px;
    font-weight: 640;
    line-height: 1.25;
    letter-spacing: -0.02em;
  }

  .tile span {
    color: var(--text-2);
    font-size: 12px;
  }

  .rows {
    margin-block-start: 14px;
  }

  h2 {
    display: flex;
    align-items: center;
    gap: 9px;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 16px;
  }

  .result {
    display: flex;
    gap: 9px;
    margin: 14px 0 0;
    font-size: 13px;
  }

  .result svg {
    color: var(--ok);
  }

  .result.bad svg {
    color: var(--danger);
  }

  .result:empty {
    display: none;
  }

  .spin {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    border: 2px solid var(--line-strong);
    border-block-start-color: var(--accent);
    border-radius: 50%;
    animation: spin 0.9s linear infinite;
  }

  .set {
    margin-block-start: 16px;
  }

  ${failedStyles}

  .card .bone {
    block-size: 38px;
    margin-block-start: 14px;
  }

  textarea {
    font-family: ui-monospace, monospace;
  }

  @keyframes spin {
    to {
      transform: rotate(1turn);
    }
  }

  @media (max-width: 759.98px) {
    :host {
      gap: 20px;
    }
  }
`;
