import { css } from 'lit';

/** `.setting`: words at the left, its control at the right; below each other on phones. */
export const settingRowStyles = css`
  .setting {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 300px);
    align-items: center;
    gap: 6px 32px;
    padding: 14px 0;
    border-block-start: 1px solid var(--line);
  }

  .setting > .switch {
    justify-self: end;
  }

  .label {
    font-size: 13px;
    font-weight: 560;
  }

  .words p {
    margin: 1px 0 0;
    color: var(--text-2);
    font-size: 12px;
    text-wrap: pretty;
  }

  .back {
    margin-block-start: 3px;
    padding: 2px 0;
    border: 0;
    border-radius: var(--radius-s);
    background: none;
    color: var(--accent-text);
    font-size: 12px;
    font-weight: 500;
    cursor: pointer;
  }

  @media (hover: hover) {
    .back:hover {
      text-decoration: underline;
    }
  }

  @media (pointer: coarse) {
    .back {
      min-block-size: 44px;
    }
  }

  @media (max-width: 759.98px) {
    .setting {
      grid-template-columns: minmax(0, 1fr);
    }

    .setting:has(> .switch) {
      grid-template-columns: minmax(0, 1fr) auto;
    }
  }
`;
