import { css } from 'lit';

export const shellStyles = css`
  :host {
    display: grid;
    grid-template: minmax(0, 1fr) auto / auto minmax(0, 1fr) auto;
    block-size: 100dvh;
  }

  nav {
    display: flex;
    flex-direction: column;
    gap: 1px;
    inline-size: 236px;
    padding: 19px 12px 12px;
    overflow: hidden auto;
    scrollbar-width: none;
    border-inline-end: 1px solid var(--line);
    background: var(--surface-1);
  }

  main {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    min-inline-size: 0;
    min-block-size: 0;
  }

  /* Focused for who comes by keyboard: what it holds says where that is. */
  main:focus {
    outline: none;
    box-shadow: none;
  }

  /* The screens lie on one another: the one that was left keeps its place in the list. */
  ::slotted(.screen) {
    grid-area: 2 / 1;
    min-inline-size: 0;
    min-block-size: 0;
  }

  /* Room at the end of what scrolls, so that nothing stays under the pills. */
  main {
    --floor: 48px;
  }

  ::slotted([slot='floor']) {
    position: relative;
    z-index: 1;
    grid-area: 2 / 1;
    align-self: end;
    min-inline-size: 0;
  }

  ::slotted([slot='queue']) {
    grid-area: 1 / 3;
    min-block-size: 0;
  }

  ::slotted([slot='player']) {
    grid-area: 2 / 1 / auto / -1;
    min-inline-size: 0;
  }

  .skip {
    position: absolute;
    inset: 8px auto auto 8px;
    z-index: 2;
    padding: 10px 16px;
    border: 0;
    border-radius: var(--radius);
    background: var(--strong);
    color: var(--on-strong);
    font-weight: 600;
    transform: translateY(-80px);
  }

  .skip:focus {
    transform: none;
  }

  .brand {
    display: flex;
    align-items: center;
    gap: 11px;
    align-self: start;
    margin: 0 8px 21px;
    border-radius: 8px;
    color: var(--text-1);
    font-size: 16px;
    font-weight: 640;
    letter-spacing: -0.01em;
    text-decoration: none;
  }

  .mark-ground {
    fill: var(--accent);
  }

  .mark-bars {
    fill: var(--on-accent);
  }

  .place {
    display: flex;
    align-items: center;
    gap: 11px;
    flex: none;
    block-size: 36px;
    padding: 0 10px;
    border-radius: var(--radius);
    color: var(--text-2);
    font-size: 13px;
    font-weight: 500;
    text-decoration: none;
  }

  .place[aria-current] {
    background: var(--surface-3);
    color: var(--text-1);
  }

  .place[aria-current] svg {
    color: var(--accent-text);
  }

  .count {
    margin-inline-start: auto;
    color: var(--text-2);
    font-size: 12px;
    font-weight: 400;
  }

  .busy {
    min-inline-size: 19px;
    margin-inline-start: auto;
    padding-inline: 5px;
    border-radius: 10px;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 11px;
    font-weight: 640;
    line-height: 19px;
    text-align: center;
  }

  .rest {
    flex: 1;
  }

  .block {
    margin-inline: -1px;
  }

  .avatar,
  .more {
    display: none;
  }

  h2 {
    margin: 20px 10px 6px;
    color: var(--text-3);
    font-size: 12px;
    font-weight: 500;
  }

  @media (hover: hover) {
    .place:hover:not([aria-current]) {
      background: var(--surface-2);
      color: var(--text-1);
    }
  }

  @media (max-width: 1179.98px) {
    nav {
      align-items: center;
      inline-size: 68px;
      padding-inline: 0;
    }

    .word,
    .block {
      display: none;
    }

    .brand {
      align-self: center;
      margin: 0 0 21px;
    }

    .place {
      position: relative;
      justify-content: center;
      inline-size: 44px;
      block-size: 44px;
      padding: 0;
    }

    .busy {
      position: absolute;
      inset: 0 0 auto auto;
      min-inline-size: 16px;
      padding-inline: 4px;
      line-height: 16px;
    }

    .avatar {
      display: block;
    }
  }

  @media (max-width: 759.98px) {
    :host {
      grid-template: minmax(0, 1fr) auto auto / minmax(0, 1fr);
    }

    main {
      grid-row: 1;
    }

    nav {
      grid-row: 3;
      flex-direction: row;
      justify-content: space-around;
      gap: 0;
      inline-size: auto;
      padding: 4px 8px max(4px, env(safe-area-inset-bottom));
      border: 0;
      border-block-start: 1px solid var(--line);
    }

    .brand,
    .avatar,
    .rest,
    nav > slot,
    .count,
    .beyond,
    h2 {
      display: none;
    }

    .more {
      display: block;
      flex: 1;
      max-inline-size: 160px;
    }

    .place {
      flex: 1;
      flex-direction: column;
      gap: 3px;
      inline-size: auto;
      max-inline-size: 160px;
      block-size: 52px;
      color: var(--text-2);
      font-size: 11px;
    }

    .place[aria-current] {
      background: none;
    }

    .busy {
      inset-inline-end: calc(50% - 20px);
    }

    .place .word:not(.count) {
      display: inline;
    }
  }
`;
