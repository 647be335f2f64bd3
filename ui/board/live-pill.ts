import { msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../design/base.styles.ts';
import { msWord } from '../design/words.ts';
import { Watch } from '../design/watch.ts';
import type { Feed, Latency } from '../feed/feed.ts';
import type { Link } from '../feed/socket-client.ts';

const words: Record<Link, string> = {
  idle: msg('Connecting'),
  connecting: msg('Connecting'),
  live: msg('Live'),
  checking: msg('Live'),
  reconnecting: msg('Reconnecting'),
  offline: msg('Offline'),
};

/** How the page hangs on to the server, in a dot, a word and a measure. */
@customElement('enc-live-pill')
export class EncLivePill extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        gap: 9px;
        color: var(--text-2);
        font-size: 12px;
        white-space: nowrap;
      }

      .dot {
        --dot: var(--text-3);
        inline-size: 7px;
        block-size: 7px;
        border-radius: 50%;
        background: var(--dot);
        box-shadow: 0 0 0 3px color-mix(in oklab, var(--dot) 26%, transparent);
      }

      .live,
      .checking {
        --dot: var(--ok);
      }

      .connecting,
      .reconnecting {
        --dot: var(--warn);
        animation: breathe 1.2s ease-in-out infinite alternate;
      }

      .offline {
        --dot: var(--danger);
      }

      @keyframes breathe {
        to {
          opacity: 0.35;
        }
      }

      @media (forced-colors: active) {
        .dot {
          background: CanvasText;
        }
      }
    `,
  ];

  @property({ attribute: false }) feed!: Feed;

  constructor() {
    super();
    // It watches for itself: a measure that changes with every press must not draw the board again.
    this.addController(
      new Watch(this, () => {
        for (const one of [this.feed.link, this.feed.latency]) void one.value;
      }),
    );
  }

  get #measured(): Latency | null {
    const link = this.feed.link.value;
    return link === 'live' || link === 'checking' ? this.feed.latency.value : null;
  }

  protected override updated(): void {
    const hint =
      this.#measured?.of === 'press'
        ? msg('From your last press to the sound')
        : msg('To Encore and back');
    this.title = this.#measured ? hint : '';
  }

  override render(): TemplateResult {
    const measure = this.#measured ? ` · ${msWord(this.#measured.ms)}` : '';
    const link = this.feed.link.value;
    return html`<span class="dot ${link}" aria-hidden="true"></span
      ><span>${words[link]}${measure}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-live-pill': EncLivePill;
  }
}
