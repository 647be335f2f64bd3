import { msg, str } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../design/base.styles.ts';
import { limitsWord } from './limits.ts';
import { uploadIcons } from './upload-icons.ts';

/** Lies over the whole window while files are held above it. */
@customElement('enc-drop-hint')
export class EncDropHint extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host {
        position: fixed;
        inset: 0;
        z-index: 8;
        display: grid;
        place-items: center;
        padding: 36px;
        background: color-mix(in oklab, var(--bg) 82%, transparent);
        pointer-events: none;
        animation: appear var(--hover);
      }

      .frame {
        position: absolute;
        inset: 14px;
        border: 2px dashed var(--accent);
        border-radius: var(--radius-card);
      }

      .card {
        display: grid;
        justify-items: center;
        gap: 4px;
        max-inline-size: 420px;
        padding: 28px 36px;
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        background: var(--surface-2);
        box-shadow: 0 18px 60px var(--shadow);
        text-align: center;
      }

      svg {
        margin-block-end: 10px;
        color: var(--accent-text);
      }

      b {
        font-size: 18px;
        font-weight: 640;
        letter-spacing: -0.01em;
      }

      span {
        color: var(--text-2);
        font-size: 13px;
        text-wrap: balance;
      }

      .closed .frame {
        border-color: var(--line-strong);
      }

      .closed svg {
        color: var(--danger);
      }

      @keyframes appear {
        from {
          opacity: 0;
        }
      }
    `,
  ];

  /** Why nothing can be dropped; empty when it can. */
  @property() reason = '';

  override render(): TemplateResult {
    return html`<div class=${this.reason ? 'closed' : ''}>
      <div class="frame"></div>
      <div class="card" role="status">
        ${uploadIcons.drop}<b>${this.reason ? msg('Not just now') : msg('Drop to add sounds')}</b
        ><span>${this.reason || msg(str`Files or folders: ${limitsWord}.`)}</span>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-drop-hint': EncDropHint;
  }
}
