import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Extraction } from '../../server/extractions/contract.ts';
import type { ManagedUser, User } from '../../server/users/contract.ts';
import { everyPage } from '../api/every-page.ts';
import type { Http } from '../api/http.ts';
import { ApiProblem, sentenceOf } from '../api/problem.ts';
import type { Library } from '../board/library.ts';
import { padLooks } from '../board/pad-look.ts';
import { PadGestures } from '../board/pad-gestures.ts';
import type { PadActionEvent, PadPressEvent } from '../board/pad.ts';
import { createPressMarks } from '../board/press-marks.ts';
import { createPresses, type Presses } from '../board/presses.ts';
import type { View } from '../board/view.ts';
import type { Account } from '../credits/account.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import { tabStyles } from '../design/tab.styles.ts';
import { ToastEvent, type ToastAction, type ToastLink } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import { meanwhile } from '../feed/meanwhile.ts';
import '../feed/offline-strip.ts';
import type { EncPadActions } from '../pad-menu/pad-actions.ts';
import { costOf } from './cost.ts';
import type { ExtractEvent } from './extract-event.ts';
import './extract-form.ts';
import type { EncExtractForm } from './extract-form.ts';
import './extraction-row.ts';
import type { Became, JobActionEvent } from './extraction-row.ts';
import { createExtractions, type Extractions } from './extractions.ts';
import { extractionsPageStyles } from './extractions-page.styles.ts';
import './from-anywhere.ts';
import { nameOf, stateOf } from './job-state.ts';
import { linkIn, sharedLink, sharedNames } from './links.ts';
import { createPictures, type Pictures } from './pictures.ts';
import { sectionOf, sections } from './sections.ts';
import './workers-panel.ts';

const skeletonAfterMs = 120;
const offlineReason = msg('Encore is offline, so nothing can be extracted now.');
const toCredits: ToastLink = { href: '/credits', label: msg('See your credits') };

