import { msg } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import { InTurn } from '../design/in-turn.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import { hasMusic, playerOf } from './player.ts';
import './queue.ts';
import { queueFits, queueOpen } from './queue-open.ts';

/** "Up next" as the right column of wide screens, while it is wanted there. */
@customElement('enc-queue-panel')
export class EncQueuePanel extends InTurn {
  static override readonly styles = css`
    enc-queue {
      inline-size: 312px;
      block-size: 100%;
      border-inline-start: 1px solid var(--line);
      background: var(--surface-1);
    }
  `;

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @property({ type: Boolean }) control = false;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const { state } = playerOf(this.feed, this.http);
        for (const one of [state, queueOpen, queueFits]) void one.value;
      }),
    );
  }

  override render(): TemplateResult | typeof nothing {
    const player = playerOf(this.feed, this.http);
    if (!queueOpen.value || !queueFits.value || !hasMusic(player.state.value)) return nothing;
    return html`<enc-queue
      role="complementary"
      aria-label=${msg('Up next')}
      .player=${player}
      .library=${this.library}
      ?control=${this.control}
    ></enc-queue>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-queue-panel': EncQueuePanel;
  }
}
