import { css } from 'lit';

export const peopleListStyles = css`
  .search {
    position: relative;
    flex: 1 1 220px;
    max-inline-size: 380px;
  }

  .search svg {
    position: absolute;
    inset: 10px auto auto 12px;
    color: var(--text-3);
    pointer-events: none;
  }

  .search input {
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

  .filter {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 34px;
    padding: 0 9px 0 13px;
    border: 1px solid var(--line);
    border-radius: 17px;
    background: var(--surface-2);
    color: var(--text-1);
    font-size: 13px;
    text-decoration: none;
  }

  .filter svg {
    inline-size: 14px;
    color: var(--text-2);
  }

  .found {
    color: var(--text-2);
    font-size: 13px;
  }

  th {
    padding: 0;
  }

  .sort {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    block-size: 34px;
    padding: 0 12px;
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

  tbody tr {
    position: relative;
  }

  td {
    block-size: 58px;
    color: var(--text-2);
  }

  .who {
    display: flex;
    align-items: center;
    gap: 12px;
  }

  .name {
    color: var(--text-1);
    text-decoration: none;
  }

  /* The whole row opens the person. */
  .name::after {
    content: '';
    position: absolute;
    inset: 0;
  }

  .name:focus-visible {
    outline: none;
    box-shadow: none;
  }

  .name:focus-visible::after {
    border-radius: var(--radius);
    outline: 2px solid var(--accent-text);
    outline-offset: -2px;
  }

  td.number {
    color: var(--text-1);
    font-weight: 560;
  }

  .seen {
    inline-size: 150px;
    white-space: nowrap;
  }

  .now {
    color: var(--text-1);
  }

  .off .name,
  .off td.number {
    color: var(--text-2);
  }

  .narrow {
    display: none;
  }

  .more {
    justify-self: start;
  }

  @media (hover: hover) {
    tbody tr:hover td {
      background: var(--surface-1);
    }

    tbody tr:hover .avatar {
      --ground: var(--surface-1);
    }

    .sort:hover {
      color: var(--text-1);
    }

    .filter:hover {
      background: var(--surface-3);
    }
  }

  @media (pointer: coarse) {
    .search input {
      block-size: 44px;
      font-size: 16px;
    }

    .search svg {
      inset-block-start: 13px;
    }

    .filter,
    .sort {
      min-block-size: 44px;
    }
  }

  @media (max-width: 759.98px) {
    .wide,
    .seen {
      display: none;
    }

    .narrow {
      display: inline;
    }

    td:first-child {
      padding-inline-start: 0;
    }

    th:first-child .sort {
      padding-inline-start: 0;
    }

    .search {
      flex: 1 1 160px;
    }

    .filter {
      order: 1;
    }

    .found {
      order: 2;
    }
  }
`;
