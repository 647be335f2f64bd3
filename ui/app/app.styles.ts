import { css } from 'lit';

export const appStyles = css`
  :host {
    display: block;
    block-size: 100%;
  }

  enc-sign-in {
    position: fixed;
    inset: 0;
    z-index: 5;
  }

  .screen {
    block-size: 100%;
  }

  /* Not display: none, which forgets how far it was scrolled. */
  .screen[inert] {
    visibility: hidden;
  }

  .whole {
    block-size: 100dvh;
  }
`;
