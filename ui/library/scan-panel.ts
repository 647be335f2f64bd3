import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ScanJob } from '../../server/sounds/contract.ts';
import type { Http } from '../api/http.ts';
import { Loading } from '../api/loading.ts';
import { sentenceOf } from '../api/problem.ts';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import { pageStyles } from '../design/page.styles.ts';
import { agoWord } from '../design/time-words.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { countWord, lengthWord } from '../design/words.ts';
import type { Feed } from '../feed/feed.ts';
import { saidWords } from '../languages/server-words.ts';
import { copyLines } from './copy-lines.ts';
import { libraryIcons } from './library-icons.ts';
import { libraryStyles } from './library.styles.ts';
import { loadingLook } from '../design/loading-look.ts';
import { jobIn, progressBar } from './progress.ts';
import {
  findingCounts,
  findings,
  findingWords,
  reportRows,
  reportText,
  type Finding,
} from './scan-report.ts';

const rowsMax = 100;

const endWords: Record<ScanJob['state'], string> = {
  running: msg('Runs'),
  finished: msg('Finished'),
  cancelled: msg('Cancelled; what it had found stays'),
  failed: msg('Failed'),
};

/** Looking through the folders: how far it is, and what came of it. */
@customElement('enc-scan-panel')
export class EncScanPanel extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, libraryStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @state() private finding: Finding | null = null;
  @state() private words = '';
  @state() private shown = rowsMax;
  @state() private progress: { done: number; total: number } | null = null;
  @state() private cancelling = false;
  @query('textarea') private readonly copied!: HTMLTextAreaElement;
  #leave: (() => void) | undefined;

  readonly #scan = new Loading(this, async () => {
    const { scan } = await this.http.get<{ scan: ScanJob | null }>('/sounds/scan');
    this.progress = scan?.state === 'running' ? (scan.progress ?? { done: 0, total: 0 }) : null;
    return { job: scan };
  });

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.feed.link.value));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopHearing = this.feed.on((message) => {
      const told = jobIn(message, 'scan');
      if (message.type === 'resync') void this.#scan.reload();
      if (!told) return;
      if (told.state === 'running') this.progress = { done: told.done, total: told.total };
      else void this.#ended();
    });
    let known = true;
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) void this.#scan.reload();
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

  override render(): TemplateResult {
    const scan = this.#scan.value;
    const running = this.progress !== null;
    const offline = this.feed.link.value === 'offline';
    return html`<section class="card" aria-labelledby="title">
        <div class="head">
          <h2 id="title">${msg('Scan the folders')}</h2>
          <div class="actions">
            ${
              running
                ? html`<button
                    type="button"
                    class="button"
                    aria-disabled=${offline || this.cancelling ? 'true' : nothing}
                    @click=${this.#cancel}
                  >
                    ${this.cancelling ? msg('Stopping…') : msg('Cancel')}
                  </button>`
                : html`<button
                    type="button"
                    class="button primary"
                    aria-disabled=${offline ? 'true' : nothing}
                    title=${offline ? msg('Encore is offline.') : nothing}
                    @click=${this.#start}
                  >
                    ${msg('Scan now')}
                  </button>`
            }
          </div>
        </div>
        <p class="about">
          ${msg('Encore watches its folders and takes in what changes by itself. A scan compares every file again.')}
        </p>
        ${this.progress ? progressBar(msg('Comparing files'), this.progress) : nothing}
        ${scan ? (scan.job ? this.#outcome(scan.job) : noneYet) : loadingLook(this.#scan, msg('The last scan'))}
      </section>
      ${scan?.job && !running ? this.#report(scan.job) : nothing}`;
  }

  #outcome(job: ScanJob): TemplateResult | typeof nothing {
    if (this.progress) return nothing;
    const { state, started_at, finished_at, reason, counts } = job;
    const took = finished_at ? Date.parse(finished_at) - Date.parse(started_at) : null;
    const numbers = findingCounts(job);
    return html`<p class="empty" role="status">
        ${endWords[state]}
        <time datetime=${started_at}>${agoWord(finished_at ?? started_at)}</time
        >${took === null ? '' : msg(str`, in ${lengthWord(took)}`)}.
        ${counts.skipped === 1 ? msg('1 file is as before.') : msg(str`${countWord(counts.skipped)} files are as before.`)}
      </p>
      ${reason ? html`<div class="warning" role="alert">${icons.alert}<span>${saidWords(reason)}</span></div>` : nothing}
      <div class="tiles" role="group" aria-label=${msg('Show only')}>
        ${findings.map(
          (finding) =>
            html`<button
              type="button"
              class="tile ${finding === 'errors' && numbers.errors > 0 ? 'bad' : ''}"
              aria-pressed=${this.finding === finding ? 'true' : 'false'}
              @click=${() => this.#narrow(finding)}
            >
              <b>${countWord(numbers[finding])}</b><span>${findingWords[finding].many}</span>
            </button>`,
        )}
      </div>`;
  }

  #report(job: ScanJob): TemplateResult | typeof nothing {
    const rows = reportRows(job, { finding: this.finding, words: this.words });
    const all = this.finding === null && this.words === '';
    const gone = job.report === null;
    if (rows.length === 0 && all) {
      return gone
        ? html`<p class="empty">
            ${msg('The files of this scan are known until Encore is started anew.')}
          </p>`
        : html`<p class="empty">${msg('Nothing has changed, and every file could be read.')}</p>`;
    }
    return html`<section class="card" aria-labelledby="report">
      <div class="head">
        <h2 id="report">${msg('Report')}</h2>
        <span class="found" role="status"
          >${all ? '' : rows.length === 1 ? msg('1 file') : msg(str`${countWord(rows.length)} files`)}</span
        >
        <div class="actions find">
          <label class="search"
            >${icons.search}<input
              type="search"
              aria-label=${msg('Search the report')}
              placeholder=${msg('Search the report')}
              .value=${this.words}
              @input=${this.#onSearch}
          /></label>
          <button type="button" class="button" @click=${() => this.#copy(rows)}>
            ${libraryIcons.copy}${msg('Copy')}
          </button>
        </div>
      </div>
      ${gone ? html`<p class="about">${msg('Of an older scan only the first errors are kept.')}</p>` : nothing}
      <table class="report" aria-label=${msg('Report')}>
        <thead>
          <tr>
            <th scope="col" class="what">${msg('What')}</th>
            <th scope="col">${msg('File')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, this.shown).map(
            ({ finding, file, reason }) =>
              html`<tr>
                <td class="what">
                  <span
                    class="chip ${finding === 'errors' ? 'bad' : finding === 'added' ? 'ok' : ''}"
                    >${findingWords[finding].one}</span
                  >
                </td>
                <td>
                  ${file}${reason ? html`<div class="why">${saidWords(reason)}</div>` : nothing}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${rows.length === 0 ? html`<p class="empty">${msg('No file like that in this report.')}</p>` : nothing}
      ${
        rows.length > this.shown
          ? html`<button type="button" class="button more" @click=${() => (this.shown += rowsMax)}>
              ${msg('Show more')}
            </button>`
          : nothing
      }
      <textarea class="sr-only" tabindex="-1" aria-hidden="true"></textarea>
    </section>`;
  }

  #narrow(finding: Finding): void {
    this.finding = this.finding === finding ? null : finding;
    this.shown = rowsMax;
  }

  readonly #onSearch = (event: Event): void => {
    this.words = (event.target as HTMLInputElement).value;
    this.shown = rowsMax;
  };

  async #copy(rows: Parameters<typeof reportText>[0]): Promise<void> {
    const copied = await copyLines(reportText(rows), this.copied);
    const text = copied
      ? msg('The report is copied.')
      : msg('This browser does not let pages copy.');
    this.dispatchEvent(new ToastEvent(text, null, copied ? 'done' : 'alert'));
  }

  readonly #start = async (): Promise<void> => {
    if (this.progress || this.feed.link.value === 'offline') return;
    this.progress = { done: 0, total: 0 };
    this.finding = null;
    try {
      await this.library.scan();
    } catch (error) {
      if (!this.cancelling) this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    }
    await this.#ended();
  };

  readonly #cancel = async (): Promise<void> => {
    if (this.cancelling || this.feed.link.value === 'offline') return;
    this.cancelling = true;
    try {
      await this.http.post('/sounds/scan/cancel');
      await this.#ended();
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    } finally {
      this.cancelling = false;
    }
  };

  async #ended(): Promise<void> {
    if (!(await this.#scan.reload())) this.progress = null;
  }
}

const noneYet = html`<p class="empty">
  ${msg('No scan was asked for yet, and none has found anything.')}
</p>`;

declare global {
  interface HTMLElementTagNameMap {
    'enc-scan-panel': EncScanPanel;
  }
}
