import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Schedule } from '../../server/schedules/contract.ts';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import { meanwhile } from '../feed/meanwhile.ts';
import '../feed/offline-strip.ts';
import { attempt } from '../player/attempt.ts';
import { bodyOf } from './schedule-body.ts';
import './schedule-dialog.ts';
import './schedule-row.ts';
import type { ScheduleAct, ScheduleEvent } from './schedule-row.ts';
import { deedSentence, nextOf, nextWord, type Names } from './schedule-words.ts';
import { schedulesPageStyles } from './schedules-page.styles.ts';
import { createSchedules, type Schedules, type ShownSchedule } from './schedules.ts';

const skeletonAfterMs = 120;
/** "Tomorrow" becomes "Today" by itself. */
const tickMs = 20_000;

/** What sounds by the clock: alarms and the like. */
@customElement('enc-schedules-page')
export class EncSchedulesPage extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, schedulesPageStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @state() private editing: Schedule | 'new' | null = null;
  @state() private waited = false;
  @state() private nowMs = Date.now();

  #schedules!: Schedules;
  #leave: (() => void) | undefined;

  /** Made anew with what is loaded, so that every row shows it. */
  #names!: Names;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const { status, items, playlists } = (this.#schedules ??= createSchedules(this.http));
        for (const one of [status, items, this.feed.link]) void one.value;
        const sounds = this.library.byId.value;
        const lists = playlists.value;
        this.#names = {
          sound: (id) => sounds.get(id)?.name,
          playlist: (id) => lists.find((list) => list.id === id)?.name,
        };
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopHearing = this.feed.on(this.#schedules.hear);
    // The line came back: what happened meanwhile is on the server alone.
    let known = true;
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) void this.#schedules.load();
      known = link === 'live' || link === 'checking';
    });
    const waiting = setTimeout(() => (this.waited = true), skeletonAfterMs);
    const ticking = setInterval(() => (this.nowMs = Date.now()), tickMs);
    void this.#schedules.load();
    this.#leave = () => {
      stopHearing();
      stopLink();
      clearTimeout(waiting);
      clearInterval(ticking);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  get #offline(): boolean {
    return this.feed.link.value === 'offline';
  }

  override render(): TemplateResult {
    return html`<div class="page">
      <h1>${msg('Schedules')}</h1>
      <p class="lead">
        ${msg('Alarms, music and silence by the clock. The house plays them, free of credits.')}
      </p>
      <enc-offline-strip .feed=${this.feed}></enc-offline-strip>
      ${this.#content()} ${this.editing === null ? nothing : this.#dialog(this.editing)}
    </div>`;
  }

  #content(): TemplateResult | typeof nothing {
    const { status, error, items } = this.#schedules;
    if (status.value === 'loading') return this.waited ? skeleton : nothing;
    if (status.value === 'error') {
      return html`<enc-notice heading=${msg('The schedules did not load')} role="alert">
        ${error.value} ${msg('They fire all the same.')}
        ${meanwhile(this.feed, msg('The sounds still work.'))}
        <button slot="actions" class="button primary" @click=${() => this.#schedules.load()}>
          ${msg('Retry')}
        </button>
      </enc-notice>`;
    }
    if (items.value.length === 0) {
      return html`<enc-notice heading=${msg('Nothing happens by the clock yet')}>
        ${msg('A wake-up alarm, music for Friday night, or silence at eleven.')}
        <span slot="actions">${this.#newButton()}</span>
      </enc-notice>`;
    }
    return html`${this.#next(items.value)}
      <ul class="card" aria-label=${msg('Schedules')}>
        ${repeat(
          items.value,
          ({ id }) => id,
          (schedule) => this.#row(schedule),
        )}
      </ul>`;
  }

  #newButton(): TemplateResult {
    return html`<button
      type="button"
      class="button primary"
      aria-disabled=${this.#offline ? 'true' : 'false'}
      @click=${() => this.#edit('new')}
    >
      ${icons.add}${msg('New schedule')}
    </button>`;
  }

  /** What comes first of all, in large. */
  #next(items: readonly ShownSchedule[]): TemplateResult {
    const first = nextOf(items);
    const words = first ? nextWord(first, this.nowMs) : null;
    const [nothingNext, allOff] = items.some(({ pending }) => pending)
      ? ['', '']
      : [msg('Nothing'), msg('Every schedule is off.')];
    return html`<div class="top">
      <div>
        <div class="label">${msg('Next', { id: 'schedule.next' })}</div>
        <div class="figure">${words ?? nothingNext}</div>
        <div class="label">
          ${first ? `${first.name} · ${deedSentence(first.what, this.#names)}` : allOff}
        </div>
      </div>
      ${this.#newButton()}
    </div>`;
  }

  #row(schedule: Schedule): TemplateResult {
    return html`<li>
      <enc-schedule-row
        .schedule=${schedule}
        .names=${this.#names}
        .now=${this.nowMs}
        ?offline=${this.#offline}
        @enc-schedule=${({ act }: ScheduleEvent) => this.#do(act, schedule)}
      ></enc-schedule-row>
    </li>`;
  }

  #dialog(editing: Schedule | 'new'): TemplateResult {
    return html`<enc-schedule-dialog
      .http=${this.http}
      .library=${this.library}
      .schedules=${this.#schedules}
      .schedule=${editing === 'new' ? null : editing}
      @enc-dialog-left=${() => (this.editing = null)}
    ></enc-schedule-dialog>`;
  }

  #edit(schedule: Schedule | 'new'): void {
    if (!this.#offline) this.editing = schedule;
  }

  #do(act: ScheduleAct, schedule: Schedule): void {
    switch (act) {
      case 'edit':
        return this.#edit(schedule);
      case 'enable':
      case 'disable':
        return void this.#enable(schedule, act === 'enable');
      case 'fire':
        return void attempt(this, this.#fire(schedule));
      case 'remove':
        return void this.#remove(schedule);
    }
  }

  async #enable({ id }: Schedule, enabled: boolean): Promise<void> {
    await attempt(this, this.#schedules.enable(id, enabled));
    // The switch has moved already; a refusal moves it back.
    this.requestUpdate();
  }

  async #fire({ id, name }: Schedule): Promise<void> {
    const { problem } = await this.#schedules.fire(id);
    const text = problem
      ? msg(str`${name} fired, but nothing came of it. ${problem}`)
      : msg(str`${name} fired.`);
    this.dispatchEvent(new ToastEvent(text, null, problem ? 'alert' : 'done'));
  }

  async #remove(schedule: Schedule): Promise<void> {
    if (!(await attempt(this, this.#schedules.remove(schedule.id)))) return;
    const run = (): void => void attempt(this, this.#schedules.make(bodyOf(schedule)));
    const text = msg(str`${schedule.name} is deleted.`);
    this.dispatchEvent(new ToastEvent(text, { label: msg('Undo'), run }, 'done'));
  }
}

const skeleton = html`<div class="card skeleton" role="status" aria-busy="true">
  <span class="sr-only">${msg('Loading the schedules')}</span>
  ${[1, 2, 3].map(() => html`<div class="line"><div class="bone"></div></div>`)}
</div>`;

declare global {
  interface HTMLElementTagNameMap {
    'enc-schedules-page': EncSchedulesPage;
  }
}
