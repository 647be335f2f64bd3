import { msg } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Account, User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { Loading } from '../api/loading.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import './device-list.ts';
import './password-form.ts';
import './profile-form.ts';
import type { AccountEvent } from './profile-form.ts';
import './provider-list.ts';
import './token-list.ts';

/**
 * One's own account: who one is, how one signs in, and what else acts in one's name.
 *
 * @event {AccountEvent} enc-account - name or e-mail address were changed
 */
@customElement('enc-account-page')
export class EncAccountPage extends LitElement {
  static override readonly styles = [base, buttons, pageStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) user!: User;
  /** Whether it is the page that is looked at. */
  @property({ type: Boolean }) shown = false;

  readonly #account = new Loading(this, () => this.http.get<Account>('/auth/me'));

  protected override updated(changes: PropertyValues<this>): void {
    // Devices come and go while another page is looked at.
    if (changes.get('shown') === false && this.shown) this.#reloadLists();
  }

  override render(): TemplateResult {
    return html`<div class="page narrow">
      <h1>${msg('Account')}</h1>
      <p class="lead">${msg('Who you are here, how you sign in, and what acts in your name.')}</p>
      ${this.#content()}
    </div>`;
  }

  #content(): TemplateResult | typeof nothing {
    const { value: account, error, late, reload } = this.#account;
    if (error && !account) {
      return html`<enc-notice heading=${msg('Your account did not load')} role="alert">
        ${error}
        <button slot="actions" class="button primary" @click=${reload}>${msg('Retry')}</button>
      </enc-notice>`;
    }
    if (!account) return late ? skeleton : nothing;
    const { http, user } = this;
    return html`<enc-profile-form
        .http=${http}
        .account=${account}
        @enc-account=${this.#onAccount}
      ></enc-profile-form>
      <enc-password-form
        .http=${http}
        .account=${account}
        @enc-password-set=${this.#onPassword}
      ></enc-password-form>
      <enc-device-list .http=${http}></enc-device-list>
      <enc-provider-list .http=${http}></enc-provider-list>
      <enc-token-list .http=${http} .user=${user}></enc-token-list>`;
  }

  readonly #onAccount = ({ account }: AccountEvent): void => {
    this.#account.value = account;
    this.requestUpdate();
  };

  readonly #onPassword = (): void => {
    void this.#account.reload();
    this.#reloadLists();
  };

  #reloadLists(): void {
    for (const name of ['enc-device-list', 'enc-token-list', 'enc-provider-list'] as const) {
      void this.renderRoot.querySelector(name)?.reload();
    }
  }
}

const skeleton = html`<div role="status" aria-busy="true">
  <span class="sr-only">${msg('Loading your account')}</span>
  <div class="bone" data-tall></div>
</div>`;

declare global {
  interface HTMLElementTagNameMap {
    'enc-account-page': EncAccountPage;
  }
}
