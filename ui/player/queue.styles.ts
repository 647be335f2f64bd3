import { css } from 'lit';

export const queueStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }

  .head {
    display: flex;
    flex: none;
    align-items: baseline;
    justify-content: space-between;
    gap: 12px;
    padding: 21px 20px 13px;
  }

  h2 {
    margin: 0;
    font-size: 15px;
    font-weight: 640;
    letter-spacing: -0.01em;
  }

  .head span {
    text-align: end;
  }

  .head i {
    font-style: normal;
    white-space: nowrap;
  }

  .head span,
  p {
    color: var(--text-2);
    font-size: 12px;
  }

  p {
    margin: 0;
    padding: 4px 20px;
    text-wrap: pretty;
  }

  .rows {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }

  enc-virtual-grid {
    flex: 1;
    padding-inline: 8px 0;
    background: inherit;
  }

  /* Fingers scroll without a bar, which takes that room elsewhere. */
  @media (pointer: coarse) {
    enc-virtual-grid {
      padding-inline: 8px;
    }
  }
`;
