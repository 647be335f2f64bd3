import { css } from 'lit';
import { failedStyles } from '../design/failed.styles.ts';

/** A card of the account page is an element of its own, with the styles of pages and forms. */
export const sectionStyles = css`
  :host {
    display: block;
    block-size: auto;
    overflow: visible;
  }

  .form {
    margin-block-start: 16px;
  }

  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 14px;
  }

  .foot .said {
    color: var(--text-2);
    font-size: 13px;
  }

  .bone {
    block-size: 38px;
    margin-block-start: 14px;
  }

  .empty {
    margin: 12px 0 0;
    color: var(--text-2);
    font-size: 13px;
  }

  ${failedStyles}

  @media (max-width: 479.98px) {
    .rows > li {
      align-items: start;
    }

    .rows > li > svg {
      margin-block-start: 2px;
    }
  }
`;
