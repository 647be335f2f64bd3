import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { EventDensity } from '../../server/audit/contract.ts';
import { momentAt, scalesOf, shareOf, timeTicks } from '../credits/chart.ts';
import { momentWord } from '../credits/moments.ts';
import { ScrubEvent } from '../credits/scrub-event.ts';
import { base } from '../design/base.styles.ts';
import { cssProps } from '../design/css-props.ts';
import { scrubStyles } from '../design/scrub.styles.ts';
import { countWord } from '../design/words.ts';

const sliderMax = 10_000;
const barsHeight = 64;
const thumbRadius = 10;
const narrowPx = 480;

/** Half as many pieces, each twice as long: bars that a small screen can show. */
const inPairs = (counts: readonly number[]): number[] =>
  counts.flatMap((count, at) => (at % 2 === 0 ? [count + (counts[at + 1] ?? 0)] : []));

/**
 * The whole log as bars, one for each piece of its time, above a slider that picks a moment. The
 * drawing is for the eye alone: the list says the same in words.
 *
 * @event {ScrubEvent} enc-scrub - a moment was picked
 */
@customElement('enc-log-scrubber')
export class EncLogScrubber extends LitElement {
  static override readonly styles = [
    base,
    scrubStyles,
    css`
      :host {
        display: block;
        min-block-size: 132px;
        contain: inline-size;
      }

      svg {
        inline-size: 100%;
        overflow: visible;
      }

      text {
        fill: var(--text-3);
        font-size: 12px;
      }

      input {
        inline-size: 100%;
      }

      .bars {
        fill: var(--accent-text);
      }

      .bars.later {
        fill: var(--line-strong);
        opacity: 0.45;
      }

      .ground {
        stroke: var(--line);
      }

      .hair {
        stroke: var(--warn);
        stroke-width: 2;
      }

      :host([past]) {
        --accent: var(--warn);
      }

      @media (forced-colors: active) {
        .bars {
          fill: CanvasText;
        }
      }
    `,
  ];

  @property({ attribute: false }) density!: EventDensity;
  /** ms; null is now. */
  @property({ attribute: false }) at: number | null = null;
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

  get #span(): { from: number; to: number } {
    const [from, to] = [Date.parse(this.density.from), Date.parse(this.density.to)];
    return { from, to: Math.max(to, from + 1) };
  }

  protected override willUpdate(): void {
    this.toggleAttribute('past', this.at !== null);
  }

  override render(): TemplateResult | typeof nothing {
    if (this.width === 0) return nothing;
    const span = this.#span;
    const share = this.at === null ? 1 : shareOf(this.at, span);
    const plot = {
      left: thumbRadius,
      top: 0,
      width: this.width - 2 * thumbRadius,
      height: barsHeight,
    };
    const { x } = scalesOf(plot, span, 1);
    const height = barsHeight + 26;
    return html`<svg viewBox="0 0 ${this.width} ${height}" height=${height} aria-hidden="true">
        <line
          class="ground"
          x1=${plot.left}
          x2=${plot.left + plot.width}
          y1=${barsHeight}
          y2=${barsHeight}
        ></line>
        <path class="bars" d=${this.#bars(plot, 0, share)}></path>
        <path class="bars later" d=${this.#bars(plot, share, 1)}></path>
        ${timeTicks(span, this.width < narrowPx ? 4 : 10).map(
          (tick) =>
            svg`<text x=${x(tick.at)} y=${height - 4} text-anchor="middle">${tick.label}</text>`,
        )}
        ${this.at === null ? nothing : svg`<line class="hair" x1=${x(this.at)} x2=${x(this.at)} y1="0" y2=${barsHeight}></line>`}
      </svg>
      <input
        type="range"
        min="0"
        max=${sliderMax}
        aria-label=${msg('Moment')}
        aria-valuetext=${this.at === null ? msg('Now') : momentWord(this.at)}
        .value=${live(String(Math.round(share * sliderMax)))}
        ${cssProps({ '--share': `${share * 100}%` })}
        @input=${this.#onInput}
        @keydown=${this.#onKeyDown}
      />
      <span class="sr-only" role="status">
        ${msg(str`${countWord(this.density.total)} events in all`)}
      </span>`;
  }

  /** Filled bars between two shares of the time; their heights grow with the root, or a scan hides all else. */
  #bars(plot: { left: number; width: number; height: number }, from: number, to: number): string {
    const counts = this.width < narrowPx ? inPairs(this.density.counts) : this.density.counts;
    const most = Math.sqrt(Math.max(1, ...counts));
    const wide = plot.width / counts.length;
    const bar = Math.max(1, wide - 1.5);
    return counts
      .map((count, at) => {
        const middle = (at + 0.5) / counts.length;
        if (count === 0 || middle < from || middle >= to) return '';
        const high = Math.max(2, (Math.sqrt(count) / most) * (plot.height - 4));
        const left = (plot.left + at * wide).toFixed(1);
        return `M${left} ${plot.height}v-${high.toFixed(1)}h${bar.toFixed(1)}v${high.toFixed(1)}z`;
      })
      .join('');
  }

  readonly #onInput = (event: Event): void => {
    const value = Number((event.target as HTMLInputElement).value);
    this.#pick(value >= sliderMax ? null : momentAt(value / sliderMax, this.#span));
  };

  /** Arrows go from bar to bar that has events; the end is now. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const back = event.key === 'ArrowLeft' || event.key === 'ArrowDown';
    const on = event.key === 'ArrowRight' || event.key === 'ArrowUp';
    if (!(back || on) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const { counts } = this.density;
    const { from, to } = this.#span;
    const ends = counts.flatMap((count, at) =>
      count > 0 ? [Math.round(from + ((to - from) * (at + 1)) / counts.length)] : [],
    );
    const now = this.at ?? Infinity;
    const end = back
      ? ends.findLast((one) => one < Math.min(now, to))
      : ends.find((one) => one > now && one < to);
    if (end !== undefined) this.#pick(end);
    else if (on) this.#pick(null);
  };

  #pick(at: number | null): void {
    this.dispatchEvent(new ScrubEvent(at));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-log-scrubber': EncLogScrubber;
  }
}
