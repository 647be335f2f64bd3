import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { sentenceOf } from '../api/problem.ts';
import type { Library } from '../board/library.ts';
import type { BoardSound } from '../board/sounds.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { attempt } from '../player/attempt.ts';
import type { Boards } from './boards.ts';
import { keyOf, onKey, pinKeys, pinSound, unpinSound } from './pin.ts';

/**
 * Pins a sound to one of the keys 1 to 9, of the board in view or of the person's own; open for as
 * long as it is in the page. The keys themselves choose, too.
 *
 * @event {DialogLeftEvent} enc-dialog-left - it is done, or not wanted
 */
@customElement('enc-pin-dialog')
export class EncPinDialog extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    hueClasses,
    css`
      p {
        margin: 0 0 14px;
        color: var(--text-2);
        font-size: 13px;
      }

      .keys {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: 8px;
      }

      .key {
        display: grid;
        align-content: space-between;
        min-block-size: 76px;
        padding: 9px 11px;
        border: 1px solid var(--line);
        border-radius: var(--radius-pad);
        background: var(--h-tint, var(--surface-2));
        color: var(--text-1);
        text-align: start;
        cursor: pointer;
      }

      .key[class*='hue-'] {
        border-color: color-mix(in oklab, var(--h-line) 32%, transparent);
      }

      .key[aria-pressed='true'] {
        border-color: var(--h-line);
        background: var(--h-live);
        box-shadow: inset 0 0 0 1px var(--h-line);
      }

      .key:active {
        transform: scale(0.972);
      }

      b {
        font-size: 16px;
        font-weight: 640;
      }

      .what {
        overflow: hidden;
        color: var(--text-2);
        font-size: 12px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .error {
        margin: 12px 0 0;
        color: var(--danger-text);
        font-weight: 500;
      }

      @media (hover: hover) {
        .key:hover {
          border-color: var(--line-strong);
        }
      }
    `,
  ];

  @property({ attribute: false }) boards!: Boards;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) sound!: BoardSound;
  @state() private problem = '';
  #busy = false;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        void this.boards.keyed.value;
        void this.library.byId.value;
      }),
    );
  }

  override render(): TemplateResult {
    const { sound, boards } = this;
    const board = boards.keyed.value;
    const key = board ? keyOf(board, sound.id) : undefined;
    const where =
      boards.shown.value && board
        ? msg(str`The key plays it on ${board.name}.`)
        : msg('The key plays it where all sounds are shown.');
    return html`<enc-dialog
      heading=${msg(str`Pin “${sound.name}” to a key`)}
      @enc-dialog-left=${this.#leave}
      @keydown=${this.#onKeyDown}
    >
      <p>${where} ${msg('Press a key from 1 to 9, or choose it here.')}</p>
      <div class="keys" role="group" aria-label=${msg('Keys')}>
        ${pinKeys.map((one) => this.#key(one))}
      </div>
      ${this.problem ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
      ${
        key === undefined
          ? nothing
          : html`<button
              slot="actions"
              type="button"
              class="button"
              @click=${() => this.#choose(key)}
            >
              ${msg(str`Take it off key ${key}`)}
            </button>`
      }
    </enc-dialog>`;
  }

  #key(key: number): TemplateResult {
    const board = this.boards.keyed.value;
    const soundId = board ? onKey(board, key) : undefined;
    const sound = soundId === undefined ? undefined : this.library.byId.value.get(soundId);
    return html`<button
      type="button"
      class=${sound ? `key hue-${sound.hue}` : 'key'}
      aria-pressed=${sound?.id === this.sound.id}
      @click=${() => this.#choose(key)}
    >
      <b><span class="sr-only">${msg('Key ')}</span>${key}</b
      ><span class="what">${sound?.name ?? msg('Free', { id: 'key.free' })}</span>
    </button>`;
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const key = pinKeys.find((one) => String(one) === event.key);
    if (key === undefined || event.repeat) return;
    event.preventDefault();
    void this.#choose(key);
  };

  /** Its own key once more takes it off. */
  async #choose(key: number): Promise<void> {
    const { boards, sound } = this;
    const board = boards.keyed.peek();
    if (!board || this.#busy) return;
    this.#busy = true;
    this.problem = '';
    const own = onKey(board, key) === sound.id;
    try {
      const undo = await (own ? unpinSound : pinSound)(boards, board, key, sound.id);
      const text = own
        ? msg(str`${sound.name} is off key ${key}.`)
        : msg(str`${sound.name} is on key ${key}.`);
      // The dialog goes away; what is around it can still say that the undo failed.
      const root = this.getRootNode();
      const around = root instanceof ShadowRoot ? root.host : root;
      const run = (): void => void attempt(around, undo());
      this.dispatchEvent(new ToastEvent(text, { label: msg('Undo'), run }, 'done'));
      this.#leave();
    } catch (error) {
      this.problem = sentenceOf(error);
    } finally {
      this.#busy = false;
    }
  }

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-pin-dialog': EncPinDialog;
  }
}
