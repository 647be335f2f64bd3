import { css } from 'lit';

export const shortcutsStyles = css`
  :host {
    --dialog-width: 562px;
  }

  dl {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
    column-gap: 32px;
    margin: 0;
  }

  dl > div {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-block-size: 38px;
    border-block-end: 1px solid var(--line);
    font-size: 12px;
  }

  dt {
    color: var(--text-2);
  }

  dd {
    display: flex;
    gap: 4px;
    margin: 0;
  }

  dd kbd {
    block-size: 23px;
    min-inline-size: 23px;
    padding: 0 7px;
    border-radius: 6px;
    background: var(--surface-2);
    color: var(--text-1);
    font-weight: 560;
  }

  label {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-block-start: 16px;
    color: var(--text-2);
    font-size: 12px;
  }

  input {
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--accent);
  }
`;
