import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { encode } from 'uqr';
import { qrPath } from './qr.ts';

/** A text for the camera of a phone: black on white in any theme, as readers want it. */
@customElement('enc-qr-code')
export class EncQrCode extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
    }

    svg {
      display: block;
      inline-size: 100%;
      border: 1px solid var(--line);
      border-radius: var(--radius-pad);
      background: #fff;
      forced-color-adjust: none;
      shape-rendering: crispEdges;
    }

    path {
      fill: #000;
    }
  `;

  @property() text = '';
  /** What it holds, in words. */
  @property() label = '';

  override render(): TemplateResult {
    const { data } = encode(this.text, { ecc: 'M', border: 0 });
    const { path, size } = qrPath(data);
    return html`<svg viewBox="0 0 ${size} ${size}" role="img" aria-label=${this.label}>
      ${svg`<path d=${path}></path>`}
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-qr-code': EncQrCode;
  }
}
