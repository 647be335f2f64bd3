import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { countWord } from '../design/words.ts';
import type { Feed } from '../feed/feed.ts';
import { uploadIcons } from './upload-icons.ts';
import { uploadTrayStyles } from './upload-tray.styles.ts';
import { partOfAll, stateWord, summaryOf } from './upload-words.ts';
import type { Upload, Uploads } from './uploads.ts';

/** More rows than that are a number. */
const rowsMax = 60;
const gapPx = 12;

/** Files on their way to the library: how far each is, and what became of it. */
@customElement('enc-upload-tray')
export class EncUploadTray extends LitElement {
  static override readonly styles = [base, buttons, uploadTrayStyles];

  @property({ attribute: false }) uploads!: Uploads;
  @property({ attribute: false }) feed!: Feed;
  @state() private folded = false;

  /** Toasts stand above it. */
  readonly #size = new ResizeObserver(() => {
    const height = this.offsetHeight > 0 ? this.offsetHeight + gapPx : 0;
    document.documentElement.style.setProperty('--tray', `${height}px`);
  });

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const { items, leftOut } = this.uploads;
        for (const one of [items, leftOut, this.feed.link]) void one.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#size.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size.disconnect();
    document.documentElement.style.removeProperty('--tray');
  }

  override render(): TemplateResult {
    const items = this.uploads.items.value;
    const summary = summaryOf(items);
    const shown = items.length > 0 || this.uploads.leftOut.value > 0;
    // The live region stays, so that what comes into it is heard.
    return html`<div class="sr-only" role="status" aria-live="polite">${shown ? summary : ''}</div>
      ${shown ? this.#tray(items, summary) : nothing}`;
  }

  #tray(items: readonly Upload[], summary: string): TemplateResult {
    const busy = this.uploads.busy.value;
    const part = partOfAll(items);
    return html`<section aria-label=${msg('Sounds being added')}>
      <header>
        <h2>${summary}</h2>
        <button
          type="button"
          class="icon-button turn"
          aria-expanded=${this.folded ? 'false' : 'true'}
          aria-label=${msg('The list of files')}
          title=${this.folded ? msg('Show the files') : msg('Fold the list')}
          @click=${() => (this.folded = !this.folded)}
        >
          ${uploadIcons.down}
        </button>
        ${
          busy
            ? nothing
            : html`<button
                type="button"
                class="icon-button"
                aria-label=${msg('Close')}
                title=${msg('Close')}
                @click=${() => this.uploads.clear()}
              >
                ${icons.close}
              </button>`
        }
      </header>
      ${busy ? html`<progress aria-label=${summary} max="1" .value=${part}></progress>` : nothing}
      ${this.folded ? nothing : this.#list(items)}
    </section>`;
  }

  #list(items: readonly Upload[]): TemplateResult {
    // Of very many those that still need somebody come first.
    const rank = ({ state: { is } }: Upload): number => (is === 'waiting' ? 1 : 0);
    const rows =
      items.length > rowsMax
        ? items
            .filter(({ state: { is } }) => is !== 'added' && is !== 'existing')
            .toSorted((a, b) => rank(a) - rank(b))
            .slice(0, rowsMax)
        : items;
    const more = items.length - rows.length;
    const out = this.uploads.leftOut.value;
    return html`<ul tabindex="0" aria-label=${msg('Files')}>
        ${repeat(
          rows,
          ({ id }) => id,
          (one) => this.#row(one),
        )}
      </ul>
      ${more > 0 ? html`<p class="rest">${msg(str`And ${countWord(more)} more.`)}</p>` : nothing}
      ${
        out > 0
          ? html`<p class="rest">
              ${out === 1 ? msg('1 file in the folder was left out: no sound, or too many at once.') : msg(str`${countWord(out)} files in the folder were left out: no sounds, or too many at once.`)}
            </p>`
          : nothing
      }`;
  }

  #row(one: Upload): TemplateResult {
    const { state, file } = one;
    return html`<li class=${state.is}>
      ${this.#sign(one)}
      <div class="thing">
        <b title=${file.name}>${file.name}</b>
        <small>${stateWord(one)}</small>
        ${
          state.is === 'sending'
            ? html`<progress
                aria-label=${msg(str`Sending ${file.name}`)}
                max="1"
                .value=${state.part}
              ></progress>`
            : nothing
        }
      </div>
      ${this.#actions(one)}
    </li>`;
  }

  #sign({ state }: Upload): TemplateResult {
    switch (state.is) {
      case 'added':
      case 'existing':
        return icons.check;
      case 'refused':
        return icons.alert;
      case 'waiting':
      case 'sending':
      case 'checking':
        return html`<span class="spin" aria-hidden="true"></span>`;
    }
  }

  #actions({ id, state, file }: Upload): TemplateResult | typeof nothing {
    const remove = (): void => this.uploads.remove(id);
    switch (state.is) {
      case 'checking':
        return nothing;
      case 'waiting':
      case 'sending':
        return this.#button(msg(str`Cancel ${file.name}`), icons.close, remove);
      case 'added':
      case 'existing':
        return this.#button(msg(str`Play ${state.sound.name}`), uploadIcons.play, () =>
          this.#play(state.sound.id),
        );
      case 'refused':
        return html`${
          state.again
            ? this.#button(msg(str`Retry ${file.name}`), uploadIcons.retry, () =>
                this.uploads.retry(id),
              )
            : nothing
        }${this.#button(msg(str`Dismiss ${file.name}`), icons.close, remove)}`;
    }
  }

  #button(label: string, icon: TemplateResult, run: () => void): TemplateResult {
    return html`<button
      type="button"
      class="icon-button"
      aria-label=${label}
      title=${label}
      @click=${run}
    >
      ${icon}
    </button>`;
  }

  #play(soundId: string): void {
    this.feed.play(soundId).catch((error: unknown) => {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-upload-tray': EncUploadTray;
  }
}
