import { css } from 'lit';

export const creditsPageStyles = css`
  :host {
    display: block;
    block-size: 100%;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }

  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
    max-inline-size: 1024px;
    margin-inline: auto;
    padding: 34px 24px 40px;
  }

  h1 {
    margin: 0;
    font-size: 24px;
    font-weight: 640;
    line-height: 1.3;
    letter-spacing: -0.02em;
  }

  .lead {
    margin: -18px 0 0;
    color: var(--text-2);
    font-size: 13px;
    text-wrap: pretty;
  }

  @media (max-width: 759.98px) {
    .page {
      gap: 20px;
      padding: max(26px, env(safe-area-inset-top)) 16px 28px;
    }

    .lead {
      margin-block-start: -14px;
    }
  }
`;
