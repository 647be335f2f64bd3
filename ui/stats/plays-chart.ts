import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { balanceTicks } from '../credits/chart.ts';
import { base } from '../design/base.styles.ts';
import { countWord } from '../design/words.ts';
import { barWord, labelledBars, type Bar } from './bars.ts';

const height = 220;
const below = 26;

/** Plays per day as bars. For the eye alone: the table beside it says the same in words. */
@customElement('enc-plays-chart')
export class EncPlaysChart extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host {
        display: block;
        min-block-size: ${height}px;
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

      .bar {
        fill: color-mix(in oklab, var(--accent-text) 62%, var(--surface-1));
      }

      .bar.last {
        fill: var(--accent-text);
      }

      @media (forced-colors: active) {
        .bar {
          fill: CanvasText;
        }
      }
    `,
  ];

  @property({ attribute: false }) bars: readonly Bar[] = [];
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
    const { bars, width } = this;
    if (width === 0 || bars.length === 0) return nothing;
    const lines = balanceTicks(Math.max(...bars.map(({ plays }) => plays)), width < 480 ? 3 : 4);
    const highest = lines.at(-1) ?? 1;
    const left = 12 + countWord(highest).length * 7;
    const room = height - below - 10;
    const y = (plays: number): number => 10 + room * (1 - plays / highest);
    const pitch = (width - left) / bars.length;
    const wide = Math.max(1, Math.min(34, pitch * 0.76));
    const x = (at: number): number => left + pitch * (at + 0.5);
    return html`<svg viewBox="0 0 ${width} ${height}" height=${height} aria-hidden="true">
      ${lines.map(
        (line) =>
          svg`<line class="grid" x1=${left} x2=${width} y1=${y(line)} y2=${y(line)}></line>
            <text x=${left - 8} y=${y(line) + 4} text-anchor="end">${countWord(line)}</text>`,
      )}
      ${bars.map((bar, at) => this.#bar(bar, x(at) - wide / 2, wide, y, at === bars.length - 1))}
      ${labelledBars(bars.length, width < 480 ? 4 : 8).map((at) => {
        const word = barWord(bars[at] as Bar).split(' – ')[0];
        const end = x(at) > width - 24;
        return svg`<text x=${end ? width : x(at)} y=${height - 6} text-anchor=${end ? 'end' : 'middle'}>${word}</text>`;
      })}
    </svg>`;
  }

  #bar(
    bar: Bar,
    left: number,
    wide: number,
    y: (plays: number) => number,
    last: boolean,
  ): TemplateResult | typeof nothing {
    if (bar.plays === 0) return nothing;
    const top = Math.min(y(bar.plays), y(0) - 2);
    const radius = Math.min(4, wide / 2, y(0) - top);
    return svg`<path class="bar ${last ? 'last' : ''}" d="M${left} ${y(0)}V${top + radius}q0 -${radius} ${radius} -${radius}h${wide - 2 * radius}q${radius} 0 ${radius} ${radius}V${y(0)}z"><title>${barWord(bar)}: ${countWord(bar.plays)}</title></path>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-plays-chart': EncPlaysChart;
  }
}
