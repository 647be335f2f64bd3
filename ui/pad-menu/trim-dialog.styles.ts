import { css } from 'lit';

export const trimStyles = css`
  :host {
    --dialog-width: 720px;
  }

  .wave {
    position: relative;
    block-size: 168px;
    margin: 6px 0 20px;
    border: 1px solid color-mix(in oklab, var(--h-line) 30%, transparent);
    border-radius: var(--radius-pad);
    background: var(--h-tint);
    cursor: ew-resize;
    touch-action: none;
    user-select: none;
  }

  .wave > svg {
    inline-size: 100%;
    block-size: 100%;
    padding: 8px 0;
  }

  .wave path {
    fill: var(--h-line);
  }

  .outside {
    position: absolute;
    inset-block: 0;
    background: color-mix(in oklab, var(--surface-1) 78%, transparent);
    pointer-events: none;
  }

  .outside.before {
    inset-inline-start: 0;
    border-start-start-radius: var(--radius-pad);
    border-end-start-radius: var(--radius-pad);
  }

  .outside.after {
    inset-inline-end: 0;
    border-start-end-radius: var(--radius-pad);
    border-end-end-radius: var(--radius-pad);
  }

  .playhead {
    position: absolute;
    inset-block: 0;
    inline-size: 2px;
    margin-inline-start: -1px;
    background: var(--text-1);
    pointer-events: none;
  }

  .handle {
    position: absolute;
    inset-block: -1px;
    display: grid;
    place-items: center;
    inline-size: 28px;
    margin-inline-start: -14px;
    border-radius: var(--radius);
    cursor: ew-resize;
    touch-action: none;
  }

  .handle::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inline-size: 3px;
    border-radius: 2px;
    background: var(--accent);
  }

  .handle::after {
    content: '';
    inline-size: 14px;
    block-size: 34px;
    border: 2px solid var(--accent);
    border-radius: 7px;
    background:
      linear-gradient(var(--accent) 0 0) center / 2px 12px no-repeat,
      var(--surface-1);
    z-index: 1;
  }

  .times {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 132px)) minmax(0, 1fr);
    gap: 16px;
    align-items: start;
  }

  .times .field {
    position: relative;
    margin: 0;
  }

  /* Out of the flow: it comes and goes as a field is left, and must not move what is pressed then. */
  .times .note {
    position: absolute;
    inset-block-start: 100%;
    inline-size: max-content;
    max-inline-size: 280px;
  }

  .sum {
    margin: 0;
    padding-block-start: 24px;
    color: var(--text-2);
    font-size: 13px;
    line-height: 20px;
  }

  .sum b {
    display: block;
    color: var(--text-1);
    font-weight: 560;
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block: 32px 2px;
  }

  .tools .button {
    min-inline-size: 112px;
  }

  .problem {
    margin-block-start: 12px;
  }

  .bone {
    position: absolute;
    inset: 50% 14px auto;
    block-size: 2px;
    background: color-mix(in oklab, var(--h-line) 40%, transparent);
  }

  @media (pointer: coarse) {
    .handle {
      inline-size: 44px;
      margin-inline-start: -22px;
    }
  }

  @media (max-width: 480px) {
    .times {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 12px;
    }

    .times .note {
      max-inline-size: 100%;
    }

    .sum {
      grid-column: 1 / -1;
      padding: 14px 0 0;
    }

    .sum b {
      display: inline;
    }

    .tools {
      margin-block-start: 18px;
    }

    .tools .button {
      flex: 1;
    }
  }

  @media (forced-colors: active) {
    .wave path {
      fill: CanvasText;
    }

    .outside {
      forced-color-adjust: none;
      background: Canvas;
      opacity: 0.75;
    }

    .handle::before,
    .playhead {
      forced-color-adjust: none;
      background: Highlight;
    }

    .handle::after {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Canvas;
    }
  }
`;
