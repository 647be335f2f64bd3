import { css } from 'lit';
import { failedStyles } from '../design/failed.styles.ts';
import { warningStyles } from '../design/warning.styles.ts';

/** On top of `pageStyles`. */
export const backupCardStyles = css`
  :host {
    block-size: auto;
    overflow: visible;
  }

  code,
  .name {
    overflow-wrap: anywhere;
  }

  .name {
    font-variant-numeric: tabular-nums;
  }

  .last {
    margin: 16px 0 0;
    font-size: 14px;
  }

  .lack {
    color: var(--danger-text);
  }

  .more {
    margin: 14px 0 0;
    color: var(--text-2);
    font-size: 12px;
  }

  ${warningStyles}

  ${failedStyles}

  .bone {
    block-size: 38px;
    margin-block-start: 14px;
  }
`;
