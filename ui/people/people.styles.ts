import { css } from 'lit';

/** On top of `pageStyles`: a part of the page, which scrolls with it, and faces with names. */
export const peopleStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 16px;
    block-size: auto;
    overflow: visible;
  }

  .avatar {
    position: relative;
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 34px;
    block-size: 34px;
    border-radius: 50%;
    background: light-dark(oklch(0.9 0.06 230), oklch(0.42 0.075 230));
    color: light-dark(oklch(0.35 0.08 230), oklch(0.95 0.03 230));
    font-size: 12px;
    font-weight: 640;
  }

  .avatar::before {
    content: attr(data-initials) / '';
  }

  .avatar.here::after {
    content: '';
    position: absolute;
    inset: auto -1px -1px auto;
    inline-size: 11px;
    block-size: 11px;
    border: 2px solid var(--ground, var(--bg));
    border-radius: 50%;
    background: var(--ok);
  }

  .avatar.off {
    background: var(--surface-3);
    color: var(--text-2);
  }

  .button.danger {
    border-color: color-mix(in oklab, var(--danger) 55%, transparent);
    color: var(--danger-text);
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 10px;
  }

  .tools > .about {
    flex: 1 1 150px;
    margin: 0;
  }

  .tools > .end {
    margin-inline-start: auto;
  }

  @media (forced-colors: active) {
    .avatar {
      border: 1px solid CanvasText;
    }

    .avatar.here::after {
      forced-color-adjust: none;
    }
  }
`;
