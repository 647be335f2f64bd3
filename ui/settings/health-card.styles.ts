import { css } from 'lit';
import { failedStyles } from '../design/failed.styles.ts';

/** On top of `pageStyles`. */
export const healthCardStyles = css`
  :host {
    block-size: auto;
    overflow: visible;
  }

  .rows > li > svg {
    align-self: start;
    margin-block-start: 2px;
    color: var(--text-2);
  }

  .rows > .ok > svg {
    color: var(--ok);
  }

  .rows > .degraded > svg {
    color: var(--danger);
  }

  .rows > .degraded .chip {
    border-color: color-mix(in oklab, var(--danger) 45%, transparent);
    color: var(--danger-text);
  }

  .fix {
    margin-block-start: 4px;
    padding-inline-start: 10px;
    border-inline-start: 2px solid color-mix(in oklab, var(--danger) 45%, transparent);
  }

  .fix a {
    color: var(--text-1);
    font-weight: 560;
  }

  .asked {
    margin: 18px 0 0;
    color: var(--text-2);
    font-size: 12px;
  }

  ${failedStyles}

  .bone {
    block-size: 38px;
    margin-block-start: 14px;
  }
`;
