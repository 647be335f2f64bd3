import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Role, User } from '../../server/users/contract.ts';
import { base } from '../design/base.styles.ts';
import { icons } from '../design/icons.ts';
import { Watch } from '../design/watch.ts';
import { initialsOf } from '../design/words.ts';
import { theme, themes, type Theme } from '../design/theme.ts';
import { userMenuStyles } from './user-menu.styles.ts';

/** Something chosen in the menu that the page carries out. */
export class MenuEvent extends Event {
  readonly choice: 'sign-out' | 'shortcuts';

  constructor(choice: 'sign-out' | 'shortcuts') {
    super('enc-menu', { bubbles: true, composed: true });
    this.choice = choice;
  }
}

const roleWords: Record<Role, string> = { admin: 'Administrator', user: 'Member', guest: 'Guest' };
const themeWords: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };
const themeIcons = { system: icons.system, light: icons.sun, dark: icons.moon };

/**
 * Who is signed in, and what they can do about it.
 *
 * @event {MenuEvent} enc-menu - an entry was chosen
 */
@customElement('enc-user-menu')
export class EncUserMenu extends LitElement {
  static override readonly styles = [base, userMenuStyles];

  @property({ attribute: false }) user: User | null = null;
  /** "1,237 credits"; empty while that is not known. */
  @property() credits = '';
  /** The avatar alone, without the name beside it. */
  @property({ type: Boolean, reflect: true }) small = false;
  @query('#menu') private readonly menu!: HTMLElement;

  constructor() {
    super();
    this.addController(new Watch(this, () => void theme.value));
  }

  override render(): TemplateResult | typeof nothing {
    const { user } = this;
    if (!user) return nothing;
    return html`<button type="button" class="who" popovertarget="menu" aria-haspopup="dialog">
        ${this.#avatar(user)}
        ${this.small ? html`<span class="sr-only">${user.name}</span>` : this.#names(user)}
        <span class="sr-only">, account menu</span>
      </button>
      <div id="menu" popover role="dialog" aria-label="Account" @toggle=${this.#onToggle}>
        <div class="head">${this.#avatar(user)} ${this.#names(user)}</div>
        <fieldset>
          <legend>Theme</legend>
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
        <button type="button" class="entry keyboard" @click=${() => this.#choose('shortcuts')}>
          ${icons.keyboard}Keyboard<kbd aria-hidden="true">?</kbd>
        </button>
        <button type="button" class="entry" @click=${() => this.#choose('sign-out')}>
          ${icons.signOut}Sign out
        </button>
      </div>`;
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

  readonly #onToggle = (event: ToggleEvent): void => {
    // With the focus inside, Escape is the menu's own and does not stop the sounds.
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
