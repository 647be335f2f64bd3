import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiToken, User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { Loading } from '../api/loading.ts';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import { formStyles } from '../design/form.styles.ts';
import { pageStyles } from '../design/page.styles.ts';
import { dateWord } from '../design/time-words.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { accountIcons } from './account-icons.ts';
import { loadingLook } from '../design/loading-look.ts';
import './new-token.ts';
import { sectionStyles } from './section.styles.ts';
import { expiryWord, kindWords, scopeList } from './token-words.ts';

/** Own API tokens: make one, see what each may do, revoke it. */
@customElement('enc-token-list')
export class EncTokenList extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, formStyles, sectionStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) user!: User;
  @state() private making = false;
  /** The token whose end is asked about. */
  @state() private ending: ApiToken | null = null;
  @state() private busy = false;
  @state() private problem = '';

  readonly #tokens = new Loading(this, async () => {
    const { items } = await this.http.get<{ items: ApiToken[] }>('/auth/tokens');
    return items;
  });

  readonly reload = (): Promise<boolean> => this.#tokens.reload();

  override render(): TemplateResult {
    const tokens = this.#tokens.value;
    return html`<section class="card" aria-labelledby="title">
      <div class="head">
        <h2 id="title">${msg('API tokens')}</h2>
        <button type="button" class="button" @click=${this.#begin}>${msg('New token')}</button>
      </div>
      <p class="about">
        ${msg('For scripts, buttons and Home Assistant, in place of a password. Each does only what it is for, and none does more than you may.')}
      </p>
      ${tokens ? this.#list(tokens) : loadingLook(this.#tokens, msg('The tokens'))}
      ${
        this.making
          ? html`<enc-new-token
              .http=${this.http}
              .user=${this.user}
              @enc-token-made=${this.#tokens.reload}
              @enc-dialog-left=${this.#leave}
            ></enc-new-token>`
          : nothing
      }
      ${this.ending ? this.#confirm(this.ending) : nothing}
    </section>`;
  }

  #list(tokens: readonly ApiToken[]): TemplateResult {
    if (tokens.length === 0) return html`<p class="empty">${msg('No tokens yet.')}</p>`;
    return html`<ul class="rows" tabindex="-1">
      ${tokens.map((token) => this.#row(token))}
    </ul>`;
  }

  #row(token: ApiToken): TemplateResult {
    const { name, kind, scopes, prefixes, expires_at, created_at } = token;
    const expired = expires_at !== null && Date.parse(expires_at) <= Date.now();
    return html`<li>
      ${accountIcons[kind]}
      <div class="thing">
        <b
          >${name}${kind === 'user' ? nothing : html`<span class="chip">${kindWords[kind].chip}</span>`}${expired ? html`<span class="chip bad">${msg('Expired')}</span>` : nothing}</b
        >
        <small>${scopeList(scopes)}${prefixes.length > 0 ? ` · ${prefixes.join(', ')}` : ''}</small>
        <small
          >${msg(str`${expiryWord(expires_at)} · made`)}
          <time datetime=${created_at}>${dateWord(created_at)}</time></small
        >
      </div>
      <button
        type="button"
        class="button"
        aria-label=${msg(str`Revoke ${name}`)}
        @click=${() => (this.ending = token)}
      >
        ${msg('Revoke')}
      </button>
    </li>`;
  }

  #confirm({ name }: ApiToken): TemplateResult {
    return html`<enc-dialog heading=${msg(str`Revoke “${name}”?`)} @enc-dialog-left=${this.#leave}>
      <p class="about">
        ${msg('What uses it stops working at once, open connections included. It cannot be brought back.')}
      </p>
      <p class="problem" role="alert">${this.problem}</p>
      <button slot="actions" type="button" class="button" autofocus @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        type="button"
        class="button primary"
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${this.#revoke}
      >
        ${msg('Revoke')}
      </button>
    </enc-dialog>`;
  }

  readonly #begin = (): void => {
    this.making = true;
  };

  readonly #leave = (): void => {
    this.making = false;
    this.ending = null;
    this.problem = '';
  };

  readonly #revoke = async (): Promise<void> => {
    const { ending } = this;
    if (!ending || this.busy) return;
    this.busy = true;
    try {
      await this.http.delete(`/auth/tokens/${ending.id}`);
      await this.#tokens.reload();
      this.#leave();
      await this.updateComplete;
      // Its button, which had the focus before, is gone.
      this.renderRoot
        .querySelector<HTMLElement>('.rows, .head .button')
        ?.focus({ preventScroll: true });
      this.dispatchEvent(new ToastEvent(msg(str`“${ending.name}” is revoked.`), null, 'done'));
    } catch (error) {
      this.problem = sentenceOf(error);
    } finally {
      this.busy = false;
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-token-list': EncTokenList;
  }
}
