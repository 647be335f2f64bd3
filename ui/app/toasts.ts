import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import type { ToastLink } from '../design/toast-event.ts';
import { toastStyles } from './toasts.styles.ts';

type Toast = { id: number; text: string; link: ToastLink | null };

const shownMs = 6_000;
const most = 3;

/**
 * Sentences that come and go above the page. The same sentence twice shows once, and none goes
 * while it is pointed at or holds the focus.
 */
@customElement('enc-toasts')
export class EncToasts extends LitElement {
  static override readonly styles = [base, buttons, toastStyles];

  @state() private toasts: readonly Toast[] = [];
  #nextId = 0;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  show(text: string, link: ToastLink | null = null): void {
    const same = this.toasts.find((toast) => toast.text === text);
    // One that is held goes on being held.
    if (same && !this.#timers.has(same.id)) return;
    const toast = same ?? { id: this.#nextId++, text, link };
    if (!same) this.toasts = [...this.#room(), toast];
    this.#start(toast.id);
  }

  override render(): TemplateResult {
    return html`<div role="log" aria-live="assertive" aria-label="Messages">
      ${repeat(
        this.toasts,
        (toast) => toast.id,
        (toast) => {
          const hold = (): void => this.#hold(toast.id);
          const release = (event: Event): void => this.#release(toast.id, event);
          return html`<div
            class="toast"
            @pointerenter=${hold}
            @pointerleave=${release}
            @focusin=${hold}
            @focusout=${release}
          >
            ${icons.alert}<span
              >${toast.text}${toast.link ? this.#link(toast.id, toast.link) : nothing}</span
            >
            <button
              type="button"
              class="icon-button"
              aria-label="Dismiss"
              @click=${() => this.#remove(toast.id)}
            >
              ${icons.close}
            </button>
          </div>`;
        },
      )}
    </div>`;
  }

  #link(id: number, { href, label }: ToastLink): TemplateResult {
    // Who follows it has read it. Later, because a link that is gone leads nowhere.
    const followed = (): void => void setTimeout(() => this.#remove(id));
    return html` <a href=${href} @click=${followed}>${label}</a>`;
  }

  /** The toasts that may stay when another comes: the oldest that nobody holds makes room. */
  #room(): readonly Toast[] {
    if (this.toasts.length < most) return this.toasts;
    const oldest = this.toasts.find((toast) => this.#timers.has(toast.id)) ?? this.toasts[0];
    if (oldest) this.#hold(oldest.id);
    return this.toasts.filter((toast) => toast !== oldest);
  }

  #start(id: number): void {
    this.#hold(id);
    this.#timers.set(
      id,
      setTimeout(() => this.#remove(id), shownMs),
    );
  }

  #hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #release(id: number, { type, currentTarget }: Event): void {
    const toast = currentTarget as HTMLElement;
    const held = type === 'focusout' ? ':hover' : ':focus-within';
    if (!toast.matches(held) && this.toasts.some((one) => one.id === id)) this.#start(id);
  }

  #remove(id: number): void {
    this.#hold(id);
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-toasts': EncToasts;
  }
}
