import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';

/** The dialog was left: the password is not shown again. */
export class PasswordKeptEvent extends Event {
  constructor() {
    super('enc-password-kept', { bubbles: true, composed: true });
  }
}

const copiedMs = 2_000;

/**
 * The password that Encore made for the first account, once more and for the last time: nobody else
 * could make a new one.
 *
 * @event {PasswordKeptEvent} enc-password-kept - the dialog was left
 */
@customElement('enc-keep-password')
export class EncKeepPassword extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    css`
      dialog {
        inline-size: min(420px, calc(100vw - 32px));
        padding: 28px;
        border: 1px solid var(--line);
        border-radius: var(--radius-card);
        background: var(--surface-1);
        color: var(--text-1);
        box-shadow: 0 24px 80px var(--shadow);
        animation: arrive var(--enter) var(--ease);
      }

      dialog::backdrop {
        background: var(--scrim);
      }

      @keyframes arrive {
        from {
          opacity: 0;
          transform: translateY(10px);
        }
      }

      h2 {
        margin: 0;
        font-size: 20px;
        font-weight: 640;
        line-height: 1.25;
        letter-spacing: -0.02em;
      }

      p {
        margin: 4px 0 20px;
        color: var(--text-2);
        font-size: 13px;
        text-wrap: pretty;
      }

      .secret {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-block-end: 20px;
      }

      input {
        flex: 1 0 220px;
        min-inline-size: 0;
        block-size: 44px;
        padding: 0 12px;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--surface-2);
        font-size: 16px;
        font-weight: 560;
        letter-spacing: 0.02em;
      }

      .copy {
        flex: none;
        min-inline-size: 98px;
        min-block-size: 44px;
      }

      .copy svg {
        color: var(--ok);
      }

      .primary {
        inline-size: 100%;
        min-block-size: 46px;
      }

      /* The whole password has to be seen: the button goes below it. */
      @media (max-width: 479.98px) {
        dialog {
          padding: 24px 20px;
        }

        .copy {
          flex: 1;
        }
      }
    `,
  ];

  /** The account that it opens. */
  @property() name = '';
  @property() password = '';
  @state() private copied = false;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('input') private readonly input!: HTMLInputElement;

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  override render(): TemplateResult {
    return html`<dialog
      closedby="none"
      aria-labelledby="title"
      aria-describedby="why"
      @cancel=${(event: Event) => event.preventDefault()}
    >
      <h2 id="title">Keep this password</h2>
      <p id="why">
        It opens the account “${this.name}”, the administrator of this Encore, and is not shown
        again.
      </p>
      <div class="secret">
        <input
          readonly
          aria-label="Password"
          autocomplete="off"
          spellcheck="false"
          .value=${this.password}
          @focus=${() => this.input.select()}
        />
        <button type="button" class="button copy" autofocus @click=${this.#copy}>
          ${this.copied ? icons.check : nothing}${this.copied ? 'Copied' : 'Copy'}
        </button>
        <span class="sr-only" role="status">${this.copied ? 'Copied' : ''}</span>
      </div>
      <button type="button" class="button primary" @click=${this.#leave}>Go to the board</button>
    </dialog>`;
  }

  readonly #copy = async (): Promise<void> => {
    this.copied = await copyText(this.password, this.input);
    setTimeout(() => (this.copied = false), copiedMs);
  };

  readonly #leave = (): void => {
    this.dialog.close();
    this.dispatchEvent(new PasswordKeptEvent());
  };
}

/** On plain http, as in a home network, there is no clipboard: then the selected field is copied. */
const copyText = async (text: string, field: HTMLInputElement): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field.select();
    return document.execCommand('copy');
  }
};

declare global {
  interface HTMLElementTagNameMap {
    'enc-keep-password': EncKeepPassword;
  }
  interface HTMLElementEventMap {
    'enc-password-kept': PasswordKeptEvent;
  }
}
