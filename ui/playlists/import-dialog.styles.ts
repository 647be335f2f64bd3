import { css } from 'lit';

export const importDialogStyles = css`
  input[type='file'] {
    padding-block: 9px;
  }

  .say {
    margin: 0 0 12px;
    font-size: 13px;
  }

  ul {
    max-block-size: 40dvh;
    margin: 0;
    padding-inline-start: 18px;
    overflow: auto;
    color: var(--text-2);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
`;
