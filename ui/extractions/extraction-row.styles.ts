import { css } from 'lit';

export const extractionRowStyles = css`
  :host {
    display: block;
  }

  .row {
    display: grid;
    grid-template: 'slot about side' auto / 208px minmax(0, 1fr) auto;
    align-items: start;
    gap: 4px 20px;
    padding: 16px 0;
  }

  /* The place of the pad from the first moment on: nothing moves when it comes. */
  .slot {
    grid-area: slot;
    block-size: 112px;
  }

  .tile {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    padding: 15px 13px 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius-pad);
    background: var(--surface-2);
  }

  .wave {
    flex: 1;
    inline-size: 100%;
    min-block-size: 0;
    margin-block-end: 8px;
    overflow: visible;
  }

  .wave path {
    fill: var(--line-strong);
    fill-opacity: 0.55;
  }

  .wave .came {
    fill: var(--accent);
    fill-opacity: 1;
  }

  .running .wave {
    animation: breathe 1.2s ease-in-out infinite alternate;
  }

  .running.measured .wave {
    animation: none;
  }

  .tile b {
    overflow: hidden;
    font-size: 13px;
    font-weight: 560;
    line-height: 19px;
    letter-spacing: -0.012em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .tile small {
    min-block-size: 17px;
    margin-block-start: 2px;
    overflow: hidden;
    color: var(--text-2);
    font-size: 11px;
    line-height: 17px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .waiting .tile,
  .failed .tile,
  .cancelled .tile,
  .gone .tile {
    border-style: dashed;
    background: none;
  }

  .failed .wave path {
    fill: var(--danger);
    fill-opacity: 0.9;
  }

  .failed .tile b {
    color: var(--danger-text);
  }

  .cancelled .tile b,
  .gone .tile b,
  .waiting .tile b {
    color: var(--text-2);
  }

  enc-pad-skeleton {
    block-size: 100%;
  }

  .about {
    grid-area: about;
    padding-block-start: 6px;
  }

  h3 {
    display: -webkit-box;
    margin: 0;
    overflow: hidden;
    font-size: 14px;
    font-weight: 600;
    line-height: 1.35;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
  }

  h3 a {
    color: inherit;
    text-decoration: none;
    border-radius: 4px;
  }

  h3 svg {
    display: inline;
    margin-inline-start: 3px;
    color: var(--text-3);
    vertical-align: -1.5px;
  }

  p {
    margin: 3px 0 0;
    color: var(--text-2);
    font-size: 12px;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  time {
    white-space: nowrap;
  }

  .known {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-block-start: 8px;
    color: var(--text-1);
    font-size: 13px;
  }

  .known svg {
    color: var(--ok);
  }

  .fault {
    margin-block-start: 8px;
    color: var(--danger-text);
    font-size: 13px;
    font-weight: 500;
  }

  .fault + p {
    margin-block-start: 1px;
    color: var(--text-1);
    font-size: 13px;
  }

  details {
    margin-block-start: 8px;
    font-size: 12px;
  }

  summary {
    inline-size: fit-content;
    border-radius: 4px;
    color: var(--text-2);
    cursor: pointer;
  }

  pre {
    max-block-size: 180px;
    margin: 8px 0 2px;
    padding: 10px 12px;
    overflow: auto;
    border-radius: var(--radius-s);
    background: var(--surface-3);
    color: var(--text-1);
    font-size: 11px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .side {
    grid-area: side;
    display: flex;
    align-items: start;
    gap: 14px;
    padding-block-start: 4px;
  }

  img {
    inline-size: 160px;
    aspect-ratio: 16 / 9;
    border-radius: var(--radius);
    object-fit: cover;
    background: var(--surface-3);
    box-shadow: 0 0 0 1px var(--line);
  }

  @media (hover: hover) {
    h3 a:hover {
      text-decoration: underline;
      text-underline-offset: 3px;
    }
  }

  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }

  @media (pointer: coarse) {
    h3 a {
      padding-block: 12px;
    }

    summary {
      padding-block: 12px;
    }

    details {
      margin-block-start: 0;
    }
  }

  @media (max-width: 959.98px) {
    img {
      inline-size: 112px;
    }
  }

  @media (max-width: 759.98px) {
    .row {
      grid-template: 'about side' auto 'slot slot' auto / minmax(0, 1fr) auto;
      gap: 12px 14px;
    }

    .about,
    .side {
      padding: 0;
    }

    .slot {
      block-size: 118px;
    }

    img {
      inline-size: 80px;
      margin-block-start: 2px;
      border-radius: var(--radius-s);
    }

    /* What came to nothing needs no room for a pad. */
    .failed .slot,
    .cancelled .slot,
    .gone .slot {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .wave path {
      fill: CanvasText;
    }

    .wave .came {
      fill: Highlight;
    }
  }
`;
