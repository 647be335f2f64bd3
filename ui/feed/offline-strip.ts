import { msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shortMoment } from '../credits/moments.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from './feed.ts';

/** Says, while the line is down, of when what the page shows is. */
@customElement('enc-offline-strip')
export class EncOfflineStrip extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    css`
      :host {
        display: contents;
      }

      div {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 8px 8px 8px 15px;
        border: 1px solid var(--line);
        border-radius: var(--radius-pad);
        background: var(--surface-2);
        font-size: 13px;
      }

      svg {
        color: var(--danger);
      }

      .button {
        margin-inline-start: auto;
      }
    `,
  ];

  @property({ attribute: false }) feed!: Feed;
  #since: number | null = null;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const offline = this.feed.link.value === 'offline';
        this.#since = offline ? (this.#since ?? Date.now()) : null;
      }),
    );
  }

  override render(): TemplateResult | typeof nothing {
    if (this.#since === null) return nothing;
    return html`<div role="status">
      ${icons.offline}<span
        ><strong>${msg('Offline.')}</strong> ${msg('This is what was known at')}
        ${shortMoment(this.#since)}.</span
      >
      <button type="button" class="button" @click=${() => this.feed.retryNow()}>
        ${msg('Try now')}
      </button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-offline-strip': EncOfflineStrip;
  }
}
