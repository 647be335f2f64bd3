import { css } from 'lit';

/** On top of `pageStyles`. */
export const peoplePageStyles = css`
  .skeleton .line {
    display: flex;
    align-items: center;
    gap: 12px;
    block-size: 56px;
  }

  .face {
    inline-size: 34px;
    block-size: 34px;
    border-radius: 50%;
  }

  .name {
    inline-size: min(320px, 60%);
    block-size: 16px;
  }
`;
