import { css } from 'lit';

export const eventListStyles = css`
  :host {
    display: block;
  }

  ol {
    position: relative;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    position: absolute;
    inset-inline: 0;
    block-size: var(--row, 52px);
    contain: size layout style;
  }

  button {
    display: grid;
    grid-template-columns: 74px 30px minmax(0, 1fr) auto;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    block-size: 100%;
    padding: 0 12px;
    border: 0;
    border-block-end: 1px solid var(--line);
    border-radius: 0;
    background: none;
    color: var(--text-1);
    font-size: 13px;
    text-align: start;
    cursor: pointer;
  }

  .when {
    color: var(--text-2);
    font-size: 12px;
    line-height: 1.35;
    white-space: nowrap;
  }

  .day {
    display: block;
    color: var(--text-1);
    font-weight: 560;
  }

  .mark {
    display: grid;
    place-items: center;
    inline-size: 30px;
    block-size: 30px;
    border: 1px solid var(--line);
    border-radius: 50%;
    background: var(--surface-2);
    color: var(--text-2);
  }

  .mark:is(.hue-20, .hue-52, .hue-100, .hue-145, .hue-185, .hue-230, .hue-295, .hue-345) {
    border-color: transparent;
    background: var(--h-live);
    color: var(--h-text);
  }

  .what {
    min-inline-size: 0;
  }

  .what > span {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .what small {
    display: block;
    overflow: hidden;
    color: var(--text-3);
    font-size: 11.5px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .place {
    color: var(--text-3);
    font-size: 12px;
  }

  .later .what > span,
  .later .day {
    color: var(--text-3);
  }

  .bad .mark {
    border-color: color-mix(in oklab, var(--danger) 45%, transparent);
    color: var(--danger-text);
  }

  button[aria-current] {
    border-radius: var(--radius);
    border-color: transparent;
    background: var(--surface-3);
  }

  button[aria-current] :is(small, .place, .when) {
    color: var(--text-2);
  }

  button[aria-current].later .what > span {
    color: var(--text-1);
  }

  .then button {
    box-shadow: inset 0 2px var(--warn);
  }

  button:focus-visible {
    z-index: 1;
    border-radius: var(--radius);
    outline-offset: -2px;
    box-shadow: none;
  }

  mark {
    border-radius: 3px;
    background: color-mix(in oklab, var(--accent) 32%, transparent);
    color: inherit;
  }

  @media (hover: hover) {
    button:hover:not([aria-current]) {
      background: var(--surface-2);
    }
  }

  @media (max-width: 759.98px) {
    button {
      grid-template-columns: 30px minmax(0, 1fr);
      padding: 0 4px;
      gap: 10px;
    }

    .mark {
      grid-row: 1;
    }

    .place,
    .when {
      display: none;
    }

    .what > span {
      display: -webkit-box;
      overflow: hidden;
      line-height: 1.3;
      white-space: normal;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
    }
  }

  @media (min-width: 760px) {
    small .narrow {
      display: none;
    }
  }

  @media (forced-colors: active) {
    button[aria-current] {
      outline: 2px solid Highlight;
    }
  }
`;
