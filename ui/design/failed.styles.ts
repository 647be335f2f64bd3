import { css } from 'lit';

/** What could not be read, beside the button that tries again. */
export const failedStyles = css`
  .failed {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
    margin-block-start: 12px;
    color: var(--text-2);
    font-size: 13px;
  }
`;
