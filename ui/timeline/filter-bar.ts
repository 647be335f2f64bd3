import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { momentWord } from '../credits/moments.ts';
import { base } from '../design/base.styles.ts';
import { icons } from '../design/icons.ts';
import { kinds, knownTypes, kindOf, typeWords, type Kind } from './event-words.ts';
import { filterBarStyles } from './filter-bar.styles.ts';
import { heldBy, type Filter, type FilterName } from './filter.ts';
import type { Names } from './names.ts';
import { timelineIcons } from './timeline-icons.ts';

/** Something else is asked for of the log; null: no longer by this. */
export class FilterEvent extends Event {
  readonly filter: FilterName | 'text';
  readonly value: string | null;

  constructor(filter: FilterName | 'text', value: string | null) {
    super('enc-filter', { bubbles: true, composed: true });
    this.filter = filter;
    this.value = value;
  }
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

/** As `datetime-local` wants it, in the time of this device. */
const localTime = (iso: string | null): string => {
  if (iso === null) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/**
 * Words, kind, person, and behind a button time, type, stream and request.
 *
 * @event {FilterEvent} enc-filter - something was chosen or dropped
 */
@customElement('enc-log-filter')
export class EncLogFilter extends LitElement {
  static override readonly styles = [base, filterBarStyles];

  @property({ attribute: false }) filter!: Filter;
  @property({ attribute: false }) names!: Names;
  /** User id → name. */
  @property({ attribute: false }) people: ReadonlyMap<string, string> = new Map();
  @state() private open = false;

  override focus(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  override render(): TemplateResult {
    const { text, kind, actor } = this.filter;
    return html`<div class="bar" role="search" aria-label=${msg('The log')}>
        <label class="search"
          >${icons.search}<input
            type="search"
            aria-label=${msg('Search what happened')}
            placeholder=${msg('Search what happened')}
            .value=${text}
            @input=${(event: Event) => this.#ask('text', valueOf(event))}
            @keydown=${this.#onKeyDown}
        /></label>
        ${this.#select(msg('Kind'), 'kind', kind, [['', msg('Everything')], ...Object.entries(kinds)])}
        ${this.#select(msg('Who'), 'actor', actor, [
          ['', msg('Anybody')],
          ...this.people,
          ...['system', 'binding', 'schedule'].map((id) => [id, this.names.person(id)] as const),
        ])}
        <button
          type="button"
          class="more"
          aria-expanded=${this.open ? 'true' : 'false'}
          aria-controls="more"
          @click=${this.#toggle}
        >
          <span>${msg('More')}<span class="word"> ${msg('filters')}</span></span
          >${timelineIcons.down}
        </button>
      </div>
      <div id="more" class="fields" ?hidden=${!this.open}>
        ${this.open ? this.#more() : nothing}
      </div>
      ${this.#held()}`;
  }

  #select(
    label: string,
    name: FilterName,
    value: string | null,
    options: readonly (readonly [string, string])[],
  ): TemplateResult {
    return html`<label class="pick"
      ><select aria-label=${label} @change=${(event: Event) => this.#ask(name, valueOf(event))}>
        ${options.map(
          ([id, words]) =>
            html`<option value=${id} ?selected=${id === (value ?? '')}>${words}</option>`,
        )}</select
      >${timelineIcons.down}</label
    >`;
  }

  #more(): TemplateResult {
    const { type, from, to, stream, correlation } = this.filter;
    const types = (kind: Kind): string[] => knownTypes.filter((one) => kindOf(one) === kind);
    const when = (name: 'from' | 'to', label: string, value: string | null): TemplateResult =>
      html`<label class="field"
        >${label}<input
          type="datetime-local"
          .value=${localTime(value)}
          @change=${(event: Event) => this.#time(name, valueOf(event))}
      /></label>`;
    const id = (name: 'stream' | 'correlation', label: string, value: string | null) =>
      html`<label class="field"
        >${label}<input
          type="text"
          spellcheck="false"
          autocomplete="off"
          .value=${value ?? ''}
          @change=${(event: Event) => this.#ask(name, valueOf(event).trim())}
      /></label>`;
    return html`<label class="field"
        >${msg('Type')}
        <select @change=${(event: Event) => this.#ask('type', valueOf(event))}>
          <option value="">${msg('Any type')}</option>
          ${(Object.keys(kinds) as Kind[]).map(
            (kind) =>
              html`<optgroup label=${kinds[kind]}>
                ${types(kind).map(
                  (one) =>
                    html`<option value=${one} ?selected=${one === type}>${typeWords(one)}</option>`,
                )}
              </optgroup>`,
          )}
        </select></label
      >
      ${when('from', msg('From'), from)} ${when('to', msg('Until'), to)}
      ${id('stream', msg('Stream'), stream)} ${id('correlation', msg('Request'), correlation)}`;
  }

  /** Each part that holds, to be dropped by a press. */
  #held(): TemplateResult | typeof nothing {
    const held = heldBy(this.filter);
    if (held.length === 0) return nothing;
    return html`<ul class="held" aria-label=${msg('Filters')}>
      ${held.map((name) => {
        const words = this.#words(name);
        return html`<li>
          <button
            type="button"
            class="chip"
            aria-label=${msg(str`Drop: ${words}`)}
            @click=${() => this.#ask(name, null)}
          >
            ${words}${timelineIcons.drop}
          </button>
        </li>`;
      })}
    </ul>`;
  }

  #words(name: FilterName): string {
    const value = this.filter[name] ?? '';
    switch (name) {
      case 'kind':
        return kinds[value as Kind];
      case 'type':
        return typeWords(value);
      case 'actor':
        return msg(str`By ${this.names.person(value)}`);
      case 'stream':
        return msg(str`Only ${value.length > 24 ? `${value.slice(0, 22)}…` : value}`);
      case 'correlation':
        return msg('One request');
      case 'from':
        return msg(str`From ${momentWord(Date.parse(value))}`);
      case 'to':
        return msg(str`Until ${momentWord(Date.parse(value))}`);
    }
  }

  readonly #toggle = (): void => {
    this.open = !this.open;
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.filter.text === '') return;
    event.preventDefault();
    event.stopPropagation();
    this.#ask('text', null);
  };

  #time(name: 'from' | 'to', local: string): void {
    const ms = Date.parse(local);
    this.#ask(name, Number.isNaN(ms) ? null : new Date(ms).toISOString());
  }

  #ask(filter: FilterName | 'text', value: string | null): void {
    this.dispatchEvent(new FilterEvent(filter, value === '' ? null : value));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-log-filter': EncLogFilter;
  }
  interface HTMLElementEventMap {
    'enc-filter': FilterEvent;
  }
}
