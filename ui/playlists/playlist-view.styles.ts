import { css } from 'lit';

export const badgeStyles = css`
  .badges {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }

  .badge {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    color: var(--text-2);
    font-size: 12px;
  }

  .badge + .badge {
    margin-inline-start: 6px;
  }
`;

export const playlistViewStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
  }

  .top {
    --cover: 116px;
    --cover-radius: var(--radius-pad);

    display: grid;
    flex: none;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: end;
    gap: 4px 20px;
    padding: 20px 24px 16px;
  }

  .back {
    display: inline-flex;
    grid-column: 1 / -1;
    gap: 4px;
    align-items: center;
    justify-self: start;
    min-block-size: 32px;
    margin-inline-start: -4px;
    padding-inline-end: 8px;
    border-radius: var(--radius-s);
    color: var(--text-2);
    font-size: 13px;
    text-decoration: none;
  }

  .about {
    display: grid;
    gap: 4px;
    min-inline-size: 0;
  }

  h1 {
    margin: 0;
    font-size: 28px;
    font-weight: 640;
    line-height: 1.2;
    letter-spacing: -0.02em;
    overflow-wrap: anywhere;
  }

  p {
    margin: 0;
    color: var(--text-2);
    font-size: 13px;
    text-wrap: pretty;
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }

  .rows {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    border-block-start: 1px solid var(--line);
  }

  enc-virtual-grid {
    --grid-margin: 8px 0 calc(16px + var(--floor, 0px));

    flex: 1;
    padding-inline: 12px 2px;
  }

  enc-notice {
    flex: 1;
  }

  enc-offline-strip {
    margin: 0 24px 12px;
  }

  @media (max-width: 759.98px) {
    .top {
      --cover: 84px;

      grid-template-columns: auto minmax(0, 1fr);
      gap: 4px 16px;
      padding: max(10px, env(safe-area-inset-top)) 16px 12px;
    }

    h1 {
      font-size: 20px;
    }

    .tools {
      grid-column: 1 / -1;
      margin-block-start: 8px;
    }

    enc-virtual-grid {
      padding-inline: 4px 0;
    }
  }
`;
