import { css } from 'lit';

/** On top of `pageStyles`, `fieldStyles` and `formStyles`. */
export const quietHoursStyles = css`
  :host {
    block-size: auto;
    overflow: visible;
  }

  .head {
    flex-wrap: nowrap;
  }

  .now {
    display: flex;
    align-items: center;
    gap: 10px;
    margin: 16px 0 18px;
    padding: 11px 14px;
    border-radius: var(--radius);
    background: var(--surface-3);
    color: var(--text-2);
    font-size: 13px;
    text-wrap: pretty;
  }

  .now b {
    color: var(--text-1);
    font-weight: 600;
  }

  .now.on svg {
    color: var(--accent-text);
  }

  .field {
    margin: 0;
  }

  .when {
    display: flex;
    flex-wrap: wrap;
    gap: 16px 24px;
  }

  .times {
    display: grid;
    flex: 1 1 272px;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
  }

  .weekdays {
    flex: 2 1 310px;
  }

  .policies {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(240px, 100%), 1fr));
    gap: 16px 24px;
    margin-block: 18px 18px;
  }

  .policies > div {
    display: grid;
    align-content: start;
    gap: 10px;
  }

  .setting:last-child {
    padding-block-end: 0;
  }
`;
