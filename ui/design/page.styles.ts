import { css } from 'lit';

/**
 * A screen that is read and filled in: `.page` with `h1` and `.lead`, `section.card` with `.head`
 * (`h2`, a sentence, a button), `ul.rows` whose `li` are a thing with its facts and actions, tables,
 * `.chip` for a word about a thing, `.offline` for the lost line, `.bone` while loading.
 */
export const pageStyles = css`
  :host {
    display: block;
    block-size: 100%;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }

  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
    max-inline-size: 1024px;
    margin-inline: auto;
    padding: 34px 24px calc(40px + var(--floor, 0px));
  }

  .page.narrow {
    max-inline-size: 768px;
  }

  h1 {
    margin: 0;
    font-size: 24px;
    font-weight: 640;
    line-height: 1.3;
    letter-spacing: -0.02em;
  }

  .lead {
    margin: -18px 0 0;
    color: var(--text-2);
    font-size: 13px;
    text-wrap: pretty;
  }

  .card {
    padding: 22px 24px;
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
    background: var(--surface-1);
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 16px;
    min-block-size: 38px;
  }

  h2 {
    margin: 0;
    font-size: 15px;
    font-weight: 640;
    letter-spacing: -0.01em;
  }

  .about {
    margin: 2px 0 0;
    color: var(--text-2);
    font-size: 13px;
    text-wrap: pretty;
  }

  .rows {
    margin: 10px 0 -9px;
    padding: 0;
    border-radius: var(--radius-s);
    list-style: none;
  }

  .rows > li {
    display: flex;
    align-items: center;
    gap: 14px;
    min-block-size: 56px;
    padding: 9px 0;
    border-block-start: 1px solid var(--line);
  }

  .rows > li > svg {
    inline-size: 20px;
    color: var(--text-2);
  }

  .thing {
    flex: 1;
    min-inline-size: 0;
  }

  .thing > b {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    font-size: 13px;
    font-weight: 560;
    overflow-wrap: anywhere;
  }

  .thing > small {
    display: block;
    color: var(--text-2);
    font-size: 12px;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  .thing time {
    white-space: nowrap;
  }

  .chip {
    padding: 1px 8px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface-2);
    color: var(--text-2);
    font-size: 11px;
    font-weight: 500;
    white-space: nowrap;
  }

  .chip.ok {
    border-color: color-mix(in oklab, var(--ok) 45%, transparent);
    color: var(--text-1);
  }

  .chip.bad {
    border-color: color-mix(in oklab, var(--danger) 45%, transparent);
    color: var(--danger-text);
  }

  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 13px;
  }

  th {
    block-size: 34px;
    padding: 0 12px;
    color: var(--text-2);
    font-size: 12px;
    font-weight: 400;
    text-align: start;
  }

  td {
    block-size: 39px;
    padding: 4px 12px;
    border-block-start: 1px solid var(--line);
  }

  tr:last-child td {
    border-block-end: 1px solid var(--line);
  }

  .number {
    text-align: end;
    white-space: nowrap;
  }

  .offline {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 8px 8px 8px 15px;
    border: 1px solid var(--line);
    border-radius: var(--radius-pad);
    background: var(--surface-2);
    font-size: 13px;
  }

  .offline > svg {
    color: var(--danger);
  }

  .offline .button {
    margin-inline-start: auto;
  }

  enc-notice {
    min-block-size: 320px;
    padding-block-end: 24px;
  }

  .bone {
    border-radius: var(--radius-s);
    background: var(--surface-3);
    animation: breathe 1.2s ease-in-out infinite alternate;
  }

  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }

  @media (pointer: coarse) {
    td {
      block-size: 44px;
    }
  }

  @media (max-width: 759.98px) {
    .page {
      gap: 20px;
      padding: max(26px, env(safe-area-inset-top)) 16px calc(28px + var(--floor, 0px));
    }

    .lead {
      margin-block-start: -14px;
    }

    .card {
      padding: 18px 16px;
    }

    th,
    td {
      padding-inline: 6px;
    }

    td {
      font-size: 12.5px;
    }

    /* Each row a block: the first cell its title, the others lines with the column's word before. */
    .stacks :is(tbody, tr, td) {
      display: block;
    }

    .stacks thead {
      position: absolute;
      clip-path: inset(50%);
    }

    .stacks tr {
      padding: 10px 0;
      border-block-start: 1px solid var(--line);
    }

    .stacks td,
    .stacks tr:last-child td {
      display: flex;
      justify-content: space-between;
      gap: 16px;
      block-size: auto;
      min-block-size: 28px;
      padding: 2px 0;
      border: 0;
      text-align: end;
    }

    .stacks td:first-child {
      font-size: 14px;
      font-weight: 560;
      text-align: start;
    }

    .stacks td[data-word]::before {
      content: attr(data-word);
      color: var(--text-2);
      text-align: start;
    }
  }
`;
