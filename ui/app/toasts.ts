import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import type { Tone } from '../design/toast-event.ts';
import { toastStyles } from './toasts.styles.ts';

type Toast = { id: number; text: string; tone: Tone };

const shownMs = 6_000;
const most = 3;

/** Sentences that come and go above the page. The same sentence twice shows once. */
@customElement('enc-toasts')
export class EncToasts extends LitElement {
  static override readonly styles = [base, buttons, toastStyles];

  @state() private toasts: readonly Toast[] = [];
  #nextId = 0;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  show(text: string, tone: Tone): void {
    const same = this.toasts.find((toast) => toast.text === text);
    if (same) return this.#keep(same.id);
    const toast = { id: this.#nextId++, text, tone };
    this.toasts = [...this.toasts, toast].slice(-most);
    this.#keep(toast.id);
  }

  override render(): TemplateResult {
    return html`<div role="log" aria-live="assertive" aria-label="Messages">
      ${repeat(
        this.toasts,
        (toast) => toast.id,
        (toast) =>
          html`<div
            class="toast ${toast.tone}"
            @pointerenter=${() => this.#hold(toast.id)}
            @pointerleave=${() => this.#keep(toast.id)}
          >
            ${toast.tone === 'problem' ? icons.alert : icons.check}<span>${toast.text}</span>
            <button
              type="button"
              class="icon-button"
              aria-label="Dismiss"
              @click=${() => this.#remove(toast.id)}
            >
              ${icons.close}
            </button>
          </div>`,
      )}
    </div>`;
  }

  #keep(id: number): void {
    this.#hold(id);
    this.#timers.set(
      id,
      setTimeout(() => this.#remove(id), shownMs),
    );
  }

  #hold(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  #remove(id: number): void {
    this.#hold(id);
    this.#timers.delete(id);
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-toasts': EncToasts;
  }
}
