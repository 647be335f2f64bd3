import { css } from 'lit';

/** On top of `peopleStyles`. */
export const personStyles = css`
  :host {
    gap: 24px;
  }

  .back {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    justify-self: start;
    min-block-size: 32px;
    margin: -8px 0 -12px -4px;
    padding-inline: 2px 8px;
    border-radius: var(--radius-s);
    color: var(--text-2);
    font-size: 13px;
    font-weight: 500;
    text-decoration: none;
  }

  header {
    display: flex;
    align-items: center;
    gap: 16px;
  }

  header .avatar {
    inline-size: 52px;
    block-size: 52px;
    font-size: 17px;
  }

  header .avatar.here::after {
    inline-size: 15px;
    block-size: 15px;
  }

  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 9px;
    min-inline-size: 0;
  }

  .title h1 {
    outline: none;
    box-shadow: none;
    overflow-wrap: anywhere;
  }

  .title p {
    flex-basis: 100%;
    margin: 0;
    color: var(--text-2);
    font-size: 13px;
    overflow-wrap: anywhere;
  }

  .field {
    margin: 0;
  }

  .grant {
    margin-block-start: 14px;
  }

  .rows .button {
    flex: none;
  }

  @media (hover: hover) {
    .back:hover {
      color: var(--text-1);
    }
  }

  @media (pointer: coarse) {
    .back {
      min-block-size: 44px;
    }
  }

  @media (max-width: 759.98px) {
    :host {
      gap: 20px;
    }
  }
`;
