import { css } from 'lit';

export const userMenuStyles = css`
  :host {
    display: block;
  }

  .who {
    display: flex;
    align-items: center;
    gap: 11px;
    inline-size: 100%;
    min-block-size: 48px;
    padding: 6px 8px;
    border: 0;
    border-radius: var(--radius);
    background: none;
    text-align: start;
    cursor: pointer;
  }

  :host([look='avatar']) .who {
    inline-size: 44px;
    min-block-size: 44px;
    justify-content: center;
    padding: 0;
  }

  :host([look='tab']) .who {
    flex-direction: column;
    justify-content: center;
    gap: 3px;
    block-size: 52px;
    padding: 0;
    color: var(--text-2);
    font-size: 11px;
    font-weight: 500;
  }

  .avatar {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
    background: light-dark(oklch(0.9 0.06 230), oklch(0.42 0.075 230));
    color: light-dark(oklch(0.35 0.08 230), oklch(0.95 0.03 230));
    font-size: 11px;
    font-weight: 640;
  }

  .avatar::before {
    content: attr(data-initials) / '';
  }

  .names {
    display: grid;
    min-inline-size: 0;
    line-height: 1.35;
  }

  .name {
    overflow: hidden;
    font-size: 13px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .role {
    color: var(--text-3);
    font-size: 12px;
  }

  #menu {
    position: fixed;
    inset: auto auto 76px 12px;
    inline-size: 248px;
    margin: 0;
    padding: 6px;
    border: 1px solid var(--line);
    border-radius: var(--radius-pad);
    background: var(--surface-2);
    color: var(--text-1);
    box-shadow: 0 12px 40px var(--shadow);
  }

  #menu:popover-open {
    animation: open var(--move) var(--ease);
  }

  @keyframes open {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }

  .head {
    display: flex;
    align-items: center;
    gap: 11px;
    padding: 8px 8px 12px;
  }

  fieldset {
    display: flex;
    gap: 2px;
    margin: 6px 0;
    padding: 2px;
    border: 0;
    border-radius: var(--radius);
    background: var(--surface-3);
  }

  legend {
    position: absolute;
    clip-path: inset(50%);
  }

  label,
  .languages button {
    position: relative;
    display: grid;
    flex: 1;
    justify-items: center;
    gap: 3px;
    padding: 8px 0 6px;
    border-radius: 7px;
    color: var(--text-2);
    font-size: 11px;
    font-weight: 500;
    cursor: pointer;
  }

  .languages button {
    align-content: center;
    min-block-size: 34px;
    padding: 0 4px;
    border: 0;
    background: none;
  }

  input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  label:has(:checked),
  .languages [aria-pressed='true'] {
    background: var(--surface-1);
    box-shadow: 0 1px 2px var(--shadow);
    color: var(--text-1);
  }

  label:has(:focus-visible) {
    outline: 2px solid var(--accent-text);
    outline-offset: 1px;
  }

  .entry {
    display: flex;
    align-items: center;
    gap: 11px;
    inline-size: 100%;
    min-block-size: 38px;
    padding: 0 9px;
    border: 0;
    border-radius: var(--radius);
    background: none;
    color: var(--text-2);
    font-size: 13px;
    font-weight: 500;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }

  .entry > svg {
    inline-size: 18px;
  }

  .entry[aria-current] {
    background: var(--surface-3);
    color: var(--text-1);
  }

  .entry[aria-current] > svg,
  :host([look='tab']) .here > svg {
    color: var(--accent-text);
  }

  :host([look='tab']) .here {
    color: var(--text-1);
  }

  .entry kbd {
    margin-inline-start: auto;
  }

  @media (hover: hover) {
    .who:hover,
    .entry:hover {
      background: var(--surface-3);
      color: var(--text-1);
    }

    :host(:not([look='row'])) .who:hover {
      background: none;
    }
  }

  @media (hover: none) {
    .keyboard {
      display: none;
    }
  }

  @media (pointer: coarse) {
    .entry,
    .languages button {
      min-block-size: 44px;
    }
  }

  @media (max-width: 759.98px) {
    #menu {
      inset: auto 12px calc(max(4px, env(safe-area-inset-bottom)) + 66px) auto;
      max-block-size: calc(100dvh - 96px);
      overflow: auto;
    }
  }

  @media (forced-colors: active) {
    label:has(:checked),
    .languages [aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
