import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { TrashedSound } from '../../server/sounds/contract.ts';
import type { User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { Loading } from '../api/loading.ts';
import { sentenceOf } from '../api/problem.ts';
import { typeLooks } from '../board/pad-look.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { loadingLook } from '../design/loading-look.ts';
import { pageStyles } from '../design/page.styles.ts';
import { agoWord, dateWord } from '../design/time-words.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { lengthWord } from '../design/words.ts';
import type { Feed } from '../feed/feed.ts';
import { libraryIcons } from './library-icons.ts';
import { libraryStyles } from './library.styles.ts';
import { untilWord } from './words.ts';

const reloadAfterMs = 300;
const rowsMax = 100;

/** Removed sounds, and the way back. */
@customElement('enc-trash-panel')
export class EncTrashPanel extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, libraryStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) user!: User;
  /** User id → name, as far as the person may know. */
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  @state() private restoring: ReadonlySet<string> = new Set();
  @state() private shown = rowsMax;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leave: (() => void) | undefined;

  readonly #trash = new Loading(this, async () => {
    const { items } = await this.http.get<{ items: TrashedSound[] }>('/sounds/trash');
    return items;
  });

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.feed.link.value));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopHearing = this.feed.on(({ type }) => {
      if (type !== 'sound_changed' && type !== 'resync') return;
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        void this.#trash.reload();
      }, reloadAfterMs);
    });
    this.#leave = () => {
      stopHearing();
      clearTimeout(this.#timer);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  override render(): TemplateResult {
    const items = this.#trash.value;
    return html`<section class="card" aria-labelledby="title">
      <div class="head"><h2 id="title" tabindex="-1">${msg('Trash')}</h2></div>
      <p class="about">
        ${msg('Removed sounds can come back for 30 days, with their history. Then the file is deleted for good.')}
      </p>
      ${items ? this.#list(items) : loadingLook(this.#trash, msg('The trash'))}
    </section>`;
  }

  #list(items: readonly TrashedSound[]): TemplateResult {
    if (items.length === 0) return html`<p class="empty">${msg('Nothing was removed.')}</p>`;
    return html`<ul class="rows">
        ${items.slice(0, this.shown).map((one) => this.#row(one))}
      </ul>
      ${
        items.length > this.shown
          ? html`<button type="button" class="button more" @click=${() => (this.shown += rowsMax)}>
              ${msg('Show more')}
            </button>`
          : nothing
      }`;
  }

  #row({
    id,
    type,
    name,
    duration,
    removed_at,
    removed_by,
    purged_after,
  }: TrashedSound): TemplateResult {
    const offline = this.feed.link.value === 'offline';
    const by =
      removed_by === this.user.id
        ? msg('by you')
        : msg(str`by ${this.names.get(removed_by) ?? msg('somebody else')}`);
    return html`<li>
      ${typeLooks[type].chip}
      <div class="thing">
        <b>${name}</b>
        <small
          >${msg(str`${lengthWord(duration)} · removed`)}
          <time datetime=${removed_at}>${agoWord(removed_at)}</time> ${by}</small
        >
        <small title=${dateWord(purged_after)}
          >${msg(str`Gone for good ${untilWord(purged_after)}`)}</small
        >
      </div>
      <button
        type="button"
        class="button"
        aria-label=${msg(str`Restore ${name}`)}
        aria-disabled=${offline || this.restoring.has(id) ? 'true' : nothing}
        title=${offline ? msg('Encore is offline.') : nothing}
        @click=${() => this.#restore(id, name)}
      >
        ${libraryIcons.restore}${msg('Restore')}
      </button>
    </li>`;
  }

  async #restore(id: string, name: string): Promise<void> {
    if (this.restoring.has(id) || this.feed.link.value === 'offline') return;
    this.restoring = new Set(this.restoring).add(id);
    try {
      await this.http.post(`/sounds/${id}/restore`);
      await this.#trash.reload();
      await this.updateComplete;
      // Its button, which had the focus before, is gone.
      const next = this.renderRoot.querySelector<HTMLElement>('.rows .button, h2');
      next?.focus({ preventScroll: true });
      this.dispatchEvent(new ToastEvent(msg(str`“${name}” is back on the board.`), null, 'done'));
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    } finally {
      const rest = new Set(this.restoring);
      rest.delete(id);
      this.restoring = rest;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-trash-panel': EncTrashPanel;
  }
}