/** Links become sounds here: the field for the next one, and what became of those before. */
@customElement('enc-extractions-page')
export class EncExtractionsPage extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, tabStyles, extractionsPageStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) view!: View;
  @property({ attribute: false }) account!: Account;
  @property({ attribute: false }) user!: User;
  @property({ attribute: false }) url!: URL;
  /** Takes a parameter out of the address, or sets it. */
  @property({ attribute: false }) setQuery!: (name: string, value: string | null) => void;
  /** Whether it is this screen that is looked at. */
  @property({ type: Boolean }) shown = false;
  @state() private waited = false;
  @state() private asking = false;
  @state() private fetching = false;
  @state() private busy: ReadonlySet<string> = new Set();
  @state() private names: ReadonlyMap<string, string> = new Map();
  @state() private actionsHere = false;
  /** For the ear: what a job has come to. */
  @state() private told = '';
  @query('enc-extract-form') private readonly form!: EncExtractForm;

  readonly #marks = createPressMarks();
  readonly #looks = padLooks(() => this.feed.state.value.voices, this.#marks);
  #presses!: Presses;
  #extractions!: Extractions;
  #pictures!: Pictures;
  /** Sounds that became one in front of this window, and that the board has not shown yet. */
  readonly #coming = new Set<string>();
  #workersVisited = false;
  #leave: (() => void) | undefined;

  constructor() {
    super();
    void new PadGestures(this);
    this.addController(
      new Watch(this, () => {
        const { status, jobs, told, mayHaveOlder, everybody } = this.#stores();
        for (const one of [status, jobs, told, mayHaveOlder, everybody]) void one.value;
        const { library, feed, account } = this;
        for (const one of [library.byId, library.waveforms, library.status]) void one.value;
        for (const one of [library.favourites.ids, feed.link, account.state]) void one.value;
        void this.#pictures.found.value;
      }),
    );
  }

  #stores(): Extractions {
    this.#pictures ??= createPictures(this.http);
    if (!this.#extractions) {
      this.#extractions = createExtractions(this.http, this.user.id);
      this.#extractions.onTurn(this.#onTurn);
    }
    return this.#extractions;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#presses = createPresses(this.feed, this.#marks, (text, link) => this.#say(text, link));
    const stopHearing = this.feed.on(this.#hear);
    // The line came back: what happened meanwhile is on the server alone.
    let known = true;
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) void this.#extractions.load();
      known = link === 'live' || link === 'checking';
    });
    const timer = setTimeout(() => (this.waited = true), skeletonAfterMs);
    addEventListener('paste', this.#onPaste);
    void this.#extractions.load();
    this.#leave = () => {
      stopHearing();
      stopLink();
      clearTimeout(timer);
      removeEventListener('paste', this.#onPaste);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (this.#section === 'workers' && !this.#workersVisited) {
      this.#workersVisited = true;
      void this.#nameThem();
    }
    const { byId } = this.library;
    for (const id of this.#coming) if (byId.peek().has(id)) this.#coming.delete(id);
    if (changes.get('url')?.pathname !== this.url.pathname && changes.has('url')) {
      this.scrollTop = 0;
    }
  }

  protected override updated(changes: PropertyValues<this>): void {
    if (changes.has('url')) void this.#takeShared();
    const made = this.#extractions.jobs.peek().flatMap(({ sound_id }) => sound_id ?? []);
    this.#pictures.want(made.filter((id) => this.library.byId.peek().has(id)));
  }

  get #section(): ReturnType<typeof sectionOf> {
    return sectionOf(this.url.pathname, this.user.role);
  }

  override render(): TemplateResult {
    const section = this.#section;
    return html`<div class="page">
      <h1>${msg('Extractions')}</h1>
      <p class="lead">
        ${msg('Paste a link to a video or a piece of music: its sound becomes a pad.')}
      </p>
      ${this.user.role === 'admin' ? this.#tabs(section) : nothing}
      <enc-offline-strip .feed=${this.feed}></enc-offline-strip>
      <div class="panel" ?hidden=${section !== 'links'}>${this.#links()}</div>
      ${
        this.#workersVisited
          ? html`<enc-workers-panel
              ?hidden=${section !== 'workers'}
              .http=${this.http}
              .feed=${this.feed}
              .user=${this.user}
              .names=${this.names}
              .jobs=${this.#extractions.jobs.value}
            ></enc-workers-panel>`
          : nothing
      }
      ${
        this.actionsHere
          ? html`<enc-pad-actions
              .http=${this.http}
              .library=${this.library}
              .view=${this.view}
              .user=${this.user}
              ?online=${!this.#offline}
              @enc-pad-press=${this.#onPadPress}
              @enc-pad-action=${this.#onPadAction}
            ></enc-pad-actions>`
          : nothing
      }
    </div>`;
  }

  get #offline(): boolean {
    return this.feed.link.value === 'offline';
  }

  #tabs(section: string): TemplateResult {
    return html`<nav class="tabs" aria-label=${msg('Extractions')}>
      ${sections.map(
        ({ name, href, label }) =>
          html`<a href=${href} aria-current=${name === section ? 'page' : nothing}>${label}</a>`,
      )}
    </nav>`;
  }

  #links(): TemplateResult {
    return html`<section class="card" aria-label=${msg('Extract a sound')}>
        <enc-extract-form
          .cost=${costOf(this.account.state.value)}
          .reason=${this.#offline ? offlineReason : ''}
          ?busy=${this.asking}
          @enc-extract=${this.#onExtract}
        ></enc-extract-form>
      </section>
      <section class="list" aria-labelledby="history">
        <div class="head">
          <h2 id="history">${msg('History')}</h2>
          ${this.user.role === 'admin' ? this.#whose() : nothing}
        </div>
        <div class="sr-only" role="status">${this.told}</div>
        ${this.#list()}
      </section>
      <enc-from-anywhere></enc-from-anywhere>`;
  }

  #whose(): TemplateResult {
    const everybody = this.#extractions.everybody.value;
    const choice = (all: boolean, word: string): TemplateResult =>
      html`<button
        type="button"
        aria-pressed=${everybody === all ? 'true' : 'false'}
        @click=${() => this.#show(all)}
      >
        ${word}
      </button>`;
    return html`<div class="whose" role="group" aria-label=${msg('Whose extractions')}>
      ${choice(false, msg('Mine'))}${choice(true, msg('Everybody’s'))}
    </div>`;
  }

  #list(): TemplateResult | typeof nothing {
    const { status, error, jobs, mayHaveOlder } = this.#extractions;
    if (status.value === 'error') {
      return html`<enc-notice heading=${msg('The history did not load')} role="alert">
        ${error.value} ${meanwhile(this.feed, msg('Links can be extracted all the same.'))}
        <button slot="actions" class="button primary" @click=${() => void this.#extractions.load()}>
          ${msg('Retry')}
        </button>
      </enc-notice>`;
    }
    if (status.value === 'loading' && jobs.value.length === 0) return this.waited ? bones : nothing;
    if (jobs.value.length === 0) return this.#empty();
    return html`<ul
        class="jobs"
        @enc-pad-press=${this.#onPadPress}
        @enc-pad-action=${this.#onPadAction}
      >
        ${repeat(
          jobs.value,
          ({ id }) => id,
          (job) => html`<li>${this.#row(job)}</li>`,
        )}
      </ul>
      ${
        mayHaveOlder.value
          ? html`<button
              type="button"
              class="button older"
              aria-disabled=${this.fetching || this.#offline ? 'true' : nothing}
              @click=${this.#older}
            >
              ${this.fetching ? msg('Loading…') : msg('Show older')}
            </button>`
          : nothing
      }`;
  }

  #empty(): TemplateResult {
    return html`<enc-notice heading=${msg('Nothing extracted yet')}>
      ${msg('What is behind a link arrives here and becomes a pad.')}
      <button slot="actions" class="button primary" @click=${() => this.form.focus()}>
        ${msg('Paste a link')}
      </button>
    </enc-notice>`;
  }

  #row(job: Extraction): TemplateResult {
    const { library, user } = this;
    const soundId = job.sound_id ?? '';
    const others = this.#extractions.everybody.value;
    const by = job.requested_by;
    return html`<enc-extraction-row
      data-sound=${soundId}
      .job=${job}
      .told=${this.#extractions.told.value.get(job.id)}
      .became=${this.#becameOf(job)}
      .waveform=${library.waveforms.value[soundId]}
      .looks=${this.#looks}
      .picture=${this.#pictures.found.value.get(soundId) ?? null}
      .who=${others ? (by === user.id ? msg('you') : (this.names.get(by) ?? msg('somebody else'))) : ''}
      .reason=${this.#offline ? msg('Encore is offline.') : ''}
      ?favourite=${library.favourites.ids.value.has(soundId)}
      ?busy=${this.busy.has(job.id)}
      @enc-job-action=${this.#onJobAction}
    ></enc-extraction-row>`;
  }

  #becameOf({ status, sound_id }: Extraction): Became {
    if (status !== 'completed' || sound_id === null) return null;
    const sound = this.library.byId.value.get(sound_id);
    if (sound) return sound;
    const arrives = this.#coming.has(sound_id) || this.library.status.value !== 'ready';
    return arrives ? 'coming' : 'gone';
  }

  #say(text: string, way: ToastAction | ToastLink | null = null): void {
    this.dispatchEvent(new ToastEvent(text, way));
  }

  /** A refusal, with the way to what it is about. */
  #explain(error: unknown): void {
    const dear = error instanceof ApiProblem && error.code === 'not_enough_credits';
    this.#say(sentenceOf(error), dear ? toCredits : null);
  }

  readonly #hear = (message: FeedMessage): void => {
    this.#presses.hear(message);
    this.#extractions.hear(message);
  };

  readonly #onTurn = (job: Extraction): void => {
    if (job.sound_id !== null) this.#coming.add(job.sound_id);
    if (job.requested_by !== this.user.id) return;
    if (job.status === 'completed') this.told = msg(str`“${nameOf(job)}” is ready.`);
    if (job.status === 'failed')
      this.told = msg(str`“${nameOf(job)}” failed. ${stateOf(job).words}`);
  };

  readonly #onExtract = async ({ wish }: ExtractEvent): Promise<void> => {
    this.asking = true;
    try {
      await this.#extractions.start(wish);
      this.form.taken();
    } catch (error) {
      void this.form.showProblem(error);
    } finally {
      this.asking = false;
    }
  };

  readonly #onJobAction = async ({ job, action }: JobActionEvent): Promise<void> => {
    this.busy = new Set(this.busy).add(job.id);
    try {
      if (action === 'cancel') await this.#cancel(job);
      else await this.#extractions.retry(job.id);
    } catch (error) {
      this.#explain(error);
    } finally {
      this.busy = new Set([...this.busy].filter((id) => id !== job.id));
    }
  };

  async #cancel(job: Extraction): Promise<void> {
    await this.#extractions.cancel(job.id);
    const now = this.#extractions.jobs.peek().find(({ id }) => id === job.id);
    // Its sound was there already: its row says so.
    if (now?.status === 'completed') return;
    const undo = {
      label: msg('Undo'),
      run: () => {
        this.#extractions.retry(job.id).catch((error: unknown) => this.#explain(error));
      },
    };
    this.dispatchEvent(new ToastEvent(msg(str`“${nameOf(job)}” is cancelled.`), undo, 'done'));
  }

  readonly #older = async (): Promise<void> => {
    if (this.fetching || this.#offline) return;
    this.fetching = true;
    try {
      await this.#extractions.older();
    } catch (error) {
      this.#explain(error);
    } finally {
      this.fetching = false;
    }
  };

  async #show(everybody: boolean): Promise<void> {
    if (everybody === this.#extractions.everybody.peek()) return;
    if (everybody) void this.#nameThem();
    await this.#extractions.show(everybody);
  }

  async #nameThem(): Promise<void> {
    try {
      const users = await everyPage<ManagedUser>(this.http, '/admin/users');
      this.names = new Map(users.map(({ id, name }) => [id, name]));
    } catch {
      // Then it says "somebody else".
    }
  }

  /** What came with the address is shown and not begun: a link may have been prepared by anybody. */
  async #takeShared(): Promise<void> {
    const link = sharedLink(this.url);
    if (link === null || this.#section !== 'links') return;
    await this.form.fill(link);
    this.form.focusButton();
    for (const name of sharedNames) this.setQuery(name, null);
  }

  readonly #onPaste = (event: Event): void => {
    const { clipboardData } = event as ClipboardEvent;
    if (!this.shown || this.#section !== 'links' || event.defaultPrevented) return;
    const [target] = event.composedPath();
    // Into a field it is text, as it stands.
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
    const link = linkIn(clipboardData?.getData('text/plain') ?? '');
    if (link === null) return;
    event.preventDefault();
    void this.form.fill(link).then(() => this.form.focus());
  };

  readonly #onPadPress = (event: PadPressEvent): void => void this.#presses.play(event.soundId);

  readonly #onPadAction = async ({ action, soundId, x, y }: PadActionEvent): Promise<void> => {
    if (action === 'focus') return this.#focusPad(soundId);
    if (action === 'favourite') return this.#toggle(soundId);
    const sound = this.library.byId.peek().get(soundId);
    const actions = await this.#actions();
    if (!sound || !actions) return;
    if (action === 'rename') await actions.rename(sound);
    else await actions.openMenu(sound, x, y);
  };

  #focusPad(soundId: string): void {
    const row = this.renderRoot.querySelector(`[data-sound="${CSS.escape(soundId)}"]`);
    row?.shadowRoot?.querySelector('enc-pad')?.focus();
  }

  async #toggle(soundId: string): Promise<void> {
    try {
      await this.library.favourites.toggle(soundId);
    } catch (error) {
      this.#say(sentenceOf(error));
    }
  }

  /** What is asked of pads now and then comes when it is first asked for. */
  async #actions(): Promise<EncPadActions | null> {
    try {
      await import('../pad-menu/pad-actions.ts');
      this.actionsHere = true;
    } catch {
      this.#say(msg('The menu did not load. Reload this page and try again.'));
    }
    await this.updateComplete;
    return this.renderRoot.querySelector('enc-pad-actions');
  }
}

const bones = html`<div class="bones" role="status" aria-busy="true">
  <span class="sr-only">${msg('Loading the history')}</span>
  <div class="bone"></div>
  <div class="bone"></div>
  <div class="bone"></div>
</div>`;

declare global {
  interface HTMLElementTagNameMap {
    'enc-extractions-page': EncExtractionsPage;
  }
}
