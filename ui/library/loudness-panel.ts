import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { JobProgress, NormalizationReport } from '../../server/sounds/contract.ts';
import type { Http } from '../api/http.ts';
import { Loading } from '../api/loading.ts';
import { ApiProblem, sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { loadingLook } from '../design/loading-look.ts';
import { pageStyles } from '../design/page.styles.ts';
import { agoWord } from '../design/time-words.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { countWord, midSentence } from '../design/words.ts';
import type { Feed } from '../feed/feed.ts';
import { saidWords } from '../languages/server-words.ts';
import { libraryIcons } from './library-icons.ts';
import { libraryStyles } from './library.styles.ts';
import { jobIn, progressBar } from './progress.ts';
import { endOfNormalisation, soundTypeWords, soundsWord } from './words.ts';

type Standing = { normalised: number; total: number; report: NormalizationReport | null };

/** While sounds change one after the other, the numbers need not be asked for at each. */
const recountAfterMs = 1_000;

/** Making all sounds equally loud: how many are, and the job that makes them so. */
@customElement('enc-loudness-panel')
export class EncLoudnessPanel extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, libraryStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @state() private type: keyof typeof soundTypeWords | 'all' = 'all';
  @state() private force = false;
  @state() private onePass = false;
  @state() private running: Pick<JobProgress, 'done' | 'total' | 'title'> | null = null;
  @state() private busy = false;
  #recount: ReturnType<typeof setTimeout> | undefined;
  #leave: (() => void) | undefined;

  readonly #standing = new Loading(this, async (): Promise<Standing> => {
    const [normalised, total, report] = await Promise.all([
      this.#count('&is_normalized=true'),
      this.#count(''),
      this.#last(),
    ]);
    const { state, done = 0, total: all = 0 } = report ?? {};
    this.running = state === 'running' ? { ...this.running, done, total: all } : null;
    return { normalised, total, report };
  });

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.feed.link.value));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopHearing = this.feed.on((message) => {
      if (message.type === 'resync' || message.type === 'sound_changed') this.#recountSoon();
      const told = jobIn(message, 'normalize');
      if (!told) return;
      if (told.state === 'running') this.running = told;
      else void this.#standing.reload();
    });
    let known = true;
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) void this.#standing.reload();
      known = link === 'live' || link === 'checking';
    });
    this.#leave = () => {
      stopHearing();
      stopLink();
      clearTimeout(this.#recount);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  async #count(query: string): Promise<number> {
    return (await this.http.get<{ total: number }>(`/sounds/?limit=1${query}`)).total;
  }

  async #last(): Promise<NormalizationReport | null> {
    try {
      return await this.http.get<NormalizationReport>('/sounds/normalize');
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) return null;
      throw error;
    }
  }

  #recountSoon(): void {
    this.#recount ??= setTimeout(() => {
      this.#recount = undefined;
      void this.#standing.reload();
    }, recountAfterMs);
  }

  override render(): TemplateResult {
    const { value: standing } = this.#standing;
    return html`<section class="card" aria-labelledby="title">
        <div class="head">
          <h2 id="title">${msg('Loudness')}</h2>
          <div class="actions">${this.#action()}</div>
        </div>
        <p class="about">
          ${this.#target(standing)} ${msg('The files you brought stay as they are.')}
        </p>
        ${standing ? this.#standings(standing) : loadingLook(this.#standing, msg('The loudness'))}
      </section>
      ${standing?.report && !this.running ? this.#failures(standing.report) : nothing}`;
  }

  #target(standing: Standing | null): string {
    const lufs = standing?.report?.target_lufs;
    return lufs === undefined
      ? msg('Normalised, all sounds are equally loud.')
      : msg(
          str`Normalised, all sounds are equally loud, at ${countWord(lufs).replace('-', '−')} LUFS.`,
        );
  }

  #action(): TemplateResult {
    const offline = this.feed.link.value === 'offline';
    const off = offline || this.busy;
    if (this.running) {
      return html`<button
        type="button"
        class="button"
        aria-disabled=${off ? 'true' : nothing}
        @click=${this.#cancel}
      >
        ${msg('Cancel')}
      </button>`;
    }
    return html`<button
      type="button"
      class="button primary"
      aria-disabled=${off ? 'true' : nothing}
      title=${offline ? msg('Encore is offline.') : nothing}
      @click=${this.#start}
    >
      ${this.#actionWord()}
    </button>`;
  }

  #actionWord(): string {
    if (this.type === 'all') return this.force ? msg('Normalise all again') : msg('Normalise all');
    const what = midSentence(soundTypeWords[this.type]);
    return this.force ? msg(str`Normalise ${what} again`) : msg(str`Normalise ${what}`);
  }

  #standings({ normalised, total, report }: Standing): TemplateResult {
    const { running } = this;
    return html`<div class="tiles three">
        <div class="tile"><b>${countWord(normalised)}</b><span>${msg('Normalised')}</span></div>
        <div class="tile">
          <b>${countWord(total - normalised)}</b><span>${msg('As they came')}</span>
        </div>
        <div class="tile"><b>${countWord(total)}</b><span>${msg('Sounds')}</span></div>
      </div>
      ${
        running
          ? progressBar(msg('Normalising'), running, running.title ?? '')
          : html`${this.#options()}
            ${report ? html`<p class="empty" role="status">${this.#lastWords(report)}</p>` : nothing}`
      }`;
  }

  #lastWords(report: NormalizationReport): TemplateResult {
    const { finished_at, started_at } = report;
    return html`${endOfNormalisation(report)}
      <time datetime=${started_at}>${agoWord(finished_at ?? started_at)}</time>.`;
  }

  #options(): TemplateResult {
    return html`<div class="options">
      <label class="pick"
        ><select aria-label=${msg('Which sounds')} @change=${this.#onType}>
          <option value="all">${msg('All types')}</option>
          ${Object.entries(soundTypeWords).map(
            ([type, word]) =>
              html`<option value=${type} ?selected=${type === this.type}>${word}</option>`,
          )}
        </select>
        ${libraryIcons.down}
      </label>
      <label class="check"
        ><input
          type="checkbox"
          .checked=${this.force}
          @change=${() => (this.force = !this.force)}
        />${msg('Those that are normalised too')}</label
      >
      <label class="check"
        ><input
          type="checkbox"
          .checked=${this.onePass}
          @change=${() => (this.onePass = !this.onePass)}
        />${msg('One pass: faster, only near the target')}</label
      >
    </div>`;
  }

  #failures({ failures, failed }: NormalizationReport): TemplateResult | typeof nothing {
    if (failures.length === 0) return nothing;
    return html`<section class="card" aria-labelledby="failures">
      <div class="head">
        <h2 id="failures">${msg(str`${soundsWord(failed)} could not be normalised`)}</h2>
      </div>
      <p class="about">${msg('They play as they came.')}</p>
      <table class="report" aria-label=${msg('Failures')}>
        <thead>
          <tr>
            <th scope="col">${msg('File')}</th>
            <th scope="col">${msg('Why')}</th>
          </tr>
        </thead>
        <tbody>
          ${failures.map(
            ({ file, reason, said }) =>
              html`<tr>
                <td>${file}</td>
                <td>
                  ${saidWords(reason)}
                  ${
                    said
                      ? html`<details>
                          <summary>${msg('What the tool said')}</summary>
                          <pre tabindex="0">${said}</pre>
                        </details>`
                      : nothing
                  }
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  readonly #onType = (event: Event): void => {
    this.type = (event.target as HTMLSelectElement).value as typeof this.type;
  };

  readonly #start = (): Promise<void> => {
    const what = this.type === 'all' ? 'all' : `type/${this.type}`;
    return this.#ask(`/sounds/normalize/${what}?force=${this.force}&one_pass=${this.onePass}`);
  };

  readonly #cancel = (): Promise<void> => this.#ask('/sounds/normalize/cancel');

  async #ask(path: string): Promise<void> {
    if (this.busy || this.feed.link.value === 'offline') return;
    this.busy = true;
    try {
      await this.http.post(path);
      await this.#standing.reload();
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    } finally {
      this.busy = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-loudness-panel': EncLoudnessPanel;
  }
}
