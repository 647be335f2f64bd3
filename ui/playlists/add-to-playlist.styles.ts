import { css } from 'lit';

export const addToPlaylistStyles = css`
  ul {
    max-block-size: 46dvh;
    margin: 0 -8px 12px;
    padding: 0;
    overflow: auto;
    list-style: none;
  }

  .list {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    inline-size: 100%;
    min-block-size: 48px;
    padding: 0 8px;
    border: 0;
    border-radius: var(--radius);
    background: none;
    font-size: 13px;
    font-weight: 560;
    text-align: start;
    cursor: pointer;
  }

  .list:focus-visible {
    outline-offset: -2px;
    box-shadow: none;
  }

  small {
    flex: none;
    color: var(--text-2);
    font-size: 12px;
    font-weight: 400;
  }

  form {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  .box {
    flex: 1;
  }

  .error {
    color: var(--danger-text);
    font-size: 13px;
  }

  @media (hover: hover) {
    .list:hover {
      background: var(--surface-3);
    }
  }
`;
