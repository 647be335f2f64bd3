import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../design/base.styles.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { icons } from '../design/icons.ts';
import { capitalised, countWord } from '../design/words.ts';
import { densities, type Density } from './density.ts';
import { filterBarStyles } from './filter-bar.styles.ts';
import { hueOfTag } from './hue-of.ts';
import { typeLooks } from './pad-look.ts';
import { sameFilter, sortLabels, sorts, type Facets, type Filter, type Sort } from './sounds.ts';

/** Another choice of what the board shows, and how. */
export class ViewEvent extends Event {
  readonly change: { filter: Filter } | { sort: Sort } | { density: Density };

  constructor(change: ViewEvent['change']) {
    super('enc-view', { bubbles: true, composed: true });
    this.change = change;
  }
}

const densityLabels: Record<Density, string> = {
  compact: msg('Compact pads'),
  comfortable: msg('Comfortable pads'),
  large: msg('Large pads'),
};

/** @event {ViewEvent} enc-view - a chip, the order or the size of the pads was chosen */
@customElement('enc-filter-bar')
export class EncFilterBar extends LitElement {
  static override readonly styles = [base, hueClasses, filterBarStyles];

  @property({ attribute: false }) facets: Facets = { types: [], tags: [] };
  /** How many sounds are favourites. */
  @property({ type: Number }) favourites = 0;
  @property({ attribute: false }) filter: Filter = null;
  @property() sort: Sort = 'plays';
  @property() density: Density = 'comfortable';

  override render(): TemplateResult {
    const { types, tags } = this.facets;
    return html`<div class="chips" role="group" aria-label=${msg('Show only')}>
        ${
          types.length > 0
            ? html`${this.#chip({ kind: 'favourites' }, html`${icons.heart}${msg('Favourites')}`, this.favourites)}<span
                  class="rule"
                ></span>`
            : nothing
        }
        ${types.map(([type, count]) =>
          this.#chip(
            { kind: 'type', type },
            html`${typeLooks[type].chip}${typeLooks[type].label}`,
            count,
          ),
        )}
        ${types.length > 0 && tags.length > 0 ? html`<span class="rule"></span>` : nothing}
        ${tags.map(([tag, count]) =>
          this.#chip(
            { kind: 'tag', tag },
            html`<span class="tag-dot hue-${hueOfTag(tag)}"></span>${capitalised(tag)}`,
            count,
          ),
        )}
      </div>
      <div class="tools">
        <label class="sort">
          ${icons.sort}<span class="sr-only">${msg('Sort by')}</span>
          <select @change=${this.#onSort}>
            ${sorts.map(
              (sort) =>
                html`<option value=${sort} ?selected=${sort === this.sort}>
                  ${sortLabels[sort]}
                </option>`,
            )}
          </select>
        </label>
        <div class="densities" role="group" aria-label=${msg('Size of the pads')}>
          ${densities.map(
            (density) =>
              html`<button
                type="button"
                aria-pressed=${density === this.density}
                aria-label=${densityLabels[density]}
                title=${densityLabels[density]}
                @click=${() => this.#choose({ density })}
              >
                ${icons[density]}
              </button>`,
          )}
        </div>
      </div>`;
  }

  #chip(filter: Filter, content: TemplateResult, count: number): TemplateResult {
    const on = sameFilter(filter, this.filter);
    return html`<button
      type="button"
      class="chip"
      aria-pressed=${on}
      title=${count === 1 ? msg('1 sound') : msg(str`${countWord(count)} sounds`)}
      @click=${() => this.#choose({ filter: on ? null : filter })}
    >
      ${content}${on ? html`<span class="count">${countWord(count)}</span>` : nothing}
    </button>`;
  }

  #choose(change: ViewEvent['change']): void {
    this.dispatchEvent(new ViewEvent(change));
  }

  readonly #onSort = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    const sort = sorts.find((one) => one === value);
    if (sort) this.#choose({ sort });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-filter-bar': EncFilterBar;
  }
  interface HTMLElementEventMap {
    'enc-view': ViewEvent;
  }
}
