import { css } from 'lit';

/** A sentence about what went wrong, behind its sign. */
export const warningStyles = css`
  .warning {
    display: flex;
    gap: 10px;
    margin-block-start: 14px;
    color: var(--text-2);
    font-size: 13px;
  }

  .warning svg {
    flex: none;
    color: var(--danger);
  }
`;
