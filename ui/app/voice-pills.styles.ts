import { css } from 'lit';

export const voicePillStyles = css`
  :host {
    display: flex;
    gap: 7px;
    min-inline-size: 0;
  }

  .pill,
  .more {
    display: inline-flex;
    align-items: center;
    gap: 9px;
    min-inline-size: 0;
    block-size: 38px;
    padding: 0 14px 0 11px;
    border: 1px solid var(--line);
    border-radius: 19px;
    background: var(--surface-1);
    box-shadow: 0 6px 20px var(--shadow);
    font-size: 12.5px;
    white-space: nowrap;
  }

  .more {
    flex: none;
    padding-inline: 13px;
    color: var(--text-2);
  }

  .pill {
    flex: 0 1 auto;
    cursor: pointer;
    animation: rise var(--move) var(--ease);
    transition: transform var(--press);
  }

  .pill:active {
    transform: scale(0.972);
  }

  .name {
    overflow: hidden;
    unicode-bidi: plaintext;
    font-weight: 560;
    text-overflow: ellipsis;
  }

  .latency {
    flex: none;
    color: var(--text-3);
    font-size: 11.5px;
  }

  circle {
    fill: none;
    stroke: var(--h-line);
    stroke-width: 2.6;
  }

  .track {
    stroke-opacity: 0.16;
  }

  .left {
    stroke-dasharray: 43.98;
    transform: rotate(-90deg);
    transform-origin: center;
  }

  .square {
    fill: var(--text-1);
    opacity: 0;
  }

  .pill:focus-visible .square {
    opacity: 1;
  }

  @media (hover: hover) {
    .pill:hover {
      background: var(--surface-2);
      border-color: var(--line-strong);
    }

    .pill:hover .square {
      opacity: 1;
    }
  }

  @media (pointer: coarse) {
    .pill,
    .more {
      block-size: 44px;
      border-radius: 22px;
    }
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
`;
