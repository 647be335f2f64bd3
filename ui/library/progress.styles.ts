import { css } from 'lit';

/** Of `progressBar`. */
export const progressStyles = css`
  .progress {
    margin-block-start: 16px;
  }

  .figures {
    display: flex;
    justify-content: space-between;
    gap: 16px;
    margin-block-end: 7px;
    font-size: 13px;
  }

  .figures b {
    font-weight: 560;
  }

  .numbers {
    color: var(--text-2);
    white-space: nowrap;
  }

  .title {
    display: block;
    min-block-size: 18px;
    margin-block-start: 6px;
    overflow: hidden;
    color: var(--text-2);
    font-size: 12px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  progress {
    appearance: none;
    display: block;
    inline-size: 100%;
    block-size: 6px;
    overflow: hidden;
    border: 0;
    border-radius: 3px;
    background: var(--surface-3);
  }

  progress::-webkit-progress-bar {
    background: var(--surface-3);
  }

  progress::-webkit-progress-value {
    border-radius: 3px;
    background: var(--accent);
    transition: inline-size var(--move) linear;
  }

  progress::-moz-progress-bar {
    background: var(--accent);
  }

  progress:indeterminate {
    animation: breathe 1.2s ease-in-out infinite alternate;
    background: linear-gradient(to right, var(--surface-3), var(--accent), var(--surface-3));
  }

  @media (forced-colors: active) {
    progress::-webkit-progress-value {
      background: Highlight;
    }
  }
`;
