import { css } from 'lit';

export const invitesStyles = css`
  .rows .button {
    flex: none;
  }

  .rows a {
    color: var(--text-1);
  }

  .line {
    block-size: 40px;
    margin-block-end: 12px;
  }

  .older {
    justify-self: start;
  }
`;
