import { css } from 'lit';

export const plansStyles = css`
  .plans {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(280px, 100%), 1fr));
    gap: 16px;
  }

  .card {
    display: flex;
    flex-direction: column;
    padding: 20px 22px 14px;
  }

  .gives {
    margin: 2px 0 12px;
    font-size: 28px;
    font-weight: 640;
    line-height: 1.2;
    letter-spacing: -0.03em;
  }

  dl {
    flex: 1;
    margin: 0 0 14px;
    font-size: 13px;
  }

  dl > div {
    display: flex;
    justify-content: space-between;
    gap: 16px;
    padding: 7px 0;
    border-block-start: 1px solid var(--line);
  }

  dt {
    color: var(--text-2);
  }

  dd {
    margin: 0;
    font-weight: 560;
    white-space: nowrap;
  }

  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
  }

  footer a {
    margin-inline-end: auto;
    color: var(--text-2);
    font-size: 13px;
  }

  .quiet {
    border-color: transparent;
    color: var(--text-2);
  }

  @media (hover: hover) {
    footer a:hover {
      color: var(--text-1);
    }
  }

  @media (pointer: coarse) {
    footer a {
      padding-block: 12px;
    }
  }
`;
