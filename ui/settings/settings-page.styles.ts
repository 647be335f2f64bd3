import { css } from 'lit';

/** On top of `pageStyles`. */
export const settingsPageStyles = css`
  .settings {
    margin-block: 14px -14px;
  }

  .skeleton {
    display: grid;
    gap: 24px;
  }

  .skeleton .card {
    block-size: 240px;
  }

  .skeleton .bone {
    inline-size: 160px;
    block-size: 18px;
  }
`;
