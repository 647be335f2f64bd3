import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CauseChain, RecordedEvent } from '../../server/audit/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { failedStyles } from '../design/failed.styles.ts';
import { countWord } from '../design/words.ts';
import { beforePath, changesOf, settingBefore, type Change } from './changes.ts';
import { afterWord, exactWord } from './event-moments.ts';
import { sentenceFor, typeWords } from './event-words.ts';
import { EventPickedEvent } from './event-list.ts';
import type { FilterName } from './filter.ts';
import { inspectorStyles } from './inspector.styles.ts';
import type { Names } from './names.ts';
import { originWords } from './origins.ts';

type Cause = CauseChain['chain'][number];

/** Only events that share something are wanted. */
export class NarrowEvent extends Event {
  readonly filter: FilterName;
  readonly value: string;

  constructor(filter: FilterName, value: string) {
    super('enc-narrow', { bubbles: true, composed: true });
    this.filter = filter;
    this.value = value;
  }
}

/** The house is to be seen as it was right after this event. */
export class LookThenEvent extends Event {
  readonly at: string;

  constructor(at: string) {
    super('enc-look-then', { bubbles: true, composed: true });
    this.at = at;
  }
}

/** Causes shown at first: before and after the event. */
const [causesBefore, causesAfter] = [12, 24];

/**
 * One event: what it changed, what led to it and what came of it, and all that stands in it.
 *
 * @event {EventPickedEvent} enc-event-picked - another one of its chain
 * @event {NarrowEvent} enc-narrow - only those that share something with it
 * @event {LookThenEvent} enc-look-then - the state of then
 */
