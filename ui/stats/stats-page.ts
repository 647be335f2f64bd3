import { msg, str } from '@lit/localize';
import { computed } from '@preact/signals-core';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { PlayEnded, TopSound, TopUser } from '../../server/soundboard/contract.ts';
import type { User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import type { Library } from '../board/library.ts';
import { padLooks } from '../board/pad-look.ts';
import '../board/pad.ts';
import { PadGestures } from '../board/pad-gestures.ts';
import type { PadActionEvent, PadPressEvent } from '../board/pad.ts';
import { createPressMarks } from '../board/press-marks.ts';
import { createPresses, type Presses } from '../board/presses.ts';
import type { BoardSound } from '../board/sounds.ts';
import type { View } from '../board/view.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { cssProps } from '../design/css-props.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { countWord } from '../design/words.ts';
import type { Feed } from '../feed/feed.ts';
import { meanwhile } from '../feed/meanwhile.ts';
import '../feed/offline-strip.ts';
import type { EncPadActions } from '../pad-menu/pad-actions.ts';
import { attempt } from '../player/attempt.ts';
import { barsOf, barWord } from './bars.ts';
import { dayWords, heatMap, heatMapStyles, hourWord } from './heat-map.ts';
import { periodNames, periodOf, periods, periodWords, type Period } from './periods.ts';
import './plays-chart.ts';
import { daysMax, loadStats, soundsMax, type Stats } from './stats.ts';
import { statsPageStyles } from './stats-page.styles.ts';

const skeletonAfterMs = 120;
/** While people press, the numbers follow at this pace. */
const reloadAfterMs = 1_500;
const padsMax = 8;
const offlineReason = msg('Encore is offline, so sounds cannot be played now.');

const playsWord = (count: number): string =>
  count === 1 ? msg('1 play') : msg(str`${countWord(count)} plays`);
const personWord = ({ name }: TopUser): string => name ?? msg('Somebody who was forgotten');

/** What is played here, by whom and when. */
@customElement('enc-stats-page')
export class EncStatsPage extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, heatMapStyles, statsPageStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) view!: View;
  @property({ attribute: false }) user!: User;
  @property({ attribute: false }) url!: URL;
  @property({ attribute: false }) setQuery!: (name: string, value: string | null) => void;
  /** Whether this screen is the one on top. */
  @property({ type: Boolean }) shown = false;
  @state() private stats: Stats | null = null;
  @state() private error = '';
  @state() private waited = false;
  @state() private asking = false;
  @state() private actionsHere = false;

  readonly #marks = createPressMarks();
  readonly #looks = padLooks(() => this.feed.state.value.voices, this.#marks);
  readonly #offline = computed(() => this.feed.link.value === 'offline');
  #presses!: Presses;
  #leave: (() => void) | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #period: Period | null = null;
  #turn = 0;
  /** Pads change places with their counts, but not under the pointer. */
  #pointed = false;
  #pads: readonly string[] = [];

  constructor() {
    super();
    void new PadGestures(this);
    this.addController(
      new Watch(this, () => {
        const { library } = this;
        for (const one of [this.#offline, library.byId, library.waveforms]) void one.value;
        void library.favourites.ids.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#presses = createPresses(this.feed, this.#marks, (text, link) => {
      this.dispatchEvent(new ToastEvent(text, link));
    });
    const stopHearing = this.feed.on(this.#hear);
    // The line came back: what happened meanwhile is on the server alone.
    let known = true;
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) this.#loadSoon();
      known = link === 'live' || link === 'checking';
    });
    const timer = setTimeout(() => (this.waited = true), skeletonAfterMs);
    this.#leave = () => {
      stopHearing();
      stopLink();
      clearTimeout(timer);
      clearTimeout(this.#soon);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    const period = periodOf(this.url.searchParams.get('period'));
    const back = changes.has('shown') && this.shown && this.stats !== null;
    if (period === this.#period && !back) return;
    this.#period = period;
    void this.#load();
  }

  readonly #load = async (): Promise<void> => {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    const turn = ++this.#turn;
    const period = this.#period ?? '30';
    this.asking = true;
    try {
      const stats = await loadStats(this.http, period, Date.now());
      if (turn !== this.#turn) return;
      this.stats = stats;
      this.error = '';
    } catch (cause) {
      if (turn === this.#turn) this.error = sentenceOf(cause);
    }
    if (turn === this.#turn) this.asking = false;
  };

  readonly #hear = (message: FeedMessage): void => {
    // The board, which is always there, tells of a press that came to nothing.
    if (message.type === 'play_ended') {
      this.#marks.settle((message.data as PlayEnded).sound_id);
    } else this.#presses.hear(message);
    if (message.type === 'sound_played' || message.type === 'resync') this.#loadSoon();
  };

  #loadSoon(): void {
    // Who is elsewhere gets new numbers on coming back.
    if (!this.shown) return;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.#load();
    }, reloadAfterMs);
  }

  readonly #point = (pointed: boolean): void => {
    this.#pointed = pointed;
    if (!pointed) this.requestUpdate();
  };

  override render(): TemplateResult {
    const period = this.#period ?? '30';
    return html`<div class="page">
      <div class="top">
        <h1>${msg('Stats')}</h1>
        <div class="periods" role="radiogroup" aria-label=${msg('Period')}>
          ${periodNames.map(
            (one) =>
              html`<label
                ><input
                  type="radio"
                  name="period"
                  .checked=${one === period}
                  @change=${() => this.setQuery('period', one)}
                /><span>${periods[one].label}</span></label
              >`,
          )}
        </div>
      </div>
      <p class="lead">
        ${msg('What is played here, by whom and when. Every play that was heard counts.')}
      </p>
      <enc-offline-strip .feed=${this.feed}></enc-offline-strip>
      ${this.#content(period)}
      ${
        this.actionsHere
          ? html`<enc-pad-actions
              .http=${this.http}
              .library=${this.library}
              .view=${this.view}
              .user=${this.user}
              ?online=${!this.#offline.value}
              @enc-pad-press=${this.#onPadPress}
              @enc-pad-action=${this.#onPadAction}
            ></enc-pad-actions>`
          : nothing
      }
    </div>`;
  }

  #content(period: Period): TemplateResult | readonly TemplateResult[] | typeof nothing {
    const { stats, error } = this;
    if (error && !this.asking) {
      return html`<enc-notice heading=${msg('The stats did not load')} role="alert">
        ${error} ${meanwhile(this.feed, msg('The sounds still work.'))}
        <button slot="actions" class="button primary" @click=${this.#load}>${msg('Retry')}</button>
      </enc-notice>`;
    }
    if (!stats) return this.waited ? skeleton : nothing;
    if (stats.sounds.length === 0) return [this.#tiles(stats, period), this.#empty(period)];
    return [
      this.#tiles(stats, period),
      this.#days(stats, period),
      this.#top(stats.sounds),
      html`<div class="pair">${this.#people(stats.people)} ${this.#hours(stats.hours)}</div>`,
    ];
  }

  #empty(period: Period): TemplateResult {
    const ever = period === 'all';
    return html`<enc-notice
      heading=${ever ? msg('Nothing was played yet') : msg('Nothing was played')}
    >
      ${ever ? msg('The first press will stand here.') : msg(str`No sound was heard ${periodWords(period)}.`)}
      <a slot="actions" class="button primary" href="/">${msg('Go to the sounds')}</a>
    </enc-notice>`;
  }

  #tiles({ week, sounds, people, spent }: Stats, period: Period): TemplateResult {
    const today = week.at(-1)?.plays ?? 0;
    const inWeek = week.reduce((sum, { plays }) => sum + plays, 0);
    const [first] = people;
    const distinct = `${countWord(sounds.length)}${sounds.length >= soundsMax ? '+' : ''}`;
    const tile = (label: string, value: string, note: string): TemplateResult =>
      html`<div class="tile">
        <dt>${label}</dt>
        <dd title=${value}>${value}<small>${note}</small></dd>
      </div>`;
    const when = periodWords(period);
    return html`<dl class="tiles">
      ${tile(msg('Plays today'), countWord(today), '')}
      ${tile(msg('Plays this week'), countWord(inWeek), msg('in the last 7 days'))}
      ${tile(msg('Different sounds'), distinct, when)}
      ${tile(msg('Plays most'), first ? personWord(first) : '–', first ? playsWord(first.plays) : when)}
      ${tile(msg('Credits you spent'), countWord(spent), when)}
    </dl>`;
  }

  #days({ days }: Stats, period: Period): TemplateResult {
    const bars = barsOf(days);
    const weekly = bars.length < days.length;
    const cut = period === 'all' && days.length >= daysMax;
    return html`<section class="card" aria-labelledby="days">
      <h2 id="days">${weekly ? msg('Plays per week') : msg('Plays per day')}</h2>
      ${cut ? html`<p class="about">${msg(str`The last ${countWord(daysMax)} days.`)}</p>` : nothing}
      <enc-plays-chart .bars=${bars}></enc-plays-chart>
      ${table(
        'days',
        weekly ? msg('Plays per week') : msg('Plays per day'),
        [weekly ? msg('Week') : msg('Day'), msg('Plays')],
        bars.toReversed().map((bar) => [barWord(bar), countWord(bar.plays)]),
      )}
    </section>`;
  }

  #top(sounds: readonly TopSound[]): TemplateResult {
    const plays = new Map(sounds.map((one) => [one.sound_id, one.plays]));
    const known = this.library.byId.value;
    if (!this.#pointed || this.#pads.length === 0) {
      this.#pads = [...plays.keys()].filter((id) => known.has(id)).slice(0, padsMax);
    }
    const pads = this.#pads.flatMap((id) => {
      const sound = known.get(id);
      return sound ? [{ sound, plays: plays.get(id) ?? 0 }] : [];
    });
    return html`<section
      aria-labelledby="sounds"
      @pointerenter=${() => this.#point(true)}
      @pointerleave=${() => this.#point(false)}
    >
      <h2 id="sounds">${msg('Top sounds')}</h2>
      <ol class="pads" @enc-pad-press=${this.#onPadPress} @enc-pad-action=${this.#onPadAction}>
        ${repeat(
          pads,
          ({ sound }) => sound.id,
          ({ sound, plays }) => this.#pad(sound, plays),
        )}
      </ol>
      ${table(
        'sounds',
        msg('Top sounds'),
        [msg('Sound'), msg('Plays')],
        sounds.slice(0, 50).map(({ sound_id, name, plays }) => {
          const here = this.library.byId.value.has(sound_id);
          return [here ? name : msg(str`${name} (removed)`), countWord(plays)];
        }),
      )}
    </section>`;
  }

  #pad(sound: BoardSound, plays: number): TemplateResult {
    return html`<li>
      <enc-pad
        .sound=${sound}
        .waveform=${this.library.waveforms.value[sound.id]}
        .looks=${this.#looks}
        .reason=${this.#offline.value ? offlineReason : ''}
        .favourite=${this.library.favourites.ids.value.has(sound.id)}
        .current=${true}
      ></enc-pad>
      <span class="count"
        ><b>${countWord(plays)}</b> ${plays === 1 ? msg('play') : msg('plays')}</span
      >
    </li>`;
  }

  #people(people: readonly TopUser[]): TemplateResult {
    const most = Math.max(1, ...people.map(({ plays }) => plays));
    return html`<section class="card" aria-labelledby="people">
      <h2 id="people">${msg('Top people')}</h2>
      ${
        people.length === 0
          ? html`<p class="about">${msg('Nobody in particular: buttons and music played.')}</p>`
          : html`<ol class="ranks" aria-hidden="true">
              ${people.map(
                (one) =>
                  html`<li>
                    <span>${personWord(one)}</span><b>${countWord(one.plays)}</b
                    ><i ${cssProps({ '--share': `${(one.plays / most) * 100}%` })}></i>
                  </li>`,
              )}
            </ol>`
      }
      ${table(
        'people',
        msg('Top people'),
        [msg('Who'), msg('Plays')],
        people.map((one) => [personWord(one), countWord(one.plays)]),
      )}
    </section>`;
  }

  #hours(hours: Stats['hours']): TemplateResult {
    const all = Array.from({ length: 24 }, (_, hour) => hour);
    const rows = all.map((hour) => [
      hourWord(hour),
      ...hours.map((day) => countWord(day[hour] ?? 0)),
    ]);
    return html`<section class="card" aria-labelledby="hours">
      <h2 id="hours">${msg('Hours of the week')}</h2>
      ${heatMap(hours)}
      ${table('hours', msg('Hours of the week'), [msg('Hour'), ...dayWords], rows)}
    </section>`;
  }

  readonly #onPadPress = ({ soundId }: PadPressEvent): void => {
    void this.#presses.play(soundId);
  };

  readonly #onPadAction = async ({ action, soundId, x, y }: PadActionEvent): Promise<void> => {
    const sound = this.library.byId.peek().get(soundId);
    if (!sound) return;
    if (action === 'focus') return this.#focusPad(soundId);
    if (action === 'favourite') {
      return void attempt(this, this.library.favourites.toggle(soundId));
    }
    // Many are picked on the board.
    if (action === 'pick') return;
    const actions = await this.#actions();
    if (action === 'rename') await actions?.rename(sound);
    else await actions?.openMenu(sound, x, y);
  };

  #focusPad(soundId: string): void {
    const pads = [...this.renderRoot.querySelectorAll('enc-pad')];
    pads.find(({ sound }) => sound.id === soundId)?.focus();
  }

  async #actions(): Promise<EncPadActions | null> {
    try {
      await import('../pad-menu/pad-actions.ts');
      this.actionsHere = true;
    } catch {
      const text = msg('The menu did not load. Reload this page and try again.');
      this.dispatchEvent(new ToastEvent(text));
    }
    await this.updateComplete;
    return this.renderRoot.querySelector('enc-pad-actions');
  }
}

/** What a chart says, in words, behind a button. */
const table = (
  id: string,
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): TemplateResult =>
  html`<details>
    <summary>${msg('As a table')}</summary>
    <div class="scrolls" tabindex="0" role="region" aria-label=${msg(str`Table: ${title}`)}>
      <table class=${id} aria-labelledby=${id}>
        <thead>
          <tr>
            ${head.map(
              (word, at) => html`<th scope="col" class=${at > 0 ? 'number' : ''}>${word}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${row.map((word, at) => html`<td class=${at > 0 ? 'number' : ''}>${word}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;

const skeleton = html`<div class="tiles" role="status" aria-busy="true">
    <span class="sr-only">${msg('Loading the stats')}</span>
    ${[1, 2, 3, 4, 5].map(() => html`<div class="bone tiles-bone"></div>`)}
  </div>
  <div class="bone card-bone"></div>`;

declare global {
  interface HTMLElementTagNameMap {
    'enc-stats-page': EncStatsPage;
  }
}
