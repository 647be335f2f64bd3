import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { waveformHeight, waveformPath, waveformWidth } from '../board/waveform-path.ts';
import { base } from '../design/base.styles.ts';
import { hues } from '../design/hues.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { wallShape } from './wall-shapes.ts';

const pads = 42;
const order = [1, 0, 6, 5, 3, 7, 1, 2, 4];

/** A wall of dim pads behind the sign-in card. Says nothing: hide it from assistive technology. */
@customElement('enc-pad-wall')
export class EncPadWall extends LitElement {
  static override readonly styles = [
    base,
    hueClasses,
    css`
      :host {
        display: block;
        overflow: hidden;
        contain: strict;
        background: var(--bg);
      }

      .wall {
        position: absolute;
        inset: 50% auto auto 50%;
        display: grid;
        grid-template-columns: repeat(7, 312px);
        gap: 22px;
        transform: translate(-50%, -50%) rotate(-5.7deg);
      }

      .pad {
        display: grid;
        place-items: center;
        block-size: 226px;
        border-radius: 18px;
        background: var(--h-tint);
      }

      svg {
        inline-size: 64%;
        block-size: 46%;
        fill: var(--h-line);
        opacity: 0.62;
      }

      /* The middle is quiet: it belongs to the card. */
      .veil {
        position: absolute;
        inset: 0;
        background: radial-gradient(ellipse 46% 62% at 50% 50%, var(--bg) 45%, transparent 100%);
      }

      @media (max-width: 759.98px) {
        .wall {
          grid-template-columns: repeat(6, 146px);
          gap: 10px;
        }

        .pad {
          block-size: 104px;
          border-radius: 14px;
        }

        .veil {
          background: radial-gradient(ellipse 90% 46% at 50% 50%, var(--bg) 45%, transparent 100%);
        }
      }

      @media (forced-colors: active) {
        .wall {
          display: none;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const box = `0 0 ${waveformWidth} ${waveformHeight}`;
    return html`<div class="wall">
        ${Array.from(
          { length: pads },
          (_, i) =>
            html`<div class="pad hue-${hues[order[i % order.length] ?? 0]}">
              <svg viewBox=${box} preserveAspectRatio="none">
                <path d=${waveformPath(wallShape(i))}></path>
              </svg>
            </div>`,
        )}
      </div>
      <div class="veil"></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-pad-wall': EncPadWall;
  }
}
