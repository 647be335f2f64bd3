import { msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { pageStyles } from '../design/page.styles.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import '../feed/offline-strip.ts';
import type { Account } from './account.ts';
import './credit-history.ts';

import './verify.ts';

/** One's own credits, and for administrators the proof that everybody's are right. */
@customElement('enc-credits-page')
export class EncCreditsPage extends LitElement {
  static override readonly styles = [base, pageStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) account!: Account;
  @property({ attribute: false }) user!: User;
  /** The moment that is looked at, as it stands in the address; null is now. */
  @property() at: string | null = null;

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.feed.link.value));
  }

  override render(): TemplateResult {
    const { http, feed, user } = this;
    return html`<div class="page">
      <h1>${msg('Credits')}</h1>
      <p class="lead">
        ${msg('Every balance here is replayed from the log. Pick a moment and see what it was, and why.')}
      </p>
      <enc-offline-strip .feed=${feed}></enc-offline-strip>
      <enc-credit-history
        .http=${http}
        .feed=${feed}
        .library=${this.library}
        .account=${this.account}
        .user=${user}
        .at=${this.at}
      >
        ${
          user.role === 'admin'
            ? html`<enc-verify
                .http=${http}
                ?offline=${feed.link.value === 'offline'}
              ></enc-verify>`
            : nothing
        }
      </enc-credit-history>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-credits-page': EncCreditsPage;
  }
}
