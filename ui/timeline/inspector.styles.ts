import { css } from 'lit';

export const inspectorStyles = css`
  :host {
    display: block;
  }

  h2 {
    margin: 0;
    font-size: 16px;
    font-weight: 640;
    line-height: 1.35;
    letter-spacing: -0.01em;
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }

  h3 {
    margin: 20px 0 8px;
    color: var(--text-2);
    font-size: 12px;
    font-weight: 500;
  }

  .when {
    margin: 4px 0 0;
    color: var(--text-2);
    font-size: 12.5px;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-start: 14px;
  }

  .actions .button {
    min-block-size: 34px;
    padding-inline: 12px;
  }

  .changes {
    display: grid;
    gap: 8px;
    margin: 0;
  }

  .change {
    padding: 9px 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface-2);
    font-size: 13px;
  }

  .change dt {
    color: var(--text-2);
    font-size: 12px;
  }

  .change dd {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 9px;
    margin: 2px 0 0;
    overflow-wrap: anywhere;
  }

  .change del {
    color: var(--text-2);
    text-decoration: none;
  }

  .change ins {
    font-weight: 600;
    text-decoration: none;
  }

  .chain {
    margin: 0 0 0 7px;
    padding: 0;
    border-inline-start: 2px solid var(--line);
    list-style: none;
  }

  .chain li {
    position: relative;
    padding-inline-start: 14px;
  }

  .chain li::before {
    position: absolute;
    inset: 14px auto auto -6px;
    inline-size: 10px;
    block-size: 10px;
    border: 2px solid var(--surface-1);
    border-radius: 50%;
    background: var(--line-strong);
    content: '';
  }

  .chain .here::before {
    background: var(--accent);
  }

  .chain button {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 10px;
    inline-size: 100%;
    min-block-size: 38px;
    padding: 8px;
    border: 0;
    border-radius: var(--radius-s);
    background: none;
    font-size: 13px;
    line-height: 1.35;
    text-align: start;
    cursor: pointer;
  }

  .chain .here button {
    background: var(--surface-3);
    font-weight: 560;
  }

  .chain time {
    color: var(--text-2);
    font-size: 12px;
    font-weight: 400;
    white-space: nowrap;
  }

  .note {
    margin: 6px 0 0;
    color: var(--text-2);
    font-size: 12.5px;
  }

  .only {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }

  .only button {
    min-block-size: 30px;
    padding: 0 11px;
    border: 1px solid var(--line);
    border-radius: 15px;
    background: var(--surface-2);
    color: var(--text-2);
    font-size: 12px;
    cursor: pointer;
  }

  details {
    margin-block-start: 18px;
    font-size: 12.5px;
  }

  summary {
    border-radius: 4px;
    color: var(--text-2);
    cursor: pointer;
  }

  pre {
    margin: 8px 0 0;
    padding: 11px 13px;
    overflow: auto;
    border-radius: var(--radius);
    background: var(--surface-3);
    font:
      12px/1.55 ui-monospace,
      monospace;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .facts {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 3px 14px;
    margin: 10px 0 0;
    font-size: 12px;
  }

  .facts dt {
    color: var(--text-2);
  }

  .facts dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .bone {
    block-size: 24px;
    margin-block-end: 10px;
    border-radius: var(--radius-s);
    background: var(--surface-3);
  }

  .bone.tall {
    block-size: 150px;
  }

  @media (hover: hover) {
    .chain button:hover,
    .only button:hover {
      background: var(--surface-3);
      color: var(--text-1);
    }
  }

  @media (pointer: coarse) {
    .only button,
    .chain button {
      min-block-size: 44px;
    }

    .only button {
      border-radius: 22px;
    }
  }

  @media (forced-colors: active) {
    .chain .here button {
      outline: 2px solid Highlight;
    }
  }
`;
