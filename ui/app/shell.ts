import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { User } from '../../server/users/contract.ts';
import { base } from '../design/base.styles.ts';
import { icons, mark } from '../design/icons.ts';
import { countWord } from '../design/words.ts';
import type { Place } from './router.ts';
import { shellStyles } from './shell.styles.ts';
import './user-menu.ts';

type Destination = {
  place: Place;
  href: string;
  label: string;
  icon: TemplateResult;
  /** Shown at the end of the row; null while it is not known. */
  count: number | null;
};

/**
 * The frame around every screen: where one can go, who is here, and the places of queue and player.
 *
 * @slot - the screen
 * @slot queue - right of it, on wide screens
 * @slot player - below everything
 */
@customElement('enc-shell')
export class EncShell extends LitElement {
  static override readonly styles = [base, shellStyles];

  @property({ attribute: false }) user: User | null = null;
  @property() place: Place = 'sounds';
  /** "1,237 credits"; empty while that is not known. */
  @property() credits = '';
  @property({ attribute: false }) sounds: number | null = null;
  @query('main') private readonly main!: HTMLElement;

  override render(): TemplateResult {
    return html`<button type="button" class="skip" @click=${() => this.main.focus()}>
        Skip to the ${this.place}
      </button>
      <nav aria-label="Main">
        <a class="brand" href="/" aria-label="Encore"
          >${mark(30)}<span class="word">Encore</span></a
        >
        ${this.#destinations().map((one) => this.#link(one))}
        <div class="rest"></div>
        <enc-user-menu class="block" .user=${this.user} credits=${this.credits}></enc-user-menu>
        <enc-user-menu
          class="avatar"
          small
          .user=${this.user}
          credits=${this.credits}
        ></enc-user-menu>
      </nav>
      <main tabindex="-1"><slot></slot></main>
      <slot name="queue"></slot>
      <slot name="player"></slot>`;
  }

  /** For who has come to another screen, by keyboard or by ear. */
  focusMain(): void {
    this.main.focus({ preventScroll: true });
  }

  #destinations(): Destination[] {
    return [
      { place: 'sounds', href: '/', label: 'Sounds', icon: icons.sounds, count: this.sounds },
      { place: 'credits', href: '/credits', label: 'Credits', icon: icons.credits, count: null },
    ];
  }

  #link({ place, href, label, icon, count }: Destination): TemplateResult {
    return html`<a
      class="place"
      href=${href}
      aria-current=${place === this.place ? 'page' : nothing}
      title=${label}
    >
      ${icon}<span class="word">${label}</span>
      ${count === null ? nothing : html`<span class="count word">${countWord(count)}</span>`}
    </a>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-shell': EncShell;
  }
}
