import { css } from 'lit';

/** On top of `pageStyles`: a part of a page, which scrolls with it. */
export const creditHistoryStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
    block-size: auto;
    overflow: visible;
  }

  .card {
    padding: 22px 24px 10px;
  }

  .figures {
    display: flex;
    justify-content: space-between;
    gap: 16px;
    margin-block-end: 18px;
  }

  .label {
    color: var(--text-2);
    font-size: 12px;
  }

  .balance {
    font-size: 40px;
    font-weight: 640;
    line-height: 1.15;
    letter-spacing: -0.035em;
  }

  .plan {
    margin-block-start: 2px;
    color: var(--text-3);
    font-size: 12px;
    text-wrap: balance;
  }

  .event {
    text-align: end;
    white-space: nowrap;
  }

  .what {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 2px 9px;
    margin-block-start: 3px;
    font-size: 13px;
    white-space: normal;
  }

  b {
    font-weight: 600;
  }

  s {
    color: var(--text-3);
  }

  .refused {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 1px 7px 1px 5px;
    border: 1px solid color-mix(in oklab, var(--danger) 45%, transparent);
    border-radius: 10px;
    color: var(--danger-text);
    font-size: 11px;
    font-weight: 500;
    white-space: nowrap;
  }

  .history {
    margin-block-start: 4px;
  }

  .cell {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 9px;
    overflow-wrap: anywhere;
  }

  .when,
  .who {
    color: var(--text-2);
    white-space: nowrap;
  }

  .later,
  .later .when,
  .later .who {
    color: var(--text-3);
  }

  .current td {
    background: var(--surface-3);
  }

  .current s,
  .current .when,
  .current .who {
    color: var(--text-2);
  }

  .more {
    margin-block-start: 14px;
  }

  .short {
    inline-size: 96px;
    block-size: 14px;
  }

  .tall {
    inline-size: 160px;
    block-size: 38px;
    margin-block: 8px 38px;
  }

  .chart {
    block-size: 278px;
    margin-block-end: 14px;
  }

  .line {
    block-size: 28px;
    margin-block-end: 11px;
  }

  @media (max-width: 759.98px) {
    :host {
      gap: 20px;
    }

    .card {
      padding: 18px 16px 8px;
    }

    .who {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .current td {
      outline: 1px solid Highlight;
    }
  }
`;
