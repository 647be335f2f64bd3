import { msg } from '@lit/localize';
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { base } from './base.styles.ts';
import { buttons } from './button.styles.ts';
import { dialogStyles } from './dialog.styles.ts';
import { deepActive } from './focus.ts';
import { icons } from './icons.ts';
import { setLayer } from './keys.ts';

/** The person leaves the dialog: whoever rendered it takes it out of the page. */
export class DialogLeftEvent extends Event {
  constructor() {
    super('enc-dialog-left');
  }
}

/**
 * A modal dialog that is open for as long as it is in the page: render it when it is wanted, and
 * stop rendering it on `enc-dialog-left` or when its work is done. The focus then goes back to where
 * it was. Escape and the close button leave it; so does a click beside it while nothing is typed.
 * An element in it with `autofocus` has the focus first.
 *
 *     html`<enc-dialog heading="New token" @enc-dialog-left=${this.#leave}>
 *       <form id="new" class="form" @submit=${this.#create}>…</form>
 *       <button slot="actions" class="button" @click=${this.#leave}>Cancel</button>
 *       <button slot="actions" class="button primary" form="new">Create</button>
 *     </enc-dialog>`
 *
 * @slot - what it is about
 * @slot actions - buttons, the chief one last
 * @event {DialogLeftEvent} enc-dialog-left - by Escape, the close button or a click beside it
 * @cssprop --dialog-width - on wide screens, 460px when not set
 */
@customElement('enc-dialog')
export class EncDialog extends LitElement {
  static override readonly styles = [base, buttons, dialogStyles];

  @property() heading = '';
  /** For what must not be left by chance: then only its own buttons lead out. */
  @property({ type: Boolean }) firm = false;
  @state() private actions = false;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('.body') private readonly body!: HTMLElement;

  #before: HTMLElement | null = null;
  #typed = false;
  /** A press that began inside and ended beside it selects text. */
  #pressedBeside = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#before = deepActive();
    setLayer(this, true);
    // Taken out and put in again.
    if (this.hasUpdated) this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    setLayer(this, false);
    this.dialog?.close();
    if (this.#before?.isConnected) this.#before.focus({ preventScroll: true });
  }

  protected override firstUpdated(): void {
    this.#open();
  }

  override render(): TemplateResult {
    return html`<dialog
      aria-labelledby="heading"
      closedby=${this.firm ? 'none' : 'closerequest'}
      @cancel=${this.#onCancel}
      @close=${this.#onClose}
      @pointerdown=${this.#onPress}
      @click=${this.#onClick}
      @input=${this.#onInput}
    >
      <header>
        <h2 id="heading">${this.heading}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label=${msg('Close')}
          ?hidden=${this.firm}
          @click=${this.#leave}
        >
          ${icons.close}
        </button>
      </header>
      <div class="body" tabindex="-1"><slot></slot></div>
      <div class="actions" ?hidden=${!this.actions}>
        <slot name="actions" @slotchange=${this.#onActions}></slot>
      </div>
    </dialog>`;
  }

  #open(): void {
    this.#typed = false;
    if (!this.dialog.open) this.dialog.showModal();
    // The browser looks for autofocus in its own tree only; what is slotted stands in another.
    const first =
      this.querySelector<HTMLElement>('[autofocus]') ??
      this.querySelector<HTMLElement>(
        'input:not([type=checkbox], [type=radio]), textarea, select',
      ) ??
      this.body;
    first.focus({ preventScroll: true });
  }

  readonly #onClose = (): void => {
    if (this.isConnected) this.dispatchEvent(new DialogLeftEvent());
  };

  readonly #onPress = (event: Event): void => {
    this.#pressedBeside = event.target === this.dialog;
  };

  readonly #onInput = (): void => {
    this.#typed = true;
  };

  readonly #onClick = (event: Event): void => {
    const beside = event.target === this.dialog && this.#pressedBeside;
    if (beside && !this.#typed && !this.firm) this.#leave();
  };

  readonly #onActions = (event: Event): void => {
    this.actions = (event.target as HTMLSlotElement).assignedElements().length > 0;
  };

  readonly #leave = (): void => this.dialog.close();

  /** Where `closedby` is not known yet. */
  readonly #onCancel = (event: Event): void => {
    if (this.firm) event.preventDefault();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-dialog': EncDialog;
  }
  interface HTMLElementEventMap {
    'enc-dialog-left': DialogLeftEvent;
  }
}
