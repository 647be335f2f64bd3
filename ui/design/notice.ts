import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from './base.styles.ts';

/**
 * A screen with nothing on it: a flat waveform, one sentence, what to do.
 *
 * @slot - the sentence
 * @slot actions - buttons
 */
@customElement('enc-notice')
export class EncNotice extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: center;
        align-content: center;
        padding: 24px 24px 18%;
        text-align: center;
      }

      .flat {
        inline-size: 132px;
        block-size: 2px;
        margin-block-end: 44px;
        background: repeating-linear-gradient(
          to right,
          var(--line-strong) 0 2px,
          transparent 2px 3px
        );
      }

      h2 {
        margin: 0;
        font-size: 18px;
        font-weight: 640;
        line-height: 1.3;
        letter-spacing: -0.01em;
        text-wrap: balance;
        overflow-wrap: anywhere;
      }

      p {
        max-inline-size: 340px;
        margin: 4px 0 20px;
        color: var(--text-2);
        font-size: 13px;
        text-wrap: pretty;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 8px;
      }
    `,
  ];

  @property() heading = '';

  override render(): TemplateResult {
    return html`<div class="flat"></div>
      <h2>${this.heading}</h2>
      <p><slot></slot></p>
      <div class="actions"><slot name="actions"></slot></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-notice': EncNotice;
  }
}
