import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { base } from '../design/base.styles.ts';
import { icons } from '../design/icons.ts';
import { countWord } from '../design/words.ts';
import { searchFieldStyles } from './search-field.styles.ts';

/** The words to look for changed. */
export class SearchEvent extends Event {
  readonly query: string;

  constructor(value: string) {
    super('enc-search', { bubbles: true, composed: true });
    this.query = value;
  }
}

/** Enter plays the first hit, arrow down goes to the pads. */
export class SearchDoneEvent extends Event {
  readonly to: 'play' | 'pads';

  constructor(to: 'play' | 'pads') {
    super('enc-search-done', { bubbles: true, composed: true });
    this.to = to;
  }
}

/**
 * @event {SearchEvent} enc-search - at every keystroke
 * @event {SearchDoneEvent} enc-search-done - Enter or arrow down
 */
@customElement('enc-search-field')
export class EncSearchField extends LitElement {
  static override readonly styles = [base, searchFieldStyles];

  @property() value = '';
  /** Sounds in the library; null while it is not known. */
  @property({ attribute: false }) total: number | null = null;
  /** Sounds that fit; null when nothing is looked for. */
  @property({ attribute: false }) found: number | null = null;
  @query('input') private readonly input!: HTMLInputElement;

  override focus(): void {
    this.input.focus();
    this.input.select();
  }

  override render(): TemplateResult {
    const hint =
      this.total === null ? msg('Search') : msg(str`Search ${countWord(this.total)} sounds`);
    return html`<label class="field">
        ${icons.search}
        <input
          type="search"
          inputmode="search"
          enterkeyhint="search"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          aria-label=${msg('Search sounds')}
          aria-keyshortcuts="/ Control+K"
          placeholder=${hint}
          .value=${live(this.value)}
          @input=${this.#onInput}
          @keydown=${this.#onKeyDown}
        />
        ${
          this.found === null
            ? html`<kbd class="hint" aria-hidden="true">/</kbd>`
            : html`<span class="found" aria-hidden="true"
                >${msg(str`${countWord(this.found)} found`)}</span
              >`
        } </label
      ><span class="frame"></span>${
        this.value
          ? html`<button
              type="button"
              class="clear"
              aria-label=${msg('Clear the search')}
              @click=${this.#clear}
            >
              ${icons.close}
            </button>`
          : nothing
      }`;
  }

  readonly #onInput = (): void => {
    this.dispatchEvent(new SearchEvent(this.input.value));
  };

  readonly #clear = (): void => {
    this.dispatchEvent(new SearchEvent(''));
    this.input.focus();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter') this.dispatchEvent(new SearchDoneEvent('play'));
    else if (event.key === 'ArrowDown') this.dispatchEvent(new SearchDoneEvent('pads'));
    else return;
    event.preventDefault();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-search-field': EncSearchField;
  }
  interface HTMLElementEventMap {
    'enc-search': SearchEvent;
    'enc-search-done': SearchDoneEvent;
  }
}
