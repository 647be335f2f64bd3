import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Role, User } from '../../server/users/contract.ts';
import { base } from '../design/base.styles.ts';
import { icons } from '../design/icons.ts';
import { InTurn } from '../design/in-turn.ts';
import { setLayer } from '../design/keys.ts';
import { Watch } from '../design/watch.ts';
import { initialsOf } from '../design/words.ts';
import { theme, themes, type Theme } from '../design/theme.ts';
import {
  chooseLanguage,
  languageChoice,
  languageChoices,
  languageNames,
} from '../languages/language.ts';
import { places, type Place } from './places.ts';
import { userMenuStyles } from './user-menu.styles.ts';

/** Something chosen in the menu that the page carries out. */
export class MenuEvent extends Event {
  readonly choice: 'sign-out' | 'shortcuts';

  constructor(choice: 'sign-out' | 'shortcuts') {
    super('enc-menu', { bubbles: true, composed: true });
    this.choice = choice;
  }
}

const roleWords: Record<Role, string> = {
  admin: msg('Administrator'),
  user: msg('Member'),
  guest: msg('Guest'),
};
const themeWords: Record<Theme, string> = {
  system: msg('System'),
  light: msg('Light'),
  dark: msg('Dark'),
};
const themeIcons = { system: icons.system, light: icons.sun, dark: icons.moon };

/**
 * Who is signed in, and what they can do about it.
 *
 * @event {MenuEvent} enc-menu - an entry was chosen
 */
@customElement('enc-user-menu')
export class EncUserMenu extends InTurn {
  static override readonly styles = [base, userMenuStyles];

  @property({ attribute: false }) user: User | null = null;
  /** "1,237 credits"; empty while that is not known. */
  @property() credits = '';
  /** A row with the name, the avatar alone, or a tab of the phone's bar that says More. */
  @property({ reflect: true }) look: 'row' | 'avatar' | 'tab' = 'row';
  /** The screen that is shown. */
  @property() place = '';
  /** Screens that are reached from here. */
  @property({ attribute: false }) places: readonly Place[] = [];
  /** Whether what stands in it was ever asked for. */
  @state() private opened = false;
  @query('#menu') private readonly menu!: HTMLElement;

  constructor() {
    super();
    this.addController(new Watch(this, () => void theme.value));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    setLayer(this, false);
  }

  override render(): TemplateResult | typeof nothing {
    const { user } = this;
    if (!user) return nothing;
    const here = this.places.some((place) => place === this.place);
    return html`<button
        type="button"
        class=${here ? 'who here' : 'who'}
        popovertarget="menu"
        aria-haspopup="dialog"
      >
        ${this.#button(user)}
      </button>
      <div
        id="menu"
        popover
        role="dialog"
        aria-label=${msg('Account')}
        @beforetoggle=${this.#onOpen}
        @toggle=${this.#onToggle}
      >
        ${this.opened ? this.#entries(user) : nothing}
      </div>`;
  }

  #entries(user: User): TemplateResult {
    return html`<div class="head">${this.#avatar(user)} ${this.#names(user)}</div>
      ${this.places.map(
        (place) =>
          html`<a
            class="entry"
            href=${places[place].href}
            aria-current=${place === this.place ? 'page' : nothing}
            @click=${() => this.menu.hidePopover()}
            >${icons[place]}${places[place].label}</a
          >`,
      )}
      <fieldset>
        <legend>${msg('Theme')}</legend>
        ${themes.map(
          (one) =>
            html`<label>
              <input
                type="radio"
                name="theme"
                .checked=${one === theme.value}
                @change=${() => (theme.value = one)}
              />${themeIcons[one]}<span>${themeWords[one]}</span>
            </label>`,
        )}
      </fieldset>
      <fieldset class="languages">
        <legend>${msg('Language')}</legend>
        ${languageChoices.map(
          (one) =>
            html`<button
              type="button"
              lang=${one === 'system' ? nothing : one}
              aria-pressed=${one === languageChoice() ? 'true' : 'false'}
              @click=${() => chooseLanguage(one)}
            >
              ${one === 'system' ? themeWords.system : languageNames[one]}
            </button>`,
        )}
      </fieldset>
      <button type="button" class="entry keyboard" @click=${() => this.#choose('shortcuts')}>
        ${icons.keyboard}${msg('Keyboard')}<kbd aria-hidden="true">?</kbd>
      </button>
      <button type="button" class="entry" @click=${() => this.#choose('sign-out')}>
        ${icons.signOut}${msg('Sign out')}
      </button>`;
  }

  #button(user: User): TemplateResult {
    if (this.look === 'tab') return html`${icons.more}<span>${msg('More')}</span>`;
    return html`${this.#avatar(user)}
      ${this.look === 'avatar' ? html`<span class="sr-only">${user.name}</span>` : this.#names(user)}
      <span class="sr-only">${msg(', account menu')}</span>`;
  }

  #avatar(user: User): TemplateResult {
    return html`<span class="avatar" data-initials=${initialsOf(user.name)}></span>`;
  }

  #names(user: User): TemplateResult {
    return html`<span class="names">
      <span class="name">${user.name}</span>
      <span class="role">${this.credits || roleWords[user.role]}</span>
    </span>`;
  }

  readonly #onOpen = (): void => {
    this.opened = true;
  };

  readonly #onToggle = (event: ToggleEvent): void => {
    // Escape is the menu's own then, and does not stop the sounds.
    setLayer(this, event.newState === 'open');
    if (event.newState === 'open') this.menu.querySelector<HTMLElement>(':checked')?.focus();
  };

  #choose(choice: MenuEvent['choice']): void {
    this.menu.hidePopover();
    this.dispatchEvent(new MenuEvent(choice));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-user-menu': EncUserMenu;
  }
  interface HTMLElementEventMap {
    'enc-menu': MenuEvent;
  }
}
