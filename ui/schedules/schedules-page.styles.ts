import { css } from 'lit';

/** On top of `pageStyles`. */
export const schedulesPageStyles = css`
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: 16px;
  }

  .label {
    color: var(--text-2);
    font-size: 12px;
  }

  .figure {
    font-size: 28px;
    font-weight: 640;
    line-height: 1.25;
    letter-spacing: -0.03em;
  }

  ul.card {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  ul.card > li + li {
    border-block-start: 1px solid var(--line);
  }

  .skeleton {
    padding-block: 0;
  }

  .line {
    display: grid;
    align-items: center;
    block-size: 84px;
  }

  .line + .line {
    border-block-start: 1px solid var(--line);
  }

  .line .bone {
    inline-size: min(340px, 70%);
    block-size: 28px;
  }
`;
