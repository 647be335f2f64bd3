import { css } from 'lit';

export const buttonsPageStyles = css`
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: 16px;
  }

  .top .lead {
    margin-block-start: 6px;
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  .device {
    display: flex;
    align-items: center;
    gap: 12px;
    min-inline-size: 0;
  }

  .device > svg {
    color: var(--text-2);
  }

  .device h2 {
    overflow-wrap: anywhere;
  }

  .device small {
    display: block;
    color: var(--text-2);
    font-size: 12px;
  }

  .rows > li {
    flex-wrap: wrap;
  }

  .rows > li.pressed {
    background: color-mix(in oklab, var(--accent) 14%, transparent);
    box-shadow: 0 0 0 8px color-mix(in oklab, var(--accent) 14%, transparent);
  }

  .rows > li {
    transition: background-color var(--move);
  }

  .thing .fault {
    color: var(--danger-text);
    text-wrap: pretty;
  }

  .thing .both {
    color: var(--accent-text);
  }

  .acts {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-inline-start: auto;
  }

  .switch-line {
    min-block-size: 38px;
    padding-inline-end: 4px;
  }

  .bone {
    block-size: 132px;
    border-radius: var(--radius-card);
  }

  .skeleton {
    display: grid;
    gap: 16px;
  }

  @media (max-width: 759.98px) {
    .thing {
      flex-basis: 100%;
    }

    .acts {
      inline-size: 100%;
      justify-content: flex-end;
    }
  }
`;
