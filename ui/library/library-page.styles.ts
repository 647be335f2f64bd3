import { css } from 'lit';

/** On top of `pageStyles` and `tabStyles`. */
export const libraryPageStyles = css`
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 10px 16px;
  }

  .lead {
    margin-block-start: -20px;
  }

  .tabs {
    overflow-x: auto;
    scrollbar-width: none;
    white-space: nowrap;
  }

  @media (max-width: 759.98px) {
    .lead {
      margin-block-start: -14px;
    }
  }
`;
