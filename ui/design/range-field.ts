import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { cssProps } from './css-props.ts';

export type RangeOptions = {
  id: string;
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** "12 dB": what stands beside the slider, and what is read aloud. */
  words: (value: number) => string;
  /** Id of the sentence about it. */
  describedBy?: string;
  /** Its `<label for>` stands elsewhere. */
  bare?: boolean;
  disabled?: boolean;
  /** While it moves. */
  onInput: (value: number) => void;
  /** When it is let go. */
  onChange?: (value: number) => void;
};

/** A slider with its value in words. Styles: `rangeStyles`. */
export const rangeField = (options: RangeOptions): TemplateResult => {
  const { id, label, value, min, max, step, words, describedBy, onInput, onChange } = options;
  const part = max > min ? ((value - min) / (max - min)) * 100 : 0;
  const numberIn = (event: Event): number => Number((event.target as HTMLInputElement).value);
  return html`<div class="range">
    ${options.bare ? nothing : html`<label for=${id}>${label}</label>`}
    <div>
      <input
        id=${id}
        name=${id}
        type="range"
        min=${min}
        max=${max}
        step=${step}
        aria-valuetext=${words(value)}
        aria-describedby=${describedBy ?? nothing}
        ?disabled=${options.disabled ?? false}
        .value=${live(String(value))}
        ${cssProps({ '--part': `${part}%` })}
        @input=${(event: Event) => onInput(numberIn(event))}
        @change=${(event: Event) => onChange?.(numberIn(event))}
      />
      <output for=${id}>${words(value)}</output>
    </div>
  </div>`;
};

export const rangeStyles = css`
  .range > label {
    display: block;
    font-size: 12px;
    font-weight: 500;
  }

  .range > div {
    display: flex;
    align-items: center;
    gap: 14px;
  }

  .range input {
    --track: linear-gradient(
      to right,
      var(--text-1) var(--part),
      var(--track-rest, var(--surface-3)) var(--part)
    );

    flex: 1;
    inline-size: 100%;
    min-inline-size: 0;
    block-size: 36px;
    margin: 0;
    border-radius: var(--radius-s);
    background: none;
    appearance: none;
    cursor: pointer;
  }

  .range input:disabled {
    cursor: default;
    opacity: 0.6;
  }

  .range input::-webkit-slider-runnable-track {
    block-size: 4px;
    border-radius: 2px;
    background: var(--track);
  }

  .range input::-moz-range-track {
    block-size: 4px;
    border-radius: 2px;
    background: var(--track);
  }

  .range input::-webkit-slider-thumb {
    inline-size: 18px;
    block-size: 18px;
    margin-block-start: -7px;
    border: 0;
    border-radius: 50%;
    background: var(--text-1);
    appearance: none;
  }

  .range input::-moz-range-thumb {
    inline-size: 18px;
    block-size: 18px;
    border: 0;
    border-radius: 50%;
    background: var(--text-1);
  }

  .range output {
    flex: none;
    min-inline-size: 62px;
    font-size: 13px;
    font-weight: 560;
    text-align: end;
  }

  @media (pointer: coarse) {
    .range input {
      block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .range input {
      appearance: auto;
    }
  }
`;
