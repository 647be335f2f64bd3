import { css } from 'lit';
import { failedStyles } from '../design/failed.styles.ts';
import { warningStyles } from '../design/warning.styles.ts';
import { progressStyles } from './progress.styles.ts';

/** On top of `pageStyles`, for the panels of the library page. */
export const libraryStyles = css`
  ${progressStyles}

  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
    block-size: auto;
    overflow: visible;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }

  .head .actions {
    margin-inline-start: auto;
  }

  .button {
    gap: 7px;
  }

  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(108px, 1fr));
    gap: 1px;
    margin-block-start: 16px;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--radius-pad);
    background: var(--line);
  }

  .tiles.three {
    grid-template-columns: repeat(3, minmax(0, 1fr));
  }

  .tile {
    display: grid;
    gap: 1px;
    padding: 11px 14px 12px;
    border: 0;
    background: var(--surface-2);
    text-align: start;
  }

  button.tile {
    cursor: pointer;
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

  .tile[aria-pressed='true'] {
    background: var(--surface-3);
    box-shadow: inset 0 -2px var(--accent-text);
  }

  .tile:focus-visible {
    outline-offset: -3px;
    box-shadow: none;
  }

  .tile.bad b {
    color: var(--danger-text);
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 10px;
  }

  .search {
    position: relative;
    flex: 1 1 220px;
    max-inline-size: 340px;
  }

  .search svg {
    position: absolute;
    inset: 10px auto auto 12px;
    color: var(--text-3);
    pointer-events: none;
  }

  .find {
    flex: 1 1 260px;
    flex-wrap: nowrap;
    justify-content: end;
  }

  .search input,
  .pick select {
    inline-size: 100%;
    block-size: 38px;
    padding: 0 12px 0 40px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface-2);
    font-size: 13px;
  }

  .search input::placeholder {
    color: var(--text-3);
  }

  .pick {
    position: relative;
  }

  .pick select {
    appearance: none;
    padding: 0 32px 0 12px;
    cursor: pointer;
  }

  .pick svg {
    position: absolute;
    inset: 12px 11px auto auto;
    color: var(--text-2);
    pointer-events: none;
  }

  .found {
    color: var(--text-2);
    font-size: 13px;
  }

  .end {
    margin-inline-start: auto;
  }

  .report {
    margin-block-start: 14px;
  }

  .report td {
    overflow-wrap: anywhere;
  }

  .report .what {
    inline-size: 132px;
    white-space: nowrap;
  }

  .report .why {
    color: var(--text-2);
  }

  ${warningStyles}

  .options {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 24px;
    margin-block-start: 14px;
  }

  .check {
    display: flex;
    align-items: center;
    gap: 9px;
    min-block-size: 32px;
    font-size: 13px;
    cursor: pointer;
  }

  .check input {
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    accent-color: var(--accent);
    cursor: pointer;
  }

  .empty {
    margin: 12px 0 0;
    color: var(--text-2);
    font-size: 13px;
  }

  details {
    margin-block-start: 2px;
    font-size: 12px;
  }

  summary {
    border-radius: 4px;
    color: var(--accent-text);
    cursor: pointer;
  }

  pre {
    max-block-size: 180px;
    margin: 6px 0 2px;
    padding: 10px 12px;
    overflow: auto;
    border-radius: var(--radius-s);
    background: var(--surface-3);
    color: var(--text-1);
    font-size: 11px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .card .bone {
    block-size: 38px;
    margin-block-start: 14px;
  }

  ${failedStyles}

  @media (pointer: coarse) {
    .check,
    .pick select,
    .search input {
      min-block-size: 44px;
    }
  }

  @media (hover: hover) {
    button.tile:hover:not([aria-pressed='true']) {
      background: var(--surface-1);
    }
  }

  @media (max-width: 759.98px) {
    :host {
      gap: 20px;
    }

    .search {
      flex-basis: 100%;
      max-inline-size: none;
    }

    .find .search {
      flex-basis: 0;
    }

    .search input,
    .pick select {
      font-size: 16px;
    }

    .report .what {
      inline-size: 92px;
    }
  }
`;
