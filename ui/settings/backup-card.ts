import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Backup, BackupsState } from '../../server/backups/contract.ts';
import type { Http } from '../api/http.ts';
import { Loading } from '../api/loading.ts';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import { loadingLook } from '../design/loading-look.ts';
import { locale } from '../design/locale.ts';
import { pageStyles } from '../design/page.styles.ts';
import { agoWord } from '../design/time-words.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import { jobIn, progressBar } from '../library/progress.ts';
import { progressStyles } from '../library/progress.styles.ts';
import { backupCardStyles } from './backup-card.styles.ts';
import { contentWord, failureWord, lackWord, stageWord } from './backup-words.ts';

const rowsMax = 5;

type Progress = { readonly title: string; readonly done: number; readonly total: number };

/** The backups of the house: when the last good one was, why one failed, and one more now. */
@customElement('enc-backup-card')
export class EncBackupCard extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, progressStyles, backupCardStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  /** Whether its screen is the one on top. */
  @property({ type: Boolean }) shown = false;
  @state() private progress: Progress | null = null;
  #leave: (() => void) | undefined;

  readonly #backups = new Loading(this, async () => {
    const backups = await this.http.get<BackupsState>('/admin/backups');
    const { running } = backups;
    if (!running) this.progress = null;
    else this.progress ??= { title: '', done: 0, total: 0 };
    return backups;
  });

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.feed.link.value));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopHearing = this.feed.on((message) => {
      if (message.type === 'backups_changed' || message.type === 'resync') {
        void this.#backups.reload();
      }
      const job = jobIn(message, 'backup');
      if (!job) return;
      const { done, total, title = '' } = job;
      if (job.state === 'running') this.progress = { title, done, total };
      else void this.#backups.reload();
    });
    let known = true;
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) void this.#backups.reload();
      known = link === 'live' || link === 'checking';
    });
    this.#leave = () => {
      stopHearing();
      stopLink();
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('shown') && this.shown && this.hasUpdated) void this.#backups.reload();
  }

  override render(): TemplateResult {
    const { value, error } = this.#backups;
    const offline = this.feed.link.value === 'offline';
    return html`<section class="card" aria-labelledby="backups">
      <div class="head">
        <h2 id="backups">${msg('Backups')}</h2>
        ${
          value
            ? html`<button
                type="button"
                class="button"
                aria-disabled=${offline || this.progress ? 'true' : nothing}
                title=${offline ? msg('Encore is offline.') : nothing}
                @click=${this.#start}
              >
                ${this.progress ? msg('Backing up…') : msg('Back up now')}
              </button>`
            : nothing
        }
      </div>
      ${value && !error ? this.#content(value) : loadingLook(this.#backups, msg('The backups'))}
    </section>`;
  }

  #content({ folder, daily_at, last_failure, items }: BackupsState): TemplateResult {
    const [last] = items;
    return html`<p class="about">
        ${daily_at ? msg(str`One is taken each night at ${daily_at}.`) : msg('Encore itself takes none by night.')}
        ${msg('A backup holds everything: history, accounts, sounds and keys.')}
        ${msg('They lie in')}
        <code>${folder}</code>.
      </p>
      ${
        last_failure
          ? html`<div class="warning" role="alert">
              ${icons.alert}<span
                ><b>${msg(str`The last one failed ${agoWord(last_failure.at)}.`)}</b>
                ${failureWord(last_failure)}</span
              >
            </div>`
          : nothing
      }
      ${this.progress ? progressBar(stageWord(this.progress.title), this.progress) : nothing}
      <p class="last" role="status">
        ${last ? html`${msg('Last good one:')} ${time(last.created_at)}.` : msg('There is no backup in this folder yet.')}
      </p>
      ${
        items.length > 0
          ? html`<ul class="rows" aria-label=${msg('Backups')}>
              ${items.slice(0, rowsMax).map((item) => row(item))}
            </ul>`
          : nothing
      }
      ${
        items.length > rowsMax
          ? html`<p class="more">
              ${msg(str`And ${items.length - rowsMax} older, for weeks and months.`)}
            </p>`
          : nothing
      }`;
  }

  readonly #start = async (): Promise<void> => {
    if (this.progress || this.feed.link.value === 'offline') return;
    this.progress = { title: '', done: 0, total: 0 };
    try {
      await this.http.post('/admin/backups');
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
      this.progress = null;
      await this.#backups.reload();
    }
  };
}

const time = (at: string): TemplateResult =>
  html`<time datetime=${at} title=${new Date(at).toLocaleString(locale)}>${agoWord(at)}</time>`;

const row = (backup: Backup): TemplateResult => {
  const lack = lackWord(backup);
  return html`<li>
    <div class="thing">
      <b>${time(backup.created_at)}</b>
      <small>${contentWord(backup)}</small>
      <small class="name">${backup.name}</small>
      ${lack === '' ? nothing : html`<small class="lack">${lack}</small>`}
    </div>
  </li>`;
};

declare global {
  interface HTMLElementTagNameMap {
    'enc-backup-card': EncBackupCard;
  }
}
