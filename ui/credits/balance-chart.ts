import { msg } from '@lit/localize';
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { base } from '../design/base.styles.ts';
import { cssProps } from '../design/css-props.ts';
import { scrubStyles } from '../design/scrub.styles.ts';
import { countWord } from '../design/words.ts';
import {
  balanceTicks,
  momentAt,
  scalesOf,
  shareOf,
  stepAt,
  stepPath,
  timeTicks,
  type Span,
  type Step,
} from './chart.ts';
import { momentWord } from './moments.ts';
import { ScrubEvent } from './scrub-event.ts';

const sliderMax = 10_000;
const height = 246;
const thumbRadius = 10;

/**
 * The balance over time as a step line, and a slider below it that stands where the line does. The
 * drawing is for the eye alone: the table of the page says the same in words.
 *
 * @event {ScrubEvent} enc-scrub - a moment was picked
 */
@customElement('enc-balance-chart')
export class EncBalanceChart extends LitElement {
  static override readonly styles = [
    base,
    scrubStyles,
    css`
      :host {
        display: block;
        /* As high as it will be: what is below must not jump when the width is known. */
        min-block-size: 290px;
        contain: inline-size;
      }

      svg {
        inline-size: 100%;
        overflow: visible;
      }

      .grid {
        stroke: var(--line);
      }

      text {
        fill: var(--text-3);
        font-size: 12px;
      }

      .step {
        fill: none;
        stroke: var(--accent-text);
        stroke-width: 2;
        stroke-linejoin: round;
      }

      .near {
        stop-color: var(--accent);
        stop-opacity: 0.26;
      }

      .far {
        stop-color: var(--accent);
        stop-opacity: 0.02;
      }

      .hair {
        stroke: var(--line-strong);
      }

      .dot {
        fill: var(--accent);
        stroke: var(--surface-1);
        stroke-width: 2;
      }

      @media (forced-colors: active) {
        .step {
          stroke: CanvasText;
        }
      }
    `,
  ];

  /** Oldest first. */
  @property({ attribute: false }) steps: readonly Step[] = [];
  @property({ attribute: false }) span: Span = { from: 0, to: 1 };
  /** null is now. */
  @property({ attribute: false }) at: number | null = null;
  /** The balance of that moment in words. */
  @property() words = '';
  @state() private width = 0;

  readonly #resize = new ResizeObserver(() => (this.width = this.clientWidth));

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  override render(): TemplateResult | typeof nothing {
    if (this.width === 0) return nothing;
    const { span, steps } = this;
    const at = this.at ?? span.to;
    const most = Math.max(0, ...steps.map(({ balance }) => balance));
    const narrow = this.width < 480;
    const lines = balanceTicks(most, narrow ? 4 : 6);
    const highest = lines.at(-1) ?? 1;
    const left = 12 + countWord(highest).length * 7;
    const plot = { left, top: 14, width: this.width - left - thumbRadius, height: height - 48 };
    const scales = scalesOf(plot, span, highest);
    const share = shareOf(at, span);
    const place = {
      'margin-inline-start': `${left - thumbRadius}px`,
      'inline-size': `${plot.width + 2 * thumbRadius}px`,
      '--share': `${share * 100}%`,
    };
    const value = Math.round(share * sliderMax);
    return html`<svg viewBox="0 0 ${this.width} ${height}" height=${height} aria-hidden="true">
        <defs>
          <linearGradient id="below" x1="0" x2="0" y1="0" y2="1">
            <stop class="near" offset="0"></stop>
            <stop class="far" offset="1"></stop>
          </linearGradient>
        </defs>
        ${this.#grid(lines, plot.left + plot.width, scales)}
        ${timeTicks(span, narrow ? 4 : 10).map(
          (tick) =>
            svg`<text x=${scales.x(tick.at)} y=${height - 6} text-anchor="middle">${tick.label}</text>`,
        )}
        ${this.#line(scales, at)}
      </svg>
      <input
        type="range"
        min="0"
        max=${sliderMax}
        aria-label=${msg('Moment')}
        aria-valuetext="${this.at === null ? msg('Now') : momentWord(at)}: ${this.words}"
        .value=${live(String(value))}
        ${cssProps(place)}
        @input=${this.#onInput}
        @keydown=${this.#onKeyDown}
      />`;
  }

  #grid(
    lines: readonly number[],
    right: number,
    { y }: ReturnType<typeof scalesOf>,
  ): TemplateResult[] {
    const left = 12 + countWord(lines.at(-1) ?? 1).length * 7;
    return lines.map(
      (line) =>
        svg`<line class="grid" x1=${left} x2=${right} y1=${y(line)} y2=${y(line)}></line>
          <text x=${left - 8} y=${y(line) + 4} text-anchor="end">${countWord(line)}</text>`,
    );
  }

  #line(scales: ReturnType<typeof scalesOf>, at: number): TemplateResult | typeof nothing {
    const { steps, span } = this;
    const [first] = steps;
    if (!first) return nothing;
    const { x, y } = scales;
    const path = stepPath(steps, span.to, scales);
    const balance = stepAt(steps, at)?.balance ?? first.balance;
    return svg`<path
        d="${path}V${y(0)}H${x(first.at)}Z" fill="url(#below)"
      ></path>
      <path class="step" d=${path}></path>
      ${this.at === null ? nothing : svg`<line class="hair" x1=${x(at)} x2=${x(at)} y1="4" y2=${y(0)}></line>`}
      <circle class="dot" cx=${x(at)} cy=${y(balance)} r="6.5"></circle>`;
  }

  readonly #onInput = (event: Event): void => {
    const value = Number((event.target as HTMLInputElement).value);
    this.#pick(value >= sliderMax ? null : momentAt(value / sliderMax, this.span));
  };

  /** Arrows go from change to change: a ten-thousandth of the span says nothing to anybody. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const back = event.key === 'ArrowLeft' || event.key === 'ArrowDown';
    const on = event.key === 'ArrowRight' || event.key === 'ArrowUp';
    if (!(back || on) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const at = this.at ?? Infinity;
    const to = back
      ? this.steps.findLast((step) => step.at < at)
      : this.steps.find((step) => step.at > at);
    if (to || on) this.#pick(to?.at ?? null);
  };

  #pick(at: number | null): void {
    this.dispatchEvent(new ScrubEvent(at));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-balance-chart': EncBalanceChart;
  }
}
