import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { User } from '../../server/users/contract.ts';
import { base } from '../design/base.styles.ts';
import { icons, mark } from '../design/icons.ts';
import { countWord } from '../design/words.ts';
import { shellStyles } from './shell.styles.ts';
import './user-menu.ts';

export type Destination = {
  href: string;
  label: string;
  icon: TemplateResult;
  /** Shown at the end of the row; null while it is not known. */
  count: number | null;
};

/** A link to the page that is open already would load all of it again, and lose what was typed. */
const stayHere = (event: MouseEvent): void => {
  const { href } = event.currentTarget as HTMLAnchorElement;
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!elsewhere && href === location.origin + location.pathname) event.preventDefault();
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
  @property({ attribute: false }) sounds: number | null = null;
  @query('main') private readonly main!: HTMLElement;

  override render(): TemplateResult {
    return html`<button type="button" class="skip" @click=${() => this.main.focus()}>
        Skip to the sounds
      </button>
      <nav aria-label="Main">
        <a class="brand" href="/" aria-label="Encore" @click=${stayHere}
          >${mark(30)}<span class="word">Encore</span></a
        >
        ${this.#destinations().map((one) => this.#link(one))}
        <div class="rest"></div>
        <enc-user-menu class="block" .user=${this.user}></enc-user-menu>
        <enc-user-menu class="avatar" small .user=${this.user}></enc-user-menu>
      </nav>
      <main tabindex="-1"><slot></slot></main>
      <slot name="queue"></slot>
      <slot name="player"></slot>`;
  }

  #destinations(): Destination[] {
    return [{ href: '/', label: 'Sounds', icon: icons.sounds, count: this.sounds }];
  }

  #link({ href, label, icon, count }: Destination): TemplateResult {
    return html`<a class="place" href=${href} aria-current="page" title=${label} @click=${stayHere}>
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
