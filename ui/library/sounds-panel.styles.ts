import { css } from 'lit';

/** On top of `pageStyles` and `libraryStyles`. */
export const soundsPanelStyles = css`
  :host {
    gap: 14px;
  }

  .untagged {
    min-block-size: 38px;
    padding: 0 13px;
    border: 1px solid var(--line);
    border-radius: 19px;
    background: var(--surface-2);
    color: var(--text-2);
    font-size: 13px;
    cursor: pointer;
  }

  .untagged[aria-pressed='true'] {
    border-color: var(--accent-text);
    color: var(--text-1);
  }

  /* Over the list, wherever it is scrolled to. */
  enc-picked-bar {
    position: sticky;
    inset-block-start: 8px;
    z-index: 2;
  }

  .link {
    padding: 4px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--accent-text);
    font-size: 13px;
    font-weight: 560;
    cursor: pointer;
  }

  th {
    padding-inline: 8px;
    white-space: nowrap;
  }

  td {
    block-size: 50px;
    padding-inline: 8px;
    color: var(--text-2);
  }

  .tick {
    inline-size: 44px;
    padding: 0;
  }

  .tick label {
    display: grid;
    place-items: center;
    block-size: 44px;
    cursor: pointer;
  }

  .tick input {
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    accent-color: var(--accent);
    cursor: pointer;
  }

  .sort {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    block-size: 34px;
    margin-inline: -6px;
    padding: 0 6px;
    border: 0;
    border-radius: var(--radius-s);
    background: none;
    color: inherit;
    cursor: pointer;
  }

  .sort svg {
    opacity: 0;
  }

  .sort:is(.ascending, .descending) {
    color: var(--text-1);
  }

  .sort:is(.ascending, .descending) svg {
    opacity: 1;
  }

  .sort.ascending svg {
    transform: rotate(180deg);
  }

  th.number .sort {
    flex-direction: row-reverse;
  }

  .number + .wide {
    padding-inline-start: 24px;
  }

  .name {
    inline-size: 26%;
    min-inline-size: 120px;
    color: var(--text-1);
    font-weight: 560;
    overflow-wrap: anywhere;
  }

  .name small {
    display: none;
    color: var(--text-2);
    font-size: 12px;
    font-weight: 400;
  }

  .type {
    white-space: nowrap;
  }

  .type span {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    vertical-align: middle;
  }

  .tags {
    max-inline-size: 220px;
  }

  .tags div {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }

  tr.on td {
    background: var(--surface-3);
  }

  .chip {
    max-inline-size: 140px;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .yes {
    color: var(--text-1);
  }

  .pages {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: 6px;
    color: var(--text-2);
    font-size: 13px;
  }

  .rows-bone {
    block-size: 360px;
    border-radius: var(--radius-pad);
  }

  @media (max-width: 1179.98px) {
    .wide {
      display: none;
    }
  }

  @media (max-width: 759.98px) {
    .desk {
      display: none;
    }

    .name {
      inline-size: auto;
    }

    .name small {
      display: block;
    }

    td {
      block-size: 60px;
    }
  }

  @media (forced-colors: active) {
    tr.on td {
      outline: 1px solid Highlight;
    }
  }
`;
