import { msg, str } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Previewing } from '../board/view.ts';
import { base } from '../design/base.styles.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { padIcons } from './pad-icons.ts';

/** What is heard on this device alone; pressing it is silence. */
@customElement('enc-preview-pill')
export class EncPreviewPill extends LitElement {
  static override readonly styles = [
    base,
    hueClasses,
    css`
      :host {
        display: block;
        min-inline-size: 0;
      }

      button {
        display: flex;
        align-items: center;
        gap: 9px;
        max-inline-size: 100%;
        block-size: 38px;
        padding: 0 13px 0 12px;
        border: 1px dashed var(--h-line);
        border-radius: 19px;
        background: var(--surface-1);
        box-shadow: 0 6px 20px var(--shadow);
        font-size: 12.5px;
        white-space: nowrap;
        cursor: pointer;
      }

      svg:first-child {
        color: var(--h-text);
      }

      svg:last-child {
        inline-size: 12px;
        color: var(--text-2);
      }

      b {
        overflow: hidden;
        font-weight: 560;
        text-overflow: ellipsis;
      }

      .where {
        color: var(--text-2);
      }

      @media (hover: hover) {
        button:hover {
          background: var(--surface-2);
        }
      }

      @media (pointer: coarse) {
        button {
          block-size: 44px;
          border-radius: 22px;
        }
      }

      @media (max-width: 759.98px) {
        .where {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) previewing!: Previewing;

  override render(): TemplateResult {
    const { name, hue, stop } = this.previewing;
    return html`<button
      type="button"
      class="hue-${hue}"
      title=${msg(str`Stop ${name} on this device`)}
      @click=${stop}
    >
      ${padIcons.preview}<span class="sr-only">${msg('Stop')} </span><b>${name}</b
      ><span class="where">${msg('on this device')}</span>${padIcons.stop}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-preview-pill': EncPreviewPill;
  }
}
