import { css } from 'lit';

/** `nav.tabs` of links to the parts of a page, each with an optional `.count`. On top of `pageStyles`. */
export const tabStyles = css`
  .tabs {
    display: flex;
    gap: 4px;
    margin-block-start: -8px;
    border-block-end: 1px solid var(--line);
  }

  .tabs a {
    display: flex;
    align-items: center;
    gap: 7px;
    min-block-size: 42px;
    margin-block-end: -1px;
    padding: 0 12px;
    border-block-end: 2px solid transparent;
    color: var(--text-2);
    font-size: 13px;
    font-weight: 560;
    text-decoration: none;
  }

  .tabs a:first-child {
    padding-inline-start: 2px;
  }

  .tabs a[aria-current] {
    border-color: var(--accent-text);
    color: var(--text-1);
  }

  .tabs a:focus-visible {
    border-radius: var(--radius-s);
    outline-offset: -3px;
    box-shadow: none;
  }

  .count {
    color: var(--text-3);
    font-weight: 400;
  }

  @media (hover: hover) {
    .tabs a:hover {
      color: var(--text-1);
    }
  }

  @media (pointer: coarse) {
    .tabs a {
      min-block-size: 46px;
    }
  }
`;
