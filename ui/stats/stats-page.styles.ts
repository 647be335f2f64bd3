import { css } from 'lit';

/** On top of `pageStyles`. */
export const statsPageStyles = css`
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 10px 16px;
  }

  .periods {
    display: flex;
    gap: 1px;
    padding: 2px;
    border-radius: var(--radius);
    background: var(--surface-3);
  }

  .periods label {
    position: relative;
    cursor: pointer;
  }

  .periods input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .periods span {
    display: grid;
    place-items: center;
    min-block-size: 34px;
    padding: 0 13px;
    border-radius: 7px;
    color: var(--text-2);
    font-size: 12.5px;
    font-weight: 500;
    white-space: nowrap;
  }

  .periods :checked + span {
    background: var(--surface-1);
    box-shadow: 0 1px 2px var(--shadow);
    color: var(--text-1);
  }

  .periods :focus-visible + span {
    outline: 2px solid var(--accent-text);
    outline-offset: 2px;
  }

  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 12px;
  }

  .tile {
    min-inline-size: 0;
    padding: 16px 20px 17px;
    border: 1px solid var(--line);
    border-radius: var(--radius-pad);
    background: var(--surface-1);
  }

  .tile dt {
    color: var(--text-2);
    font-size: 12px;
  }

  .tile dd {
    margin: 2px 0 0;
    overflow: hidden;
    font-size: 28px;
    font-weight: 640;
    line-height: 1.2;
    letter-spacing: -0.025em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .tile small {
    display: block;
    min-block-size: 18px;
    color: var(--text-3);
    font-size: 12px;
    font-weight: 400;
    letter-spacing: 0;
    white-space: normal;
  }

  dl {
    margin: 0;
  }

  enc-plays-chart {
    margin-block-start: 14px;
  }

  .pads {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(184px, 1fr));
    gap: 12px;
    margin: 14px 0 0;
    padding: 0;
    list-style: none;
  }

  .pads > li {
    display: grid;
    grid-template-rows: 124px auto;
    gap: 5px;
    min-inline-size: 0;
  }

  .pads .count {
    padding-inline: 3px;
    color: var(--text-2);
    font-size: 12px;
  }

  .pads .count b {
    color: var(--text-1);
    font-weight: 600;
  }

  .ranks {
    display: grid;
    gap: 11px;
    margin: 14px 0 0;
    padding: 0;
    list-style: none;
  }

  .ranks li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 5px 12px;
    font-size: 13px;
  }

  .ranks span {
    overflow-wrap: anywhere;
  }

  .ranks b {
    font-weight: 600;
  }

  .ranks i {
    grid-column: 1 / -1;
    block-size: 6px;
    inline-size: var(--share);
    min-inline-size: 6px;
    border-radius: 3px;
    background: var(--accent);
  }

  .pair {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    gap: 24px;
  }

  details {
    margin-block-start: 14px;
    font-size: 13px;
  }

  summary {
    inline-size: fit-content;
    padding-block: 4px;
    border-radius: 4px;
    color: var(--text-2);
    font-size: 12.5px;
    cursor: pointer;
  }

  .scrolls {
    max-block-size: 340px;
    margin-block-start: 8px;
    overflow: auto;
  }

  .scrolls td:first-child {
    overflow-wrap: anywhere;
  }

  .hours :is(th, td) {
    padding-inline: 8px;
    white-space: nowrap;
  }

  .bone.tiles-bone {
    block-size: 92px;
    border-radius: var(--radius-pad);
  }

  .bone.card-bone {
    block-size: 300px;
    border-radius: var(--radius-card);
  }

  .stale {
    opacity: 0.6;
  }

  @media (hover: hover) {
    .periods label:hover span {
      color: var(--text-1);
    }
  }

  @media (pointer: coarse) {
    .periods span,
    summary {
      min-block-size: 44px;
    }

    summary {
      line-height: 36px;
    }
  }

  @media (max-width: 900px) {
    .pair {
      grid-template-columns: minmax(0, 1fr);
      gap: 20px;
    }
  }

  @media (max-width: 759.98px) {
    /* The sentence first, as on every page; the periods get a row of their own below. */
    .top {
      display: contents;
    }

    h1,
    .lead {
      order: -2;
    }

    .periods {
      order: -1;
    }

    /* The odd one out gets the whole row. */
    .tile:last-child {
      grid-column: 1 / -1;
    }

    .periods {
      inline-size: 100%;
    }

    .periods label {
      flex: 1;
    }

    .periods span {
      padding-inline: 4px;
    }

    .tiles {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 10px;
    }

    .tile {
      padding: 13px 15px;
    }

    .tile dd {
      font-size: 22px;
    }

    .pads {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 10px;
    }

    .pads > li {
      grid-template-rows: 118px auto;
    }
  }

  @media (forced-colors: active) {
    .periods :checked + span {
      outline: 2px solid Highlight;
    }

    .ranks i {
      background: CanvasText;
    }
  }
`;
