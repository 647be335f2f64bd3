import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LinkedIdentity, Provider, Providers } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { Loading } from '../api/loading.ts';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { pageStyles } from '../design/page.styles.ts';
import { providerIcons } from '../design/provider-icons.ts';
import { providerNames } from '../design/provider-words.ts';
import { dateWord } from '../design/time-words.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { capitalised } from '../design/words.ts';
import { loadingLook } from '../design/loading-look.ts';
import { sectionStyles } from './section.styles.ts';

type Ways = { offered: Provider[]; linked: LinkedIdentity[] };

/** Providers that sign one in; shows nothing where none is configured and none was linked. */
@customElement('enc-provider-list')
export class EncProviderList extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, sectionStyles];

  @property({ attribute: false }) http!: Http;
  @state() private busy = false;

  readonly #ways = new Loading<Ways>(this, async () => {
    const [{ providers }, { items }] = await Promise.all([
      this.http.get<Providers>('/auth/providers'),
      this.http.get<{ items: LinkedIdentity[] }>('/auth/identities'),
    ]);
    return { offered: providers.filter((one) => one !== 'password'), linked: items };
  });

  readonly reload = (): Promise<boolean> => this.#ways.reload();

  override render(): TemplateResult | typeof nothing {
    const ways = this.#ways.value;
    if (!ways && !this.#ways.error) return nothing;
    const all = [...new Set([...(ways?.offered ?? []), ...(ways?.linked ?? []).map(providerOf)])];
    if (ways && all.length === 0) return nothing;
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Other ways to sign in')}</h2>
      <p class="about">
        ${msg('A linked account elsewhere signs you in here without the password.')}
      </p>
      ${
        ways
          ? html`<ul class="rows" tabindex="-1">
              ${all.map((one) => this.#row(one, ways))}
            </ul>`
          : loadingLook(this.#ways, msg('The providers'))
      }
    </section>`;
  }

  #row(provider: Provider, { linked }: Ways): TemplateResult {
    const name = providerNames[provider];
    const link = linked.find((one) => one.provider === provider);
    return html`<li>
      ${providerIcons[provider]}
      <div class="thing">
        <b>${capitalised(name)}</b>
        <small
          >${link ? msg(str`${link.label} · linked ${dateWord(link.linked_at)}`) : msg('Not linked')}</small
        >
      </div>
      ${
        link
          ? html`<button
              type="button"
              class="button"
              aria-label=${msg(str`Unlink ${name}`)}
              aria-disabled=${this.busy ? 'true' : 'false'}
              @click=${() => this.#unlink(provider)}
            >
              ${msg('Unlink')}
            </button>`
          : html`<a
              class="button"
              href="/api/v1/auth/${provider}/authorize"
              aria-label=${msg(str`Link ${name}`)}
              >${msg('Link')}</a
            >`
      }
    </li>`;
  }

  async #unlink(provider: Provider): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const name = providerNames[provider];
    try {
      await this.http.delete(`/auth/identities/${provider}`);
      await this.#ways.reload();
      this.dispatchEvent(new ToastEvent(msg(str`${capitalised(name)} is unlinked.`), null, 'done'));
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    } finally {
      this.busy = false;
    }
    await this.updateComplete;
    if (this.shadowRoot?.activeElement) return;
    this.renderRoot.querySelector<HTMLElement>('.rows')?.focus({ preventScroll: true });
  }
}

const providerOf = ({ provider }: LinkedIdentity): Provider => provider;

declare global {
  interface HTMLElementTagNameMap {
    'enc-provider-list': EncProviderList;
  }
}
