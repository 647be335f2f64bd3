import { css } from 'lit';

export const playlistListStyles = css`
  .tools {
    display: flex;
    gap: 8px;
  }

  .lists {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .list {
    --cover: 72px;

    display: flex;
    align-items: center;
    gap: 16px;
    block-size: 100%;
    padding: 13px;
    border: 1px solid var(--line);
    border-radius: var(--radius-pad);
    background: var(--surface-1);
    color: var(--text-1);
    text-decoration: none;
    transition: border-color var(--hover);
  }

  .words {
    display: grid;
    gap: 3px;
    min-inline-size: 0;
  }

  b {
    overflow: hidden;
    font-size: 14px;
    font-weight: 600;
    letter-spacing: -0.01em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  small {
    color: var(--text-2);
    font-size: 12px;
  }

  .list.bone {
    block-size: 100px;
    border: 0;
    background: var(--surface-3);
  }

  @media (hover: hover) {
    .list:hover {
      border-color: var(--line-strong);
    }
  }
`;
