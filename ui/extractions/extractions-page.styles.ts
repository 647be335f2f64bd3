import { css } from 'lit';

/** On top of `pageStyles` and `tabStyles`. */
export const extractionsPageStyles = css`
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
  }

  .list .head {
    gap: 8px 16px;
  }

  .whose {
    display: flex;
    gap: 2px;
    padding: 2px;
    border-radius: 10px;
    background: var(--surface-3);
  }

  .whose button {
    min-block-size: 32px;
    padding: 0 13px;
    border: 0;
    border-radius: 8px;
    background: none;
    color: var(--text-2);
    font-size: 13px;
    font-weight: 500;
    cursor: pointer;
  }

  .whose button[aria-pressed='true'] {
    background: var(--surface-1);
    box-shadow: 0 0 0 1px var(--line);
    color: var(--text-1);
  }

  .jobs {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
  }

  .jobs > li {
    border-block-start: 1px solid var(--line);
    animation: arrive var(--enter) var(--ease);
  }

  .bones .bone {
    block-size: 112px;
    margin-block: 16px;
    border-radius: var(--radius-pad);
  }

  .bones {
    margin-block-start: 8px;
  }

  .older {
    margin-block-start: 8px;
  }

  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(-8px);
    }
  }

  @media (pointer: coarse) {
    .whose button {
      min-block-size: 44px;
    }
  }

  @media (max-width: 759.98px) {
    .panel {
      gap: 20px;
    }

    .bones .bone {
      block-size: 176px;
    }
  }
`;
