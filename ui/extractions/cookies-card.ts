import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ExtractionStatus } from '../../server/extractions/contract.ts';
import { fieldErrorsOf } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { textField } from '../design/choice-fields.ts';
import '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { formStyles } from '../design/form.styles.ts';
import { pageStyles } from '../design/page.styles.ts';
import { agoWord } from '../design/time-words.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { cookiesBytesMax } from './limits.ts';
import { workersStyles } from './workers.styles.ts';
import { domainsWord } from './yt-dlp-words.ts';

const form = { fields: ['cookies'], rest: 'cookies' } as const;
const tooLarge = msg('This is larger than cookies are. Export only those of the site you need.');

/** The cookies that were set or removed are the server's now. */
export class CookiesChangedEvent extends Event {
  constructor() {
    super('enc-cookies-changed');
  }
}

/**
 * Cookies for sites that want somebody signed in: set, told of, removed. They are never shown again.
 *
 * @event {CookiesChangedEvent} enc-cookies-changed - set or removed
 */
@customElement('enc-cookies-card')
export class EncCookiesCard extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    pageStyles,
    fieldStyles,
    formStyles,
    workersStyles,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) cookies!: ExtractionStatus['cookies'];
  /** Why nothing can be changed now; empty when it can. */
  @property() reason = '';
  @state() private setting = false;
  @state() private removing = false;
  @state() private busy = false;
  @state() private error = '';
  @query('textarea') private readonly area!: HTMLTextAreaElement | null;
  @query('input[type=file]') private readonly file!: HTMLInputElement;

  override render(): TemplateResult {
    const { set } = this.cookies;
    return html`<section class="card" aria-labelledby="title">
      <div class="head">
        <h2 id="title">
          ${msg('Cookies')} ${set ? html`<span class="chip ok">${msg('Set')}</span>` : nothing}
        </h2>
      </div>
      <p class="about">
        ${msg('Some media are only for people who are signed in or of age. A cookies file in Netscape format, as browser add-ons export it, lets yt-dlp in. Whoever holds such a file is signed in as its account and a service may block an account used this way, so take a spare one.')}
      </p>
      ${this.#status()}
      <div class="actions">
        ${this.#button(set ? msg('Replace the cookies') : msg('Set cookies'), this.#begin)}
        ${set ? this.#button(msg('Remove'), this.#ask) : nothing}
      </div>
      ${this.setting ? this.#dialog() : nothing} ${this.removing ? this.#question() : nothing}
    </section>`;
  }

  #status(): TemplateResult | typeof nothing {
    const { set, updated_at, domains } = this.cookies;
    if (!set) return nothing;
    return html`<p class="about">
      ${domains.length > 0 ? html`${msg(str`For ${domainsWord(domains)}`)}` : msg('For no site that is known')}${
        updated_at === null
          ? nothing
          : html`${msg(', set')} <time datetime=${updated_at}>${agoWord(updated_at)}</time>`
      }.
    </p>`;
  }

  #button(label: string, run: () => void): TemplateResult {
    return html`<button
      type="button"
      class="button"
      aria-disabled=${this.reason ? 'true' : nothing}
      title=${this.reason || nothing}
      @click=${() => (this.reason ? undefined : run())}
    >
      ${label}
    </button>`;
  }

  #dialog(): TemplateResult {
    return html`<enc-dialog heading=${msg('Cookies for yt-dlp')} @enc-dialog-left=${this.#leave}>
      <form id="set" class="form" novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
        ${textField({
          id: 'cookies',
          label: msg('Contents of cookies.txt'),
          value: '',
          rows: 8,
          note: msg('Its first line is “# Netscape HTTP Cookie File”.'),
          error: this.error || undefined,
        })}
        <button type="button" class="button" @click=${() => this.file.click()}>
          ${msg('Choose a file')}
        </button>
        <input
          type="file"
          hidden
          accept=".txt,text/plain"
          aria-label=${msg('Cookies file')}
          @change=${this.#onFile}
        />
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        class="button primary"
        form="set"
        aria-disabled=${this.busy ? 'true' : nothing}
      >
        ${this.busy ? msg('Saving…') : msg('Save the cookies')}
      </button>
    </enc-dialog>`;
  }

  #question(): TemplateResult {
    return html`<enc-dialog heading=${msg('Remove the cookies?')} @enc-dialog-left=${this.#leave}>
      <p>
        ${msg('They are deleted from the box. What needs somebody signed in fails from then on; to have them back you would export them again.')}
      </p>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Keep them')}
      </button>
      <button
        slot="actions"
        type="button"
        class="button primary"
        aria-disabled=${this.busy ? 'true' : nothing}
        @click=${this.#remove}
      >
        ${msg('Remove the cookies')}
      </button>
    </enc-dialog>`;
  }

  readonly #begin = (): void => void (this.setting = true);
  readonly #ask = (): void => void (this.removing = true);

  readonly #leave = (): void => {
    this.setting = false;
    this.removing = false;
    this.error = '';
  };

  readonly #onInput = (): void => {
    this.error = '';
  };

  readonly #onFile = async (): Promise<void> => {
    const [file] = this.file.files ?? [];
    // The same file may be chosen again.
    this.file.value = '';
    if (!file || !this.area) return;
    if (file.size > cookiesBytesMax) {
      this.error = tooLarge;
      return;
    }
    this.error = '';
    this.area.value = await file.text();
    this.area.focus();
  };

  readonly #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy || !this.area) return;
    const cookies = this.area.value;
    if (cookies.trim() === '') this.error = msg('Paste the file, or choose it.');
    else if (new Blob([cookies]).size > cookiesBytesMax) this.error = tooLarge;
    else await this.#put(cookies);
    if (this.error) this.area?.focus();
  };

  async #put(cookies: string): Promise<void> {
    this.busy = true;
    try {
      await this.http.put('/admin/extractions/cookies', { cookies });
      this.#done(msg('The cookies are set.'));
    } catch (error) {
      this.error = fieldErrorsOf<'cookies'>(error, form).cookies ?? sentenceOf(error);
    } finally {
      this.busy = false;
    }
  }

  readonly #remove = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.http.delete('/admin/extractions/cookies');
      this.#done(msg('The cookies are removed.'));
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    } finally {
      this.busy = false;
    }
  };

  #done(text: string): void {
    this.#leave();
    this.dispatchEvent(new CookiesChangedEvent());
    this.dispatchEvent(new ToastEvent(text, null, 'done'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-cookies-card': EncCookiesCard;
  }
  interface HTMLElementEventMap {
    'enc-cookies-changed': CookiesChangedEvent;
  }
}
