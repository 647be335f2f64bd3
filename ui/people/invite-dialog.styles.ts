import { css } from 'lit';

export const inviteDialogStyles = css`
  :host {
    --dialog-width: 560px;
  }

  .made {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 20px;
  }

  .code {
    flex: none;
    inline-size: 200px;
    aspect-ratio: 1;
  }

  .waiting {
    border-radius: var(--radius-pad);
    background: #fff;
  }

  .words {
    flex: 1 1 240px;
    min-inline-size: 0;
  }

  @media (max-width: 759.98px) {
    .code {
      inline-size: min(240px, 100%);
      margin-inline: auto;
    }

    .words {
      flex-basis: 100%;
    }
  }
`;
