import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type {
  Extraction,
  ExtractionStatus,
  YtDlpUpdate,
} from '../../server/extractions/contract.ts';
import type { User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { Loading } from '../api/loading.ts';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import { loadingLook } from '../design/loading-look.ts';
import { pageStyles } from '../design/page.styles.ts';
import { Watch } from '../design/watch.ts';
import { countWord } from '../design/words.ts';
import type { Feed } from '../feed/feed.ts';
import './cookies-card.ts';
import { extractionIcons } from './extraction-icons.ts';
import { nameOf, stepWords } from './job-state.ts';
import { workersStyles } from './workers.styles.ts';
import { ytDlpChips, ytDlpFacts, wentWell, type Way } from './yt-dlp-words.ts';
import { serverWords } from '../languages/server-words.ts';

const reloadAfterMs = 400;
/** A release is fetched and tried before it is kept. */
const updateTimeoutMs = 10 * 60_000;

const runningWords: Record<Way, string> = {
  update: msg('The newest release is fetched and tried. Extractions go on meanwhile.'),
  rollback: msg('The release before is brought back.'),
};

/** What works on extractions: how much of it there is, yt-dlp, and its cookies. */
@customElement('enc-workers-panel')
export class EncWorkersPanel extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, workersStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) user!: User;
  /** User id → name, as far as it is known. */
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  /** Jobs that the page knows by name. */
  @property({ attribute: false }) jobs: readonly Extraction[] = [];
  /** What is under way with yt-dlp. */
  @state() private way: Way | null = null;
  @state() private result: { good: boolean; text: string } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leave: (() => void) | undefined;

  readonly #status = new Loading(this, () =>
    this.http.get<ExtractionStatus>('/admin/extractions/status'),
  );

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.feed.link.value));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopHearing = this.feed.on(({ type }) => {
      if (type === 'extraction_changed' || type === 'resync') this.#reloadSoon();
    });
    let known = true;
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) this.#reloadSoon();
      known = link === 'live' || link === 'checking';
    });
    this.#leave = () => {
      stopHearing();
      stopLink();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  #reloadSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#status.reload();
    }, reloadAfterMs);
  }

  override render(): TemplateResult {
    const status = this.#status.value;
    if (!status) {
      return html`<section class="card" aria-label=${msg('Workers and yt-dlp')}>
        ${loadingLook(this.#status, msg('What the workers do'))}
      </section>`;
    }
    return html`${this.#workers(status)} ${this.#ytDlp(status.yt_dlp)}
      <enc-cookies-card
        .http=${this.http}
        .cookies=${status.cookies}
        .reason=${this.#reason}
        @enc-cookies-changed=${this.#status.reload}
      ></enc-cookies-card>`;
  }

  get #reason(): string {
    return this.feed.link.value === 'offline' ? msg('Encore is offline.') : '';
  }

  #workers({ queued, running, workers }: ExtractionStatus): TemplateResult {
    const tile = (count: number, word: string): TemplateResult =>
      html`<div class="tile"><b>${countWord(count)}</b><span>${word}</span></div>`;
    return html`<section class="card" aria-labelledby="workers">
      <div class="head"><h2 id="workers">${msg('Workers')}</h2></div>
      <p class="about">
        ${msg(str`Up to ${countWord(workers)} extractions run at a time; the others wait in line, whoever asked for them.`)}
      </p>
      <div class="tiles" role="group" aria-label=${msg('In numbers')}>
        ${tile(running.length, msg('Running'))}${tile(queued, msg('Waiting'))}${tile(workers, msg('Workers'))}
      </div>
      ${
        running.length === 0
          ? nothing
          : html`<ul class="rows">
              ${running.map(
                ({ id, user_id, step }) =>
                  html`<li>
                    <span class="spin" aria-hidden="true"></span>
                    <div class="thing">
                      <b>${this.#nameOf(id)}</b>
                      <small>${stepWords[step]}, ${this.#who(user_id)}</small>
                    </div>
                  </li>`,
              )}
            </ul>`
      }
    </section>`;
  }

  #nameOf(id: string): string {
    const job = this.jobs.find((one) => one.id === id);
    return job ? nameOf(job) : msg('A link');
  }

  #who(userId: string): string {
    return userId === this.user.id
      ? msg('for you')
      : msg(str`for ${this.names.get(userId) ?? msg('somebody else')}`);
  }

  #ytDlp(ytDlp: ExtractionStatus['yt_dlp']): TemplateResult {
    const { state: works, detail, previous } = ytDlp;
    const { word, look } = ytDlpChips[works];
    return html`<section class="card" aria-labelledby="yt-dlp">
      <div class="head">
        <h2 id="yt-dlp">yt-dlp <span class="chip ${look}">${word}</span></h2>
      </div>
      <p class="about">${serverWords(`yt-dlp.${works}`, detail)}</p>
      <p class="about">${ytDlpFacts(ytDlp)}</p>
      <div class="actions">
        ${this.#button('update', extractionIcons.update, msg('Update yt-dlp'), works !== 'ok')}
        ${
          previous === null
            ? nothing
            : this.#button('rollback', extractionIcons.restore, msg(str`Roll back to ${previous}`))
        }
      </div>
      <div role="status">${this.#outcome()}</div>
    </section>`;
  }

  #button(way: Way, icon: TemplateResult, label: string, chief = false): TemplateResult {
    return html`<button
      type="button"
      class="button ${chief ? 'primary' : ''}"
      aria-disabled=${this.way || this.#reason ? 'true' : nothing}
      title=${this.#reason || nothing}
      @click=${() => this.#renew(way)}
    >
      ${icon}${label}
    </button>`;
  }

  #outcome(): TemplateResult | typeof nothing {
    if (this.way) {
      return html`<p class="result">
        <span class="spin" aria-hidden="true"></span>${runningWords[this.way]}
      </p>`;
    }
    if (!this.result) return nothing;
    const { good, text } = this.result;
    return html`<p class="result ${good ? '' : 'bad'}">
      ${good ? icons.check : icons.alert}<span>${text}</span>
    </p>`;
  }

  async #renew(way: Way): Promise<void> {
    if (this.way || this.#reason) return;
    this.way = way;
    try {
      const path = `/admin/extractions/${way}`;
      const { outcome, detail } = await this.http.post<YtDlpUpdate>(path, {}, updateTimeoutMs);
      this.result = { good: wentWell(way, outcome), text: detail };
      await this.#status.reload();
    } catch (error) {
      this.result = { good: false, text: sentenceOf(error) };
    } finally {
      this.way = null;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-workers-panel': EncWorkersPanel;
  }
}
