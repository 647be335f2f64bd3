import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { User } from '../../server/users/contract.ts';
import { base } from '../design/base.styles.ts';
import { icons, mark } from '../design/icons.ts';
import { InTurn } from '../design/in-turn.ts';
import { countWord } from '../design/words.ts';
import { places, placesIn, type Place } from './places.ts';
import { shellStyles } from './shell.styles.ts';
import './user-menu.ts';

/** The phone's bar has room for four of the first list and More. */
const tabsMax = 4;

/**
 * The frame around every screen: where one can go, who is here, and the places of queue and player.
 *
 * @slot - the screen
 * @slot strip - above it, on phones
 * @slot quiet - in the navigation, on wider screens
 * @slot floor - over its lower edge
 * @slot queue - right of it, on wide screens
 * @slot player - below everything
 */
@customElement('enc-shell')
export class EncShell extends InTurn {
  static override readonly styles = [base, shellStyles];

  @property({ attribute: false }) user: User | null = null;
  @property() place: Place = 'sounds';
  /** "1,237 credits"; empty while that is not known. */
  @property() credits = '';
  /** How many of them there are, where that is known. */
  @property({ attribute: false }) counts: Readonly<Partial<Record<Place, number>>> = {};
  /** How many are under way there, where some are. */
  @property({ attribute: false }) busy: Readonly<Partial<Record<Place, number>>> = {};
  @query('main') private readonly main!: HTMLElement;

  override render(): TemplateResult {
    const role = this.user?.role ?? 'guest';
    const main = placesIn('main', role);
    const house = placesIn('house', role);
    const account = placesIn('account', role);
    return html`<button type="button" class="skip" @click=${() => this.main.focus()}>
        ${msg(str`Skip to: ${places[this.place].label}`)}
      </button>
      <nav aria-label=${msg('Main')}>
        <a class="brand" href="/" aria-label="Encore"
          >${mark(30)}<span class="word">Encore</span></a
        >
        ${main.map((place, at) => this.#link(place, at >= tabsMax))}
        ${house.length > 0 ? html`<h2 class="word">${msg('House')}</h2>` : nothing}
        ${house.map((place) => this.#link(place, true))}
        <div class="rest"></div>
        <slot name="quiet"></slot>
        <enc-user-menu
          class="block"
          .user=${this.user}
          credits=${this.credits}
          place=${this.place}
          .places=${account}
        ></enc-user-menu>
        <enc-user-menu
          class="avatar"
          look="avatar"
          .user=${this.user}
          credits=${this.credits}
          place=${this.place}
          .places=${account}
        ></enc-user-menu>
        <enc-user-menu
          class="more"
          look="tab"
          .user=${this.user}
          credits=${this.credits}
          place=${this.place}
          .places=${[...main.slice(tabsMax), ...house, ...account]}
        ></enc-user-menu>
      </nav>
      <main tabindex="-1"><slot name="strip"></slot><slot></slot><slot name="floor"></slot></main>
      <slot name="queue"></slot>
      <slot name="player"></slot>`;
  }

  /** For who has come to another screen, by keyboard or by ear. */
  focusMain(): void {
    this.main.focus({ preventScroll: true });
  }

  #link(place: Place, beyondTabs: boolean): TemplateResult {
    const { href, label } = places[place];
    const count = this.counts[place];
    const busy = this.busy[place];
    return html`<a
      class=${beyondTabs ? 'place beyond' : 'place'}
      href=${href}
      aria-current=${place === this.place ? 'page' : nothing}
      title=${label}
    >
      ${icons[place]}<span class="word">${label}</span>
      ${count === undefined ? nothing : html`<span class="count word">${countWord(count)}</span>`}
      ${busy ? html`<span class="busy">${busy}<span class="sr-only"> ${msg('under way')}</span></span>` : nothing}
    </a>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-shell': EncShell;
  }
}
