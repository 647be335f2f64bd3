import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { EventDensity, PastState, RecordedEvent } from '../../server/audit/contract.ts';
import type { User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { Loading } from '../api/loading.ts';
import { sentenceOf } from '../api/problem.ts';
import { fold } from '../board/fold.ts';
import type { Library } from '../board/library.ts';
import { momentOf, momentWord } from '../credits/moments.ts';
import type { ScrubEvent } from '../credits/scrub-event.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import { failedStyles } from '../design/failed.styles.ts';
import { inLayer, isTyping, singleKeys } from '../design/keys.ts';
import { loadingLook } from '../design/loading-look.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import { Watch } from '../design/watch.ts';
import { countWord } from '../design/words.ts';
import type { Feed } from '../feed/feed.ts';
import { meanwhile } from '../feed/meanwhile.ts';
import '../feed/offline-strip.ts';
import { attempt } from '../player/attempt.ts';
import './event-list.ts';
import type { EventPickedEvent } from './event-list.ts';
import { sentenceFor, typeWords } from './event-words.ts';
import './filter-bar.ts';
import type { EncLogFilter, FilterEvent } from './filter-bar.ts';
import { filterOf, heldBy, queryOf, type Filter } from './filter.ts';
import './inspector.ts';
import type { LookThenEvent, NarrowEvent } from './inspector.ts';
import { loadPeople, loadPlaylists } from './known-names.ts';
import { createEventLog, type EventLog } from './log.ts';
import { nameIn, namesOf, type Names } from './names.ts';
import './past-card.ts';
import './scrubber.ts';
import { timelinePageStyles } from './timeline-page.styles.ts';
import { timelineIcons } from './timeline-icons.ts';

const skeletonAfterMs = 120;
const askAfterMs = 200;
const lookAfterMs = 400;
/** The list joins the inspector side by side from this width of the page on, px. */
const wideFromPx = 820;
const buckets = 120;
/** Searching for words, events are fetched until so many match, or so many more were looked at. */
const [matchesWanted, lookedMax] = [40, 2_000];

/** "Fri 20 Nov" */
const sinceWord = (iso: string): string => momentWord(Date.parse(iso)).split(',')[0] ?? '';

/** Everything that ever happened: a list with an eye into each event, and the house as it was then. */
@customElement('enc-timeline-page')
export class EncTimelinePage extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, failedStyles, timelinePageStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) user!: User;
  @property({ attribute: false }) url!: URL;
  @property({ attribute: false }) setQuery!: (name: string, value: string | null) => void;
  /** Whether this screen is the one on top. */
  @property({ type: Boolean }) shown = false;
  @state() private past: PastState | null = null;
  @state() private pastError = '';
  @state() private people: ReadonlyMap<string, string> = new Map();
  @state() private playlists: ReadonlyMap<string, string> = new Map();
  @state() private waited = false;
  @state() private wide = false;
  @state() private searching = false;
  @state() private nowMs = Date.now();
  @query('.list') private readonly list!: HTMLElement | null;
  @query('enc-log-filter') private readonly filterBar!: EncLogFilter | null;

  readonly #density = new Loading(this, () =>
    this.http.get<EventDensity>(`/admin/audit/density?buckets=${buckets}`),
  );
  readonly #seen = new Map<string, string>();
  #log!: EventLog;
  #filter!: Filter;
  #at: string | null = null;
  #query = '';
  #shownItems: readonly RecordedEvent[] = [];
  #names!: Names;
  #leave: (() => void) | undefined;
  #ask: ReturnType<typeof setTimeout> | undefined;
  #look: ReturnType<typeof setTimeout> | undefined;
  #lookedTo = lookedMax;
  #pointerInside = false;
  #pastTurn = 0;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const log = (this.#log ??= createEventLog(this.http));
        for (const one of [log.status, log.items, log.total, log.fresh, log.mayHaveOlder])
          void one.value;
        for (const one of [log.mayHaveNewer, this.library.byId, this.feed.link]) void one.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopHearing = this.feed.on(this.#hear);
    // The line came back: what happened meanwhile is on the server alone.
    let known = true;
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) this.#lookSoon();
      known = link === 'live' || link === 'checking';
    });
    const timer = setTimeout(() => (this.waited = true), skeletonAfterMs);
    const resize = new ResizeObserver(() => (this.wide = this.clientWidth >= wideFromPx));
    resize.observe(this);
    window.addEventListener('keydown', this.#onKeyDown);
    void this.#nameThem();
    this.#leave = () => {
      stopHearing();
      stopLink();
      clearTimeout(timer);
      clearTimeout(this.#ask);
      clearTimeout(this.#look);
      resize.disconnect();
      window.removeEventListener('keydown', this.#onKeyDown);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  async #nameThem(): Promise<void> {
    // Without them it says "somebody", and "a playlist".
    const [people, playlists] = await Promise.allSettled([
      loadPeople(this.http),
      loadPlaylists(this.http),
    ]);
    if (people.status === 'fulfilled') this.people = people.value;
    if (playlists.status === 'fulfilled') this.playlists = playlists.value;
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('url')) this.#follow();
    for (const { data } of this.#log.items.peek()) {
      const named = nameIn(data);
      // The newest comes first: it is the name of now.
      if (named && !this.#seen.has(named[0])) this.#seen.set(...named);
    }
    this.#names = namesOf({
      people: this.people,
      sounds: this.library.byId.peek(),
      playlists: this.playlists,
      seen: this.#seen,
    });
    this.#shownItems = this.#matching();
  }

  protected override updated(): void {
    void this.#searchOn();
  }

  /** The address says what is asked for. */
  #follow(): void {
    const { searchParams } = this.url;
    const at = momentOf(searchParams.get('at'));
    const iso = at === null ? null : new Date(at).toISOString();
    const first = this.#filter === undefined;
    this.#filter = filterOf(searchParams);
    const asked = queryOf(this.#filter);
    if (first || asked !== this.#query || iso !== this.#at) {
      const moved = iso !== this.#at;
      this.#at = iso;
      this.#query = asked;
      clearTimeout(this.#ask);
      // A slider on its way says where it is many times a second.
      this.#ask = setTimeout(() => void this.#load(), first || !moved ? 0 : askAfterMs);
    }
  }

  readonly #load = async (): Promise<void> => {
    this.#lookedTo = lookedMax;
    const loaded = this.#log.load({ query: this.#query, at: this.#at });
    void this.#replay();
    await loaded;
    this.nowMs = Date.now();
    if (this.#at !== null) await this.#log.lookForNewer().catch(() => undefined);
  };

  readonly #replay = async (): Promise<void> => {
    const turn = ++this.#pastTurn;
    const at = this.#at;
    this.pastError = '';
    if (at === null) {
      this.past = null;
      return;
    }
    try {
      const past = await this.http.get<PastState>(
        `/admin/audit/state?at=${encodeURIComponent(at)}`,
      );
      if (turn === this.#pastTurn) this.past = past;
    } catch (error) {
      if (turn === this.#pastTurn) this.pastError = sentenceOf(error);
    }
  };

  #matching(): readonly RecordedEvent[] {
    const items = this.#log.items.peek();
    const words = fold(this.#filter.text).split(/\s+/).filter(Boolean);
    if (words.length === 0) return items;
    return items.filter((event) => {
      const text = fold(
        `${sentenceFor(event, this.#names)} ${typeWords(event.type)} ${event.type} ${event.stream} ${JSON.stringify(event.data)}`,
      );
      return words.every((word) => text.includes(word));
    });
  }

  /** Words are looked for here, in more and more of the log. */
  async #searchOn(): Promise<void> {
    const { items, mayHaveOlder, status } = this.#log;
    const enough = (): boolean =>
      this.#filter.text === '' ||
      this.#shownItems.length >= matchesWanted ||
      items.peek().length >= this.#lookedTo ||
      !mayHaveOlder.peek();
    if (this.searching || status.peek() !== 'ready' || enough()) return;
    await this.#searchFurther();
  }

  async #searchFurther(): Promise<void> {
    this.searching = true;
    const found = await attempt(this, this.#log.older());
    // What cannot be fetched now is asked for again by the person alone.
    if (!found) this.#lookedTo = this.#log.items.peek().length;
    this.searching = false;
  }

  readonly #hear = (message: FeedMessage): void => {
    const newest = this.#log.items.peek()[0]?.global_position ?? 0;
    if (message.type === 'resync' || (message.position ?? 0) > newest) this.#lookSoon();
  };

  #lookSoon(): void {
    this.#look ??= setTimeout(() => {
      this.#look = undefined;
      void this.#lookNow();
    }, lookAfterMs);
  }

  async #lookNow(): Promise<void> {
    if (this.#at !== null || this.#log.status.peek() !== 'ready') return;
    // What cannot be asked now is asked with the next message, or when the line is back.
    await this.#log.lookForNewer().catch(() => undefined);
    if (this.#isUntouched()) this.#takeFresh();
  }

  #point(inside: boolean): void {
    this.#pointerInside = inside;
  }

  /** Nobody points at the list, reads further down in it or goes through it by keys. */
  #isUntouched(): boolean {
    if (this.#pointerInside || this.#filter.text !== '') return false;
    if (this.list?.contains(this.shadowRoot?.activeElement ?? null)) return false;
    const top = this.list?.getBoundingClientRect().top ?? 0;
    return top >= this.getBoundingClientRect().top;
  }

  #takeFresh(): void {
    this.nowMs = Date.now();
    this.#log.takeFresh();
    void this.#density.reload();
  }

  override render(): TemplateResult {
    const picked = this.url.searchParams.get('event');
    return html`<div
      class="page"
      @enc-event-picked=${({ eventId }: EventPickedEvent) => this.setQuery('event', eventId)}
      @enc-narrow=${this.#onNarrow}
      @enc-look-then=${this.#onLookThen}
    >
      <div class="top">
        <h1>${msg('Timeline')}</h1>
        <a class="button" href="/credits">${msg('Prove the log')}</a>
      </div>
      <p class="lead">
        ${msg('Everything that ever happened here, in order. Pick an event and see what led to it.')}
      </p>
      <enc-offline-strip .feed=${this.feed}></enc-offline-strip>
      ${this.#scrubber()} ${this.#pastCard()}
      <enc-log-filter
        .filter=${this.#filter}
        .names=${this.#names}
        .people=${this.people}
        @enc-filter=${({ filter, value }: FilterEvent) => this.setQuery(filter, value)}
      ></enc-log-filter>
      <div class="columns ${this.wide ? 'wide' : ''}">
        <div
          class="list"
          @pointerenter=${() => this.#point(true)}
          @pointerleave=${() => this.#point(false)}
        >
          ${this.#content(picked)}
        </div>
        ${this.wide ? html`<aside class="card" aria-label=${msg('Event')}>${this.#inside(picked)}</aside>` : nothing}
      </div>
      ${
        picked !== null && !this.wide && this.shown
          ? html`<enc-dialog
              heading=${msg('Event')}
              @enc-dialog-left=${() => this.setQuery('event', null)}
              >${this.#inside(picked)}</enc-dialog
            >`
          : nothing
      }
    </div>`;
  }

  #scrubber(): TemplateResult {
    const { value } = this.#density;
    const at = momentOf(this.#at);
    return html`<section class="card scrub" aria-label=${msg('Time')}>
      <div class="figures">
        <div>
          <div class="label">${at === null ? msg('The log until') : msg('The log as of')}</div>
          <div class="moment">${at === null ? msg('Now') : momentWord(at)}</div>
        </div>
        ${
          value
            ? html`<div class="total label">
                <b>${countWord(value.total)}</b
                >${value.total === 1 ? msg(str`event since ${sinceWord(value.from)}`) : msg(str`events since ${sinceWord(value.from)}`)}
              </div>`
            : nothing
        }
      </div>
      ${
        value
          ? html`<enc-log-scrubber
              .density=${value}
              .at=${at}
              @enc-scrub=${({ at: to }: ScrubEvent) => this.#lookAt(to)}
            ></enc-log-scrubber>`
          : loadingLook(this.#density, msg('The times of the log'))
      }
    </section>`;
  }

  #pastCard(): TemplateResult | typeof nothing {
    const at = momentOf(this.#at);
    if (at === null) return nothing;
    return html`<enc-past-card
      role="region"
      aria-label=${msg('State at this moment')}
      .past=${this.past}
      .error=${this.pastError}
      .names=${this.#names}
      .sounds=${this.library.byId.value}
      .retry=${this.#replay}
      ><div class="past-head">
        <h2>${msg(str`State on ${momentWord(at)}`)}</h2>
        <button type="button" class="button" @click=${() => this.#lookAt(null)}>
          ${msg('Back to now')}
        </button>
      </div></enc-past-card
    >`;
  }

  #inside(picked: string | null): TemplateResult {
    if (picked === null) {
      return html`<p class="hint">
        ${msg('Pick an event in the list: here stands what it changed, what led to it, and what came of it.')}
      </p>`;
    }
    return html`<enc-event-inspector
      .http=${this.http}
      event-id=${picked}
      .names=${this.#names}
      .people=${this.people}
      me=${this.user.id}
    ></enc-event-inspector>`;
  }

  #content(picked: string | null): TemplateResult | typeof nothing {
    const { status, error } = this.#log;
    if (status.value === 'loading') return this.waited ? skeleton : nothing;
    if (status.value === 'error') {
      return html`<enc-notice heading=${msg('The log did not load')} role="alert">
        ${error.value} ${meanwhile(this.feed, msg('Nothing in it is lost. The sounds still work.'))}
        <button slot="actions" class="button primary" @click=${this.#load}>${msg('Retry')}</button>
      </enc-notice>`;
    }
    const items = this.#shownItems;
    return html`${this.#newer()}
    ${
      items.length > 0
        ? html`<enc-event-list
            .items=${items}
            .names=${this.#names}
            .sounds=${this.library.byId.value}
            .scroller=${this}
            .picked=${picked}
            .at=${momentOf(this.#at)}
            .now=${this.nowMs}
            @enc-near-end=${() => this.#older()}
          ></enc-event-list>`
        : nothing
    }
    ${this.#end(items.length)}`;
  }

  #newer(): TemplateResult {
    const { fresh, mayHaveNewer, total } = this.#log;
    const count = fresh.value.length;
    const narrowed = heldBy(this.#filter).length > 0;
    const one = this.#at === null ? msg('new event') : msg('newer event');
    const many = this.#at === null ? msg('new events') : msg('newer events');
    return html`<div class="newer" role="status">
      <span
        >${narrowed ? (total.value === 1 ? msg('1 event found') : msg(str`${countWord(total.value)} events found`)) : msg('The newest first')}</span
      >
      ${
        count > 0
          ? html`<button type="button" class="pill" @click=${this.#showFresh}>
              ${timelineIcons.newer}${countWord(count)}${mayHaveNewer.value ? '+' : ''}
              ${count === 1 ? one : many}
            </button>`
          : nothing
      }
    </div>`;
  }

  readonly #showFresh = async (): Promise<void> => {
    this.#takeFresh();
    if (this.#log.mayHaveNewer.peek()) await attempt(this, this.#log.lookForNewer());
  };

  #end(found: number): TemplateResult | typeof nothing {
    const { items, total, mayHaveOlder } = this.#log;
    const searches = this.#filter.text !== '';
    if (this.searching)
      return html`<div class="end" role="status">${msg('Looking further back…')}</div>`;
    if (found === 0 && !mayHaveOlder.value) {
      return html`<enc-notice heading=${msg('Nothing like that happened')}>
        ${searches ? msg('Search looks at sentences, names and what stands in the events.') : msg('No event fits these filters.')}
        <button slot="actions" class="button primary" @click=${this.#clear}>
          ${msg('Clear search and filters')}
        </button>
      </enc-notice>`;
    }
    if (!mayHaveOlder.value) {
      const whole = !searches && heldBy(this.#filter).length === 0;
      return html`<div class="end">
        ${whole ? msg('Here it all began.') : msg('That is all.')}
      </div>`;
    }
    if (!searches) return nothing;
    return html`<div class="end">
      <span
        >${msg(str`Looked through ${countWord(items.value.length)} of ${countWord(total.value)} events.`)}</span
      >
      <button type="button" class="button" @click=${this.#lookFurther}>
        ${msg('Look further back')}
      </button>
    </div>`;
  }

  readonly #lookFurther = (): void => {
    this.#lookedTo = this.#log.items.peek().length + lookedMax;
    void this.#searchFurther();
  };

  async #older(): Promise<void> {
    if (this.#filter.text !== '' || this.feed.link.peek() === 'offline') return;
    await attempt(this, this.#log.older());
  }

  readonly #clear = (): void => {
    for (const name of ['text', ...heldBy(this.#filter)]) this.setQuery(name, null);
  };

  readonly #onNarrow = ({ filter, value }: NarrowEvent): void => {
    this.setQuery(filter, value);
    if (!this.wide) this.setQuery('event', null);
  };

  readonly #onLookThen = ({ at }: LookThenEvent): void => {
    this.setQuery('at', at);
    if (!this.wide) this.setQuery('event', null);
    this.scrollTop = 0;
  };

  #lookAt(at: number | null): void {
    this.setQuery('at', at === null ? null : new Date(at).toISOString());
  }

  /** `/` is for the search of the screen one sees. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (!this.shown || event.defaultPrevented || inLayer(event)) return;
    const asks =
      (event.key === '/' && singleKeys.value && !isTyping(event)) ||
      (event.key === 'k' && (event.ctrlKey || event.metaKey));
    if (!asks) return;
    event.preventDefault();
    this.filterBar?.focus();
  };
}

const skeleton = html`<div role="status" aria-busy="true">
  <span class="sr-only">${msg('Loading the log')}</span>
  ${[1, 2, 3, 4, 5, 6].map(() => html`<div class="bone row"></div>`)}
</div>`;

declare global {
  interface HTMLElementTagNameMap {
    'enc-timeline-page': EncTimelinePage;
  }
}
