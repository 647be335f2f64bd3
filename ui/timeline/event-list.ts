import { msg } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RecordedEvent } from '../../server/audit/contract.ts';
import type { BoardSound } from '../board/sounds.ts';
import { base } from '../design/base.styles.ts';
import { cssProps } from '../design/css-props.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { countWord } from '../design/words.ts';
import { eventListStyles } from './event-list.styles.ts';
import { dayName, secondWord } from './event-moments.ts';
import { kindOf, sentenceFor, typeWords } from './event-words.ts';
import type { Names } from './names.ts';
import { kindIcons } from './timeline-icons.ts';
import { originWords } from './origins.ts';

/** An event was picked in the list. */
export class EventPickedEvent extends Event {
  readonly eventId: string;

  constructor(eventId: string) {
    super('enc-event-picked', { bubbles: true, composed: true });
    this.eventId = eventId;
  }
}

/** The end of the list comes into sight. */
export class NearEndEvent extends Event {
  constructor() {
    super('enc-near-end');
  }
}

const rowPx = { wide: 52, narrow: 64 } as const;
const narrowQuery = '(max-width: 759.98px)';
/** Rows beyond the edge of what is seen, and how many of them before the end more is asked for. */
const spareRows = 6;
const endRows = 30;

const failures = /Failed$|Refused$|^PlayerLost$|^SoundMissing$/;

/**
 * Events as rows, the newest first; only those in sight are in the document. The list is as high as
 * all of its rows and scrolls with `scroller`.
 *
 * @event {EventPickedEvent} enc-event-picked - one was pressed
 * @event {NearEndEvent} enc-near-end - it is time for older ones
 */
@customElement('enc-event-list')
export class EncEventList extends LitElement {
  static override readonly styles = [base, hueClasses, eventListStyles];

  @property({ attribute: false }) items: readonly RecordedEvent[] = [];
  @property({ attribute: false }) names!: Names;
  @property({ attribute: false }) sounds: ReadonlyMap<string, BoardSound> = new Map();
  @property({ attribute: false }) scroller!: HTMLElement;
  /** The event that is looked into. */
  @property() picked: string | null = null;
  /** What is looked at as it was then, ms; rows after it stand back. */
  @property({ attribute: false }) at: number | null = null;
  @property({ attribute: false }) now = Date.now();
  /** Index of the row that is in the tab order. */
  @state() private current = 0;
  @state() private range = { from: 0, to: 20 };
  @state() private row: number = rowPx.wide;

  readonly #narrow = matchMedia(narrowQuery);
  #end = -1;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#narrow.addEventListener('change', this.#measure);
    // The scroller is known once the properties are.
    queueMicrotask(() => {
      this.scroller?.addEventListener('scroll', this.#measure, { passive: true });
      this.#resize.observe(this.scroller);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#narrow.removeEventListener('change', this.#measure);
    this.scroller?.removeEventListener('scroll', this.#measure);
    this.#resize.disconnect();
  }

  readonly #resize = new ResizeObserver(() => this.#measure());

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('items')) return;
    const before = changes.get('items');
    const id = before?.[this.current]?.event_id;
    const at = id === undefined ? -1 : this.items.findIndex((one) => one.event_id === id);
    this.current = Math.max(0, at);
    this.#end = -1;
  }

  protected override updated(changes: PropertyValues<this>): void {
    if (changes.has('items')) this.#measure();
  }

  override render(): TemplateResult {
    const { items, row, range, current } = this;
    const shown = new Set<number>();
    for (let at = range.from; at < Math.min(range.to, items.length); at++) shown.add(at);
    // Whatever has the focus stays.
    if (current < items.length) shown.add(current);
    return html`<ol
      aria-label=${msg('Events')}
      ${cssProps({ 'block-size': `${items.length * row}px`, '--row': `${row}px` })}
      @keydown=${this.#onKeyDown}
    >
      ${repeat(
        [...shown].toSorted((a, b) => a - b),
        (at) => items[at]?.event_id,
        (at) => this.#item(at),
      )}
    </ol>`;
  }

  #item(at: number): TemplateResult | typeof nothing {
    const event = this.items[at];
    if (!event) return nothing;
    const ms = Date.parse(event.recorded_at);
    const above = this.items[at - 1];
    const day = dayName(ms, this.now);
    const newDay = !above || dayName(Date.parse(above.recorded_at), this.now) !== day;
    const later = this.at !== null && ms > this.at;
    const first = this.at !== null && !later && (!above || Date.parse(above.recorded_at) > this.at);
    const sound = this.sounds.get(String(event.data['sound_id']));
    const kind = kindOf(event.type);
    return html`<li
      class=${first ? 'then' : ''}
      aria-setsize=${this.items.length}
      aria-posinset=${at + 1}
      ${cssProps({ top: `${at * this.row}px` })}
    >
      <button
        type="button"
        class="${later ? 'later' : ''} ${failures.test(event.type) ? 'bad' : ''}"
        data-at=${at}
        tabindex=${at === this.current ? 0 : -1}
        aria-current=${event.event_id === this.picked ? 'true' : nothing}
        @click=${() => this.#pick(at)}
      >
        <span class="when"
          >${newDay ? html`<span class="day">${day}</span>` : nothing}${secondWord(ms)}</span
        >
        <span class="mark ${sound ? `hue-${sound.hue}` : ''}">${kindIcons[kind]}</span>
        <span class="what">
          <span>${sentenceFor(event, this.names)}</span>
          <small
            ><span class="narrow">${newDay ? `${day}, ` : ''}${secondWord(ms)} · </span
            >${typeWords(event.type)} · ${originWords(event.origin)}</small
          >
        </span>
        <span class="place">#${countWord(event.global_position)}</span>
      </button>
    </li>`;
  }

  #pick(at: number): void {
    const event = this.items[at];
    this.current = at;
    if (event) this.dispatchEvent(new EventPickedEvent(event.event_id));
  }

  readonly #measure = (): void => {
    if (!this.isConnected || !this.scroller) return;
    this.row = this.#narrow.matches ? rowPx.narrow : rowPx.wide;
    const top = this.scroller.getBoundingClientRect().top - this.getBoundingClientRect().top;
    const first = Math.floor(top / this.row);
    const last = Math.ceil((top + this.scroller.clientHeight) / this.row);
    const from = Math.max(0, first - spareRows);
    const to = Math.max(from, last + spareRows);
    if (from !== this.range.from || to !== this.range.to) this.range = { from, to };
    if (to + endRows < this.items.length || this.#end === this.items.length) return;
    // Once for each length: whoever hears it may have nothing more.
    this.#end = this.items.length;
    this.dispatchEvent(new NearEndEvent());
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.row) - 2);
    const last = this.items.length - 1;
    const steps: Record<string, number> = {
      ArrowDown: this.current + 1,
      ArrowUp: this.current - 1,
      PageDown: this.current + page,
      PageUp: this.current - page,
      Home: 0,
      End: last,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    void this.#focus(Math.min(last, Math.max(0, to)));
  };

  async #focus(at: number): Promise<void> {
    this.current = at;
    await this.updateComplete;
    const button = this.renderRoot.querySelector<HTMLElement>(`[data-at='${at}']`);
    button?.focus({ preventScroll: true });
    button?.scrollIntoView({ block: 'nearest' });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-event-list': EncEventList;
  }
  interface HTMLElementEventMap {
    'enc-event-picked': EventPickedEvent;
    'enc-near-end': NearEndEvent;
  }
}