@customElement('enc-event-inspector')
export class EncEventInspector extends LitElement {
  static override readonly styles = [base, buttons, failedStyles, inspectorStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: 'event-id' }) eventId = '';
  @property({ attribute: false }) names!: Names;
  /** Id of who is signed in. */
  @property() me = '';
  /** Ids of everybody that has credits to look at. */
  @property({ attribute: false }) people: ReadonlyMap<string, string> = new Map();
  @state() private chain: readonly Cause[] = [];
  @state() private changes: readonly Change[] = [];
  @state() private status: 'loading' | 'ready' | 'error' = 'loading';
  @state() private error = '';
  @state() private all = false;
  #turn = 0;

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('eventId')) void this.#load();
  }

  async #load(): Promise<void> {
    const turn = ++this.#turn;
    const { eventId } = this;
    // Within one chain the screen stays and only the place in it moves.
    if (!this.chain.some((one) => one.event_id === eventId)) this.status = 'loading';
    this.changes = [];
    try {
      const { chain } = await this.http.get<CauseChain>(
        `/admin/audit/why/${encodeURIComponent(eventId)}`,
      );
      if (turn !== this.#turn) return;
      const event = chain.find((one) => one.event_id === eventId);
      this.chain = chain;
      this.all = false;
      this.status = 'ready';
      if (event) await this.#compare(event, turn);
    } catch (cause) {
      if (turn !== this.#turn) return;
      this.error = sentenceOf(cause);
      this.status = 'error';
    }
  }

  async #compare(event: RecordedEvent, turn: number): Promise<void> {
    const path = beforePath(event);
    let before: RecordedEvent | null = null;
    if (path) {
      const { items } = await this.http.get<{ items: RecordedEvent[] }>(path);
      before = settingBefore(event, items);
    }
    if (turn === this.#turn) this.changes = changesOf(event, before);
  }

  override render(): TemplateResult | typeof nothing {
    if (this.status === 'loading') {
      return html`<div role="status" aria-busy="true">
        <span class="sr-only">${msg('Loading the event')}</span>
        <div class="bone"></div>
        <div class="bone"></div>
        <div class="bone tall"></div>
      </div>`;
    }
    if (this.status === 'error') {
      return html`<div class="failed" role="alert">
        <span>${msg('The event did not load.')} ${this.error}</span>
        <button type="button" class="button" @click=${() => this.#load()}>${msg('Retry')}</button>
      </div>`;
    }
    const event = this.chain.find((one) => one.event_id === this.eventId);
    if (!event) return nothing;
    const ms = Date.parse(event.recorded_at);
    return html`<h2>${sentenceFor(event, this.names)}</h2>
      <p class="when">
        <time datetime=${event.recorded_at}>${exactWord(ms)}</time>
        ${msg(str`· event ${countWord(event.global_position)}`)}
      </p>
      <div class="actions">
        <button
          type="button"
          class="button"
          @click=${() => this.dispatchEvent(new LookThenEvent(event.recorded_at))}
        >
          ${msg('State at this moment')}
        </button>
        ${this.#credits(event)}
      </div>
      ${this.#changed()} ${this.#why(event)} ${this.#only(event)} ${this.#data(event)}`;
  }

  #credits({ data, actor, recorded_at }: RecordedEvent): TemplateResult | typeof nothing {
    // What Encore did by itself is a part of what somebody asked for.
    const ids = [data['user_id'], actor, ...this.chain.map((one) => one.actor)];
    const id = ids.find((one) => typeof one === 'string' && this.people.has(one));
    if (typeof id !== 'string') return nothing;
    const at = encodeURIComponent(recorded_at);
    const href =
      id === this.me ? `/credits?at=${at}` : `/people/${encodeURIComponent(id)}?at=${at}`;
    const whose =
      id === this.me ? msg('Your credits then') : msg(str`${this.names.person(id)}’s credits then`);
    return html`<a class="button" href=${href}>${whose}</a>`;
  }

  #changed(): TemplateResult | typeof nothing {
    if (this.changes.length === 0) return nothing;
    return html`<h3 id="changed">${msg('Before and after')}</h3>
      <dl class="changes" aria-labelledby="changed">
        ${this.changes.map(
          ({ what, before, after }) =>
            html`<div class="change">
              <dt>${what}</dt>
              <dd>
                <del>${before ?? msg('not set')}</del><span aria-hidden="true">→</span
                ><ins
                  ><span class="sr-only">${msg('then', { id: 'inspector.then' })} </span
                  >${after}</ins
                >
              </dd>
            </div>`,
        )}
      </dl>`;
  }

  #why(event: RecordedEvent): TemplateResult {
    const { chain } = this;
    if (chain.length === 1) {
      return html`<h3>${msg('Why')}</h3>
        <p class="note">${msg('Nothing led to it and nothing came of it: it stands alone.')}</p>`;
    }
    const at = chain.findIndex((one) => one.event_id === event.event_id);
    const from = this.all ? 0 : Math.max(0, at - causesBefore);
    const shown = this.all ? chain : chain.slice(from, at + causesAfter);
    return html`<h3 id="why">${msg('Why, from its first cause on')}</h3>
      <ol class="chain" aria-labelledby="why">
        ${shown.map((one, index) => this.#cause(one, chain[from + index - 1]))}
      </ol>
      ${
        shown.length < chain.length
          ? html`<p class="note">
              <button type="button" class="button" @click=${() => (this.all = true)}>
                ${msg(str`Show all ${countWord(chain.length)}`)}
              </button>
            </p>`
          : nothing
      }`;
  }

  #cause(one: Cause, before: Cause | undefined): TemplateResult {
    const here = one.event_id === this.eventId;
    const gap = before ? one.after_ms - before.after_ms : null;
    return html`<li class=${here ? 'here' : ''}>
      <button
        type="button"
        aria-current=${here ? 'true' : nothing}
        @click=${() => this.dispatchEvent(new EventPickedEvent(one.event_id))}
      >
        <span>${sentenceFor(one, this.names)}</span>
        <time>${gap === null ? originWords(one.origin) : afterWord(gap)}</time>
      </button>
    </li>`;
  }

  #only({ stream, type, actor, correlation_id }: RecordedEvent): TemplateResult {
    const only = (filter: FilterName, value: string, words: string): TemplateResult =>
      html`<button type="button" @click=${() => this.dispatchEvent(new NarrowEvent(filter, value))}>
        ${words}
      </button>`;
    return html`<h3 id="only">${msg('Show only')}</h3>
      <div class="only" role="group" aria-labelledby="only">
        ${only('correlation', correlation_id, msg('What came of the same request'))}
        ${only('stream', stream, msg('The history of this thing'))}
        ${only('type', type, msg(str`“${typeWords(type)}”`))}
        ${only('actor', actor, msg(str`What ${this.names.person(actor)} did`))}
      </div>`;
  }

  #data(event: RecordedEvent): TemplateResult {
    return html`<details>
      <summary>${msg('Everything in it')}</summary>
      <pre tabindex="0" aria-label=${msg('Data')}>${JSON.stringify(event.data, null, 2)}</pre>
      <dl class="facts">
        <dt>${msg('Type')}</dt>
        <dd>${msg(str`${event.type}, version ${event.schema_version}`)}</dd>
        <dt>${msg('Stream')}</dt>
        <dd>${msg(str`${event.stream}, event ${countWord(event.stream_position)}`)}</dd>
        <dt>${msg('By')}</dt>
        <dd>${this.names.person(event.actor)}, ${originWords(event.origin)}</dd>
        <dt>${msg('Event id')}</dt>
        <dd>${event.event_id}</dd>
        <dt>${msg('Request')}</dt>
        <dd>${event.correlation_id}</dd>
        <dt>${msg('Hash')}</dt>
        <dd>${event.hash}</dd>
      </dl>
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-event-inspector': EncEventInspector;
  }
  interface HTMLElementEventMap {
    'enc-narrow': NarrowEvent;
    'enc-look-then': LookThenEvent;
  }
}
