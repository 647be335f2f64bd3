import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Play } from '../../server/soundboard/contract.ts';
import type { Http } from '../api/http.ts';
import { Loading } from '../api/loading.ts';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import '../design/notice.ts';
import { agoWord } from '../design/time-words.ts';
import { countWord, msWord } from '../design/words.ts';
import { doorWord, outcomeWords } from './sound-words.ts';
import { locale } from '../design/locale.ts';

/** GET /plays */
type Page = { items: Play[]; next_cursor: string | null; total: number };

const pageSize = 25;
const whole = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' });

/**
 * Every play of one sound, newest first.
 *
 * @event {DialogLeftEvent} enc-dialog-left - the dialog is done with
 */
@customElement('enc-plays-dialog')
export class EncPlaysDialog extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    css`
      :host {
        --dialog-width: 520px;
      }

      .lead {
        margin: 0 0 10px;
        color: var(--text-2);
        font-size: 13px;
      }

      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        align-items: center;
        gap: 14px;
        min-block-size: 56px;
        padding: 8px 0;
        border-block-start: 1px solid var(--line);
      }

      .who {
        flex: 1;
        min-inline-size: 0;
      }

      b {
        display: block;
        overflow: hidden;
        font-size: 13px;
        font-weight: 560;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      small {
        color: var(--text-2);
        font-size: 12px;
      }

      .why {
        display: block;
        color: var(--danger-text);
        text-wrap: pretty;
      }

      .result {
        flex: none;
        color: var(--text-2);
        font-size: 12px;
        font-weight: 500;
        text-align: end;
      }

      .result small {
        display: block;
        color: var(--text-3);
        font-size: 11px;
        font-weight: 400;
      }

      .failed {
        color: var(--danger-text);
      }

      .more {
        inline-size: 100%;
        margin-block-start: 10px;
      }

      .problem {
        margin: 10px 0 0;
        color: var(--danger-text);
        font-size: 13px;
        font-weight: 500;
      }

      .problem:empty {
        display: none;
      }

      enc-notice {
        padding-block: 44px 36px;
      }

      .bone {
        block-size: 14px;
        inline-size: 46%;
        border-radius: var(--radius-s);
        background: var(--surface-3);
      }
    `,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) soundId = '';
  @property() name = '';
  @state() private older: readonly Play[] = [];
  @state() private cursor: string | null = null;
  @state() private busy = false;
  @state() private problem = '';

  readonly #newest = new Loading(this, async () => {
    const page = await this.#page(null);
    this.cursor = page.next_cursor;
    return page;
  });

  override render(): TemplateResult {
    return html`<enc-dialog
      heading=${msg(str`Who played “${this.name}”`)}
      @enc-dialog-left=${this.#leave}
    >
      ${this.#content()}
    </enc-dialog>`;
  }

  #content(): TemplateResult | typeof nothing {
    const { value, error, late } = this.#newest;
    if (error) {
      return html`<enc-notice heading=${msg('The plays did not load')} role="alert">
        ${error}
        <button slot="actions" class="button primary" @click=${this.#newest.reload}>
          ${msg('Retry')}
        </button>
      </enc-notice>`;
    }
    if (!value) return late ? this.#skeleton() : nothing;
    if (value.items.length === 0) {
      return html`<enc-notice heading=${msg('Nobody has played it yet')}>
        ${msg('Every press of this sound will stand here, with who it was and how it went.')}
      </enc-notice>`;
    }
    return html`<p class="lead">
        ${value.total === 1 ? msg('1 press') : msg(str`${countWord(value.total)} presses`)}
      </p>
      <ul>
        ${[...value.items, ...this.older].map((play) => this.#play(play))}
      </ul>
      <p class="problem" role="alert">${this.problem}</p>
      ${
        this.cursor === null
          ? nothing
          : html`<button
              type="button"
              class="button more"
              aria-disabled=${this.busy ? 'true' : 'false'}
              @click=${this.#more}
            >
              ${this.busy ? msg('One moment…') : msg('Show earlier ones')}
            </button>`
      }`;
  }

  #skeleton(): TemplateResult {
    return html`<ul aria-busy="true" aria-label=${msg('Loading')}>
      ${[1, 2, 3].map(() => html`<li><div class="bone"></div></li>`)}
    </ul>`;
  }

  #play(play: Play): TemplateResult {
    const { user_id: userId, user_name: name, requested_at: at, status, latency_ms: ms } = play;
    const who = name ?? (userId === null ? 'Encore' : msg('Somebody who is no longer here'));
    return html`<li>
      <div class="who">
        <b>${who}</b>
        <small
          ><time datetime=${at} title=${whole.format(new Date(at))}>${agoWord(at)}</time> ·
          ${play.source === 'player' ? msg('on the jukebox') : doorWord(play.origin)}${
            play.message && status === 'failed'
              ? html`<span class="why">${play.message}</span>`
              : nothing
          }</small
        >
      </div>
      <div class="result ${status}">
        ${outcomeWords[status]}${
          ms === null ? nothing : html`<small>${msg(str`heard after ${msWord(ms)}`)}</small>`
        }
      </div>
    </li>`;
  }

  #page(cursor: string | null): Promise<Page> {
    const query = new URLSearchParams({ sound_id: this.soundId, limit: String(pageSize) });
    if (cursor !== null) query.set('cursor', cursor);
    return this.http.get<Page>(`/plays?${query}`);
  }

  readonly #more = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      const page = await this.#page(this.cursor);
      this.older = [...this.older, ...page.items];
      this.cursor = page.next_cursor;
    } catch (error) {
      this.problem = sentenceOf(error);
    } finally {
      this.busy = false;
    }
  };

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-plays-dialog': EncPlaysDialog;
  }
}
