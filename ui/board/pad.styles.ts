import { css } from 'lit';

export const padStyles = css`
  :host {
    display: block;
    position: relative;
    block-size: 100%;
    contain: layout size style;
  }

  .pad {
    display: flex;
    flex-direction: column;
    inline-size: 100%;
    block-size: 100%;
    padding: 15px 13px 12px;
    border: 1px solid color-mix(in oklab, var(--h-line) 20%, transparent);
    border-radius: var(--radius-pad);
    background: var(--h-tint);
    color: var(--text-1);
    text-align: start;
    cursor: pointer;
    user-select: none;
  }

  .wave {
    flex: 1;
    inline-size: 100%;
    min-block-size: 0;
    margin-block-end: 8px;
    overflow: visible;
  }

  .wave path {
    fill: var(--h-line);
  }

  /* fill-opacity, because opacity makes a layer of every pad. */
  .rest {
    fill-opacity: 0.68;
  }

  .name {
    overflow: hidden;
    unicode-bidi: plaintext;
    font-size: 13px;
    font-weight: 560;
    line-height: 19px;
    letter-spacing: -0.012em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .meta {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-block-start: 2px;
    color: var(--text-3);
    font-size: 11px;
    line-height: 17px;
    white-space: nowrap;
  }

  .meta svg {
    color: var(--h-text);
    margin-inline-end: -1px;
  }

  .dot {
    inline-size: 2.5px;
    block-size: 2.5px;
    border-radius: 50%;
    background: currentColor;
    margin-inline: 1px;
  }

  .latency {
    margin-inline-start: auto;
    color: var(--h-text);
    font-weight: 640;
  }

  mark {
    margin-inline: -1px;
    padding: 1px;
    border-radius: 3px;
    background: color-mix(in oklab, var(--h-line) 28%, transparent);
    color: inherit;
  }

  .compact {
    flex-direction: column-reverse;
    justify-content: space-between;
    padding: 10px 11px;
    border-radius: 12px;
  }

  .compact .meta {
    margin: 0;
  }

  .large {
    padding: 20px 17px 16px;
  }

  .large .wave {
    margin-block-end: 14px;
  }

  .large .name {
    font-size: 14px;
    line-height: 21px;
  }

  .large .meta {
    line-height: 19px;
  }

  .check {
    position: absolute;
    inset: 9px 9px auto auto;
    display: grid;
    place-items: center;
    inline-size: 22px;
    block-size: 22px;
    border: 1.5px solid var(--line-strong);
    border-radius: 50%;
    background: var(--surface-2);
    color: var(--on-strong);
  }

  .picked .check {
    border-color: var(--strong);
    background: var(--strong);
  }

  .pad.picked {
    border-color: var(--strong);
  }

  .pad.picked:not(:focus-visible) {
    box-shadow: inset 0 0 0 1px var(--strong);
  }

  @media (forced-colors: active) {
    .pad.picked {
      border-color: Highlight;
    }
  }

  @media (hover: hover) {
    :host(:hover) .pad:not(.live, [aria-disabled]) {
      border-color: color-mix(in oklab, var(--h-line) 62%, transparent);
      background: color-mix(in oklab, var(--h-live) 60%, var(--h-tint));
    }

    /* It lights up softly under the pointer. All else is at once: each frame of a change of colour
       draws what lies around the pad again, and the next press waits for that. */
    :host(:hover) .pad:not(:active, .pending, .live, .measured) {
      transition:
        border-color var(--hover),
        background-color var(--hover);
    }

    :host(:hover) .pad:not(.live, [aria-disabled]) .rest {
      fill-opacity: 1;
    }

    :host(:hover) .more {
      visibility: visible;
    }

    :host(:hover) .heart {
      color: var(--text-2);
    }

    .control:hover {
      background: color-mix(in oklab, var(--text-1) 10%, transparent);
    }
  }

  .control {
    position: absolute;
    inset: auto 6px 6px auto;
    display: grid;
    place-items: center;
    inline-size: 30px;
    block-size: 30px;
    padding: 0;
    border: 0;
    border-radius: 8px;
    background: none;
    /* Not opacity: it makes a layer of every heart. */
    color: transparent;
    cursor: pointer;
  }

  .control:focus-visible {
    outline-offset: -2px;
    box-shadow: none;
  }

  .heart[aria-pressed='true'] svg {
    color: var(--h-text);
    fill: currentColor;
  }

  /* The measure stands in the heart's place as long as it shows. */
  .measured + .heart:not(:focus-visible) svg {
    visibility: hidden;
  }

  .measured:has(+ .heart:focus-visible) .latency {
    visibility: hidden;
  }

  /* Drawn, and no part of the button's name. Fingers have no keys. */
  @media (pointer: fine) {
    [aria-keyshortcuts]::after {
      content: attr(aria-keyshortcuts) / '';
      position: absolute;
      inset: auto 12px 12px auto;
      min-inline-size: 18px;
      border-radius: 5px;
      background: var(--surface-2);
      box-shadow: inset 0 0 0 1px var(--line);
      color: var(--text-2);
      font-size: 11px;
      line-height: 18px;
      text-align: center;
    }

    [aria-keyshortcuts].compact::after {
      inset: 9px 36px auto auto;
    }

    [aria-keyshortcuts].large::after {
      inset: auto 17px 16px auto;
    }

    [aria-keyshortcuts]:not(.compact) + .heart {
      margin-inline-end: 24px;
    }

    [aria-keyshortcuts].measured::after {
      content: none;
    }
  }

  .pad:focus-visible + .heart,
  .heart:focus-visible {
    color: var(--text-2);
  }

  .more {
    inset: 6px 6px auto auto;
    block-size: 26px;
    background: var(--surface-2);
    box-shadow: 0 0 0 1px var(--line);
    color: var(--text-2);
    visibility: hidden;
  }

  .pad:focus-visible ~ .more,
  .heart:focus-visible + .more,
  .more:focus-visible {
    visibility: visible;
  }

  .control.large {
    inset-inline-end: 10px;
  }

  .heart.large {
    inset-block-end: 10px;
  }

  .more.large {
    inset-block-start: 10px;
  }

  .heart.compact {
    inset: 3px 3px auto auto;
  }

  .more.compact {
    inset: 5px 33px auto auto;
    inline-size: 26px;
  }

  .pad:active:not([aria-disabled]) {
    transform: scale(0.972);
  }

  .pad:active:not([aria-disabled]),
  .pending {
    border-color: var(--h-line);
    background: var(--h-press);
  }

  .live {
    border-color: var(--h-line);
    background: var(--h-live);
    box-shadow:
      inset 0 0 0 1px var(--h-line),
      0 0 0 3px color-mix(in oklab, var(--h-line) 24%, transparent),
      0 6px 18px var(--shadow);
  }

  .live .rest {
    fill-opacity: 0.3;
  }

  /* text-3 falls to 4.0:1 on the lit tints. */
  .live .meta,
  .pending .meta,
  .pad:active .meta {
    color: var(--text-2);
  }

  .live:focus-visible {
    outline-color: var(--text-1);
    outline-offset: 3px;
  }

  .pad[aria-disabled] {
    cursor: not-allowed;
    filter: saturate(0.35);
  }

  .pad[aria-disabled] .wave {
    opacity: 0.55;
  }

  .refused {
    animation: shake 320ms var(--ease);
  }

  /* A finger has no hover: hearts show, and the three dots are a long press. */
  @media (pointer: coarse) {
    .control,
    .control.large {
      inline-size: 44px;
      block-size: 44px;
    }

    .heart {
      inset: auto 0 0 auto;
      color: var(--text-3);
    }

    .heart.large {
      inset: auto 4px 4px auto;
    }

    .heart.compact {
      inset: 0 0 auto auto;
    }

    .more.compact {
      inset: 0 44px auto auto;
    }
  }

  @keyframes shake {
    20% {
      transform: translateX(-6px);
    }
    40% {
      transform: translateX(5px);
    }
    60% {
      transform: translateX(-3px);
    }
    80% {
      transform: translateX(2px);
    }
  }

  /* Without motion the border says it. */
  @media (prefers-reduced-motion: reduce) {
    .refused {
      border-color: var(--danger);
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .wave path {
      fill: CanvasText;
    }

    .live {
      outline: 3px solid Highlight;
    }

    .wave .played {
      fill: Highlight;
    }

    mark {
      forced-color-adjust: none;
      background: Mark;
      color: MarkText;
    }
  }
`;
