import { msg } from '@lit/localize';
import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import lock from 'lucide-static/icons/lock.svg?raw';
import { base } from '../design/base.styles.ts';
import { icon } from '../design/icon.ts';

const holdMs = 3_000;
const hintMs = 4_000;
const lockIcon = icon(lock, 20);

/** The corner was held long enough. */
export class HeldEvent extends Event {
  constructor() {
    super('enc-held', { bubbles: true, composed: true });
  }
}

const presses = (event: KeyboardEvent): boolean => event.key === 'Enter' || event.key === ' ';

/**
 * A button that wants to be held for 3 seconds, by finger or by key. Who presses it by means of
 * their own, such as a screen reader, cannot hold and need not.
 *
 * @event {HeldEvent} enc-held - it was held
 */
@customElement('enc-hold-corner')
export class EncHoldCorner extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 12px;
      }

      button {
        position: relative;
        display: grid;
        flex: none;
        place-items: center;
        inline-size: 56px;
        block-size: 56px;
        padding: 0;
        border: 0;
        border-radius: 50%;
        background: none;
        color: var(--text-3);
        cursor: pointer;
        touch-action: none;
        user-select: none;
      }

      .ring {
        position: absolute;
        inset: 4px;
        fill: none;
        stroke: var(--line);
        stroke-width: 3;
        transform: rotate(-90deg);
      }

      .fill {
        stroke: var(--accent);
        stroke-dasharray: 100;
        stroke-dashoffset: 100;
      }

      .holding {
        color: var(--text-1);
      }

      .holding .fill {
        stroke-dashoffset: 0;
        transition: stroke-dashoffset 3s linear;
      }

      .hint {
        color: var(--text-2);
        font-size: 13px;
      }

      .hint:empty {
        display: none;
      }

      @media (forced-colors: active) {
        .fill {
          stroke: Highlight;
        }
      }
    `,
  ];

  @state() private holding = false;
  @state() private hint = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hintTimer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.holding = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#hintTimer);
  }

  override render(): TemplateResult {
    return html`<button
        type="button"
        class=${this.holding ? 'holding' : ''}
        aria-label=${msg('Locked. Hold for 3 seconds to unlock')}
        @pointerdown=${this.#onDown}
        @pointerup=${this.#drop}
        @pointercancel=${this.#drop}
        @keydown=${this.#onKeyDown}
        @keyup=${(event: KeyboardEvent) => presses(event) && this.#drop()}
        @blur=${this.#drop}
        @click=${this.#onClick}
        @contextmenu=${(event: Event) => event.preventDefault()}
      >
        <svg class="ring" viewBox="0 0 48 48" aria-hidden="true">
          ${['', 'fill'].map(
            (part) => svg`<circle class=${part} cx="24" cy="24" r="22" pathLength="100"></circle>`,
          )}
        </svg>
        ${lockIcon}
      </button>
      <span class="hint" role="status">${this.hint}</span>`;
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !event.isPrimary) return;
    // A finger that slides off still holds.
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#hold();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (!presses(event)) return;
    event.preventDefault();
    if (!event.repeat) this.#hold();
  };

  readonly #onClick = (event: MouseEvent): void => {
    // Pointers tell how often they clicked, and keys make no clicks here.
    if (event.detail === 0) this.#held();
  };

  #hold(): void {
    this.holding = true;
    this.#say(msg('Keep holding…'));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#held(), holdMs);
  }

  #held(): void {
    this.#stop();
    this.#say('');
    this.dispatchEvent(new HeldEvent());
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.holding = false;
  }

  readonly #drop = (): void => {
    if (!this.holding) return;
    this.#stop();
    this.#say(msg('Hold for 3 seconds to unlock.'));
  };

  #say(hint: string): void {
    this.hint = hint;
    clearTimeout(this.#hintTimer);
    this.#hintTimer = setTimeout(() => (this.hint = ''), hintMs);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-hold-corner': EncHoldCorner;
  }
  interface HTMLElementEventMap {
    'enc-held': HeldEvent;
  }
}
