import { msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import type { ToastAction, ToastEvent, ToastLink, ToastTone } from '../design/toast-event.ts';
import { toastStyles } from './toasts.styles.ts';

type Toast = { id: number; text: string; way: ToastEvent['way']; tone: ToastTone };

const shownMs = 6_000;
const most = 3;

/**
 * Sentences that come and go above the page. The same sentence twice shows once, and none goes
 * while it is pointed at or holds the focus. Who dismisses one from the keyboard is on the next one
 * then, or where they were before.
 */
@customElement('enc-toasts')
export class EncToasts extends LitElement {
  static override readonly styles = [base, buttons, toastStyles];

  @state() private toasts: readonly Toast[] = [];
  #nextId = 0;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  /** What had the focus before a toast got it. */
  #before: HTMLElement | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('focusin', this.#onFocusIn);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('focusin', this.#onFocusIn);
  }

  show(text: string, way: ToastEvent['way'] = null, tone: ToastTone = 'alert'): void {
    // What can be taken back is each time something else.
    const undo = way !== null && 'run' in way;
    const same = undo ? undefined : this.toasts.find((toast) => toast.text === text);
    // One that is held goes on being held.
    if (same && !this.#timers.has(same.id)) return;
    const toast = same ?? { id: this.#nextId++, text, way, tone };
    if (!same) this.toasts = [...this.#room(), toast];
    this.#start(toast.id);
  }

  override render(): TemplateResult {
    return html`<div role="log" aria-live="assertive" aria-label=${msg('Messages')}>
      ${repeat(
        this.toasts,
        (toast) => toast.id,
        (toast) => {
          const hold = (): void => this.#hold(toast.id);
          const release = (event: Event): void => this.#release(toast.id, event);
          return html`<div
            class="toast ${toast.tone}"
            data-id=${toast.id}
            @pointerenter=${hold}
            @pointerleave=${release}
            @focusin=${hold}
            @focusout=${release}
          >
            ${toast.tone === 'done' ? icons.check : icons.alert}<span
              >${toast.text}${this.#link(toast)}</span
            >
            ${this.#action(toast)}
            <button
              type="button"
              class="icon-button"
              aria-label=${msg('Dismiss')}
              @click=${() => this.#remove(toast.id)}
            >
              ${icons.close}
            </button>
          </div>`;
        },
      )}
    </div>`;
  }

  #link({ id, way }: Toast): TemplateResult | typeof nothing {
    if (!way || !isLink(way)) return nothing;
    // Who follows it has read it. Later, because a link that is gone leads nowhere.
    const followed = (): void => void setTimeout(() => this.#remove(id));
    return html` <a href=${way.href} @click=${followed}>${way.label}</a>`;
  }

  #action({ id, way }: Toast): TemplateResult | typeof nothing {
    if (!way || isLink(way)) return nothing;
    const done = (): void => {
      this.#remove(id);
      way.run();
    };
    return html`<button type="button" class="action" @click=${done}>${way.label}</button>`;
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
    if (this.toasts.some(({ id: one, way }) => one === id && way && 'stays' in way)) return;
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
    const at = this.toasts.findIndex((toast) => toast.id === id);
    const gone = this.renderRoot.querySelector(`[data-id="${id}"]`);
    const focused = gone?.matches(':focus-within') ?? false;
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
    if (focused) this.#moveFocus(this.toasts[at] ?? this.toasts.at(-1));
  }

  #moveFocus(next: Toast | undefined): void {
    const button = next && this.renderRoot.querySelector(`[data-id="${next.id}"] .icon-button`);
    if (button instanceof HTMLElement) button.focus();
    else if (this.#before?.isConnected) this.#before.focus({ preventScroll: true });
  }

  readonly #onFocusIn = (event: Event): void => {
    const path = event.composedPath();
    if (path[0] instanceof HTMLElement && !path.includes(this)) this.#before = path[0];
  };
}

const isLink = (way: ToastLink | ToastAction): way is ToastLink => 'href' in way;

declare global {
  interface HTMLElementTagNameMap {
    'enc-toasts': EncToasts;
  }
}
