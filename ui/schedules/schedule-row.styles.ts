import { css } from 'lit';

export const scheduleRowStyles = css`
  :host {
    display: block;
  }

  .row {
    display: grid;
    grid-template: auto / 132px minmax(0, 1fr) minmax(150px, auto) auto auto;
    align-items: center;
    gap: 4px 20px;
    min-block-size: 84px;
    padding: 14px 12px 14px 24px;
  }

  .time {
    display: block;
    font-size: 28px;
    font-weight: 640;
    line-height: 1.2;
    letter-spacing: -0.03em;
  }

  .words {
    font-size: 20px;
    letter-spacing: -0.02em;
  }

  .days {
    color: var(--text-2);
    font-size: 12px;
    overflow-wrap: anywhere;
  }

  .what {
    display: grid;
    gap: 2px;
    min-inline-size: 0;
  }

  .what > b {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    font-size: 14px;
    font-weight: 600;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }

  .chip {
    padding: 1px 8px;
    border: 1px solid color-mix(in oklab, var(--accent) 55%, transparent);
    border-radius: 10px;
    color: var(--accent-text);
    font-size: 11px;
    font-weight: 500;
    letter-spacing: 0;
    white-space: nowrap;
  }

  .deed,
  .fault {
    display: flex;
    align-items: start;
    gap: 7px;
    color: var(--text-2);
    font-size: 13px;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  .deed svg,
  .fault svg {
    inline-size: 15px;
    block-size: 15px;
    margin-block-start: 2px;
  }

  .fault {
    color: var(--danger-text);
    font-weight: 500;
  }

  .next {
    text-align: end;
    font-size: 12px;
  }

  .next b {
    display: block;
    font-size: 13px;
    font-weight: 560;
  }

  .next span {
    color: var(--text-2);
  }

  .off .time,
  .off .what > b,
  .off .next b {
    color: var(--text-2);
  }

  @media (max-width: 1023.98px) {
    .row {
      grid-template:
        'when next switch menu' auto
        'what what what what' auto / auto minmax(0, 1fr) auto auto;
      padding: 14px 10px 16px 16px;
    }

    .when {
      grid-area: when;
    }

    .next {
      grid-area: next;
    }

    .switch {
      grid-area: switch;
    }

    enc-menu {
      grid-area: menu;
    }

    .what {
      grid-area: what;
      padding-inline-end: 8px;
    }
  }
`;
