import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DeviceSession } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { Loading } from '../api/loading.ts';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import { formStyles } from '../design/form.styles.ts';
import { pageStyles } from '../design/page.styles.ts';
import { agoWord, dateWord } from '../design/time-words.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { accountIcons } from './account-icons.ts';
import { loadingLook } from '../design/loading-look.ts';
import { sectionStyles } from './section.styles.ts';

/** Devices that are signed in, and the way to sign them out from here. */
@customElement('enc-device-list')
export class EncDeviceList extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, formStyles, sectionStyles];

  @property({ attribute: false }) http!: Http;
  @state() private asking = false;
  @state() private busy = false;
  @state() private problem = '';

  readonly #devices = new Loading(this, async () => {
    const { items } = await this.http.get<{ items: DeviceSession[] }>('/auth/sessions');
    return items;
  });

  /** What was true when it loaded may not be any more. */
  readonly reload = (): Promise<boolean> => this.#devices.reload();

  override render(): TemplateResult {
    const devices = this.#devices.value;
    return html`<section class="card" aria-labelledby="title">
      <div class="head">
        <h2 id="title">${msg('Signed-in devices')}</h2>
        ${
          devices && devices.length > 1
            ? html`<button type="button" class="button" @click=${this.#askAll}>
                ${msg('Sign out all others')}
              </button>`
            : nothing
        }
      </div>
      <p class="about">
        ${msg('Signing a device out stops what it does at once. It can sign in again.')}
      </p>
      ${
        devices
          ? html`<ul class="rows" tabindex="-1">
              ${devices.map((device) => this.#row(device))}
            </ul>`
          : loadingLook(this.#devices, msg('The devices'))
      }
      ${this.asking ? this.#confirm((devices?.length ?? 1) - 1) : nothing}
    </section>`;
  }

  #row(session: DeviceSession): TemplateResult {
    const { device, current, last_used_at, created_at } = session;
    const isPhone = /phone|android|ipad/i.test(device);
    return html`<li>
      ${isPhone ? accountIcons.phone : accountIcons.computer}
      <div class="thing">
        <b
          >${device}${current ? html`<span class="chip ok">${msg('This device')}</span>` : nothing}</b
        >
        <small
          >${current ? msg('In use now') : html`${msg('Last seen')} <time datetime=${last_used_at}>${agoWord(last_used_at)}</time>`}
          ${msg('· signed in')} <time datetime=${created_at}>${dateWord(created_at)}</time></small
        >
      </div>
      ${
        current
          ? nothing
          : html`<button
              type="button"
              class="button"
              aria-label=${msg(str`Sign out ${device}`)}
              aria-disabled=${this.busy ? 'true' : 'false'}
              @click=${() => this.#end(session)}
            >
              ${msg('Sign out')}
            </button>`
      }
    </li>`;
  }

  #confirm(others: number): TemplateResult {
    return html`<enc-dialog
      heading=${msg('Sign out all other devices?')}
      @enc-dialog-left=${this.#leave}
    >
      <p class="about">
        ${others === 1 ? msg('One device is signed out at once.') : msg(str`${others} devices are signed out at once, wall tablets included.`)}
        ${msg('This one stays. API tokens go on working.')}
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
        @click=${this.#endOthers}
      >
        ${msg('Sign out')}
      </button>
    </enc-dialog>`;
  }

  readonly #askAll = (): void => {
    this.asking = true;
  };

  readonly #leave = (): void => {
    this.asking = false;
    this.problem = '';
  };

  async #end({ id, device }: DeviceSession): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.http.delete(`/auth/sessions/${id}`);
      this.#say(msg(str`${device} is signed out.`));
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    }
    await this.#after();
  }

  readonly #endOthers = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.http.delete('/auth/sessions');
      this.#leave();
      this.#say(msg('All other devices are signed out.'));
    } catch (error) {
      this.problem = sentenceOf(error);
    }
    await this.#after();
  };

  /** The row that had the focus is gone: the list has it then. */
  async #after(): Promise<void> {
    await this.#devices.reload();
    this.busy = false;
    await this.updateComplete;
    if (this.shadowRoot?.activeElement || this.asking) return;
    this.renderRoot.querySelector<HTMLElement>('.rows')?.focus({ preventScroll: true });
  }

  #say(text: string): void {
    this.dispatchEvent(new ToastEvent(text, null, 'done'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-device-list': EncDeviceList;
  }
}
