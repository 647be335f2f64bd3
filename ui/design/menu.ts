import { msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from './base.styles.ts';
import { buttons } from './button.styles.ts';
import { deepActive } from './focus.ts';
import { icons } from './icons.ts';
import { setLayer } from './keys.ts';
import { menuStyles } from './menu.styles.ts';

export type MenuEntry = {
  id: string;
  label: string;
  icon?: TemplateResult;
  /** The key that does the same. */
  key?: string;
  danger?: boolean;
  /** Stays in the list, says why in `label`, and does nothing. */
  disabled?: boolean;
  /** A line above it. */
  rule?: boolean;
  /** One of several, of which one is chosen: whether it is this one. */
  checked?: boolean;
};

/** An entry of a menu was chosen. */
export class MenuChoiceEvent extends Event {
  readonly id: string;

  constructor(id: string) {
    super('enc-menu-choice', { bubbles: true, composed: true });
    this.id = id;
  }
}

const edgePx = 8;
const gapPx = 6;

/**
 * A button with a list of entries, or with `bare` the list alone for `openAt()`, as for a right click.
 * Arrow keys, Home, End and first letters move; Escape closes, and the focus is where it was before.
 *
 * @event {MenuChoiceEvent} enc-menu-choice - an entry was chosen; the menu has closed
 */
@customElement('enc-menu')
export class EncMenu extends LitElement {
  static override readonly styles = [base, buttons, menuStyles];

  /** Says whose menu it is: "More for Kitchen tablet". */
  @property() label = msg('More');
  @property({ attribute: false }) entries: readonly MenuEntry[] = [];
  @property({ type: Boolean }) bare = false;
  @query('[popover]') private readonly list!: HTMLElement;

  #before: HTMLElement | null = null;
  #outside: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#outside?.abort();
    setLayer(this, false);
  }

  /** Opens with its corner at a point of the viewport, or where there is room near it. */
  openAt(x: number, y: number): void {
    this.#open(new DOMRect(x, y, 0, 0));
  }

  override render(): TemplateResult {
    return html`${this.bare ? nothing : this.#button()}
      <div
        popover=${this.bare ? 'manual' : 'auto'}
        role="menu"
        aria-label=${this.label}
        @toggle=${this.#onToggle}
        @keydown=${this.#onKeyDown}
      >
        ${this.entries.map((entry) => this.#entry(entry))}
      </div>`;
  }

  #button(): TemplateResult {
    return html`<button
      type="button"
      class="icon-button"
      aria-haspopup="menu"
      aria-label=${this.label}
      title=${this.label}
      @click=${(event: Event) =>
        this.#open((event.currentTarget as HTMLElement).getBoundingClientRect())}
    >
      ${icons.more}
    </button>`;
  }

  #entry(entry: MenuEntry): TemplateResult {
    const { id, label, icon, key, danger, disabled, rule, checked } = entry;
    return html`${rule ? html`<hr />` : nothing}<button
        type="button"
        role=${checked === undefined ? 'menuitem' : 'menuitemradio'}
        aria-checked=${checked === undefined ? nothing : String(checked)}
        class=${danger ? 'entry danger' : 'entry'}
        tabindex="-1"
        aria-disabled=${disabled ? 'true' : nothing}
        aria-keyshortcuts=${key ?? nothing}
        @click=${() => (disabled ? undefined : this.#choose(id))}
      >
        ${icon ?? nothing}<span>${label}</span>${
          checked ? html`<span class="chosen">${icons.check}</span>` : nothing
        }${key ? html`<kbd aria-hidden="true">${key}</kbd>` : nothing}
      </button>`;
  }

  #open(near: DOMRect): void {
    this.#before = deepActive();
    this.list.showPopover();
    const { offsetWidth: width, offsetHeight: height } = this.list;
    // A point opens to its right; a button lies above the list's right end.
    const wanted = near.width === 0 ? near.left : near.right - width;
    const left = Math.max(edgePx, Math.min(wanted, innerWidth - width - edgePx));
    const below = near.bottom + (near.height === 0 ? 0 : gapPx);
    const fits = below + height <= innerHeight - edgePx;
    const top = fits ? below : Math.max(edgePx, near.top - height - gapPx);
    this.list.style.setProperty('left', `${left}px`);
    this.list.style.setProperty('top', `${top}px`);
    this.#items()[0]?.focus();
    if (this.bare) this.#watchOutside();
  }

  /**
   * A long press opens it under the finger, and lifting the finger would dismiss what the browser
   * dismisses by itself. So a bare menu is left by the next press outside of it.
   */
  #watchOutside(): void {
    this.#outside?.abort();
    const { signal } = (this.#outside = new AbortController());
    const leave = (event: Event): void => {
      if (!event.composedPath().includes(this.list)) this.#close();
    };
    window.addEventListener('pointerdown', leave, { signal, capture: true });
    window.addEventListener('blur', () => this.#close(), { signal });
  }

  /** Of itself a manual popover gives the focus back to nobody. */
  #close(): void {
    const active = this.shadowRoot?.activeElement;
    const inside = active !== null && active !== undefined && this.list.contains(active);
    this.list.hidePopover();
    if (inside && this.#before?.isConnected) this.#before.focus({ preventScroll: true });
  }

  #items(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>('.entry')];
  }

  #choose(id: string): void {
    this.#close();
    this.dispatchEvent(new MenuChoiceEvent(id));
  }

  readonly #onToggle = (event: ToggleEvent): void => {
    const open = event.newState === 'open';
    setLayer(this, open);
    if (open) return;
    this.#outside?.abort();
    const active = this.shadowRoot?.activeElement;
    const lost = deepActive() === null || (active && this.list.contains(active));
    if (lost && this.#before?.isConnected) this.#before.focus({ preventScroll: true });
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const items = this.#items();
    const at = items.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    const to = nextOf(event.key, at, items);
    if (event.key === 'Tab') this.list.hidePopover();
    if (event.key === 'Escape' && this.bare) this.#close();
    if (!to) return;
    event.preventDefault();
    to.focus();
  };
}

const nextOf = (
  key: string,
  at: number,
  items: readonly HTMLElement[],
): HTMLElement | undefined => {
  if (key === 'ArrowDown') return items[(at + 1) % items.length];
  if (key === 'ArrowUp') return items.at(at <= 0 ? -1 : at - 1);
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  const letter = key.toLowerCase();
  const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return after.find((item) => item.textContent.trim().toLowerCase().startsWith(letter));
};

declare global {
  interface HTMLElementTagNameMap {
    'enc-menu': EncMenu;
  }
  interface HTMLElementEventMap {
    'enc-menu-choice': MenuChoiceEvent;
  }
}
