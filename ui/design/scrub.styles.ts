import { css } from 'lit';

/** A slider below a chart; `--share` is how far it is filled. */
export const scrubStyles = css`
  input {
    --track: linear-gradient(to right, var(--accent) var(--share), var(--surface-3) var(--share));
    display: block;
    block-size: 44px;
    margin: 0;
    border-radius: var(--radius);
    background: none;
    appearance: none;
    cursor: pointer;
  }

  input::-webkit-slider-runnable-track {
    block-size: 4px;
    border-radius: 2px;
    background: var(--track);
  }

  input::-moz-range-track {
    block-size: 4px;
    border-radius: 2px;
    background: var(--track);
  }

  input::-webkit-slider-thumb {
    inline-size: 20px;
    block-size: 20px;
    margin-block-start: -8px;
    border: 0;
    border-radius: 50%;
    background: var(--strong);
    box-shadow: 0 0 0 4px var(--surface-1);
    appearance: none;
  }

  input::-moz-range-thumb {
    inline-size: 20px;
    block-size: 20px;
    border: 0;
    border-radius: 50%;
    background: var(--strong);
    box-shadow: 0 0 0 4px var(--surface-1);
  }

  @media (forced-colors: active) {
    input {
      appearance: auto;
    }
  }
`;
