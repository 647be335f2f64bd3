import { msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { base } from './base.styles.ts';
import { buttons } from './button.styles.ts';
import { copyText } from './copy.ts';
import { icons } from './icons.ts';

const copiedMs = 2_000;

/** A value that is shown once, whole, with a button that copies it. `focus()` goes to the button. */
@customElement('enc-secret')
export class EncSecret extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
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

      :host([long]) input {
        font:
          500 13px/1 ui-monospace,
          monospace;
        letter-spacing: 0;
      }

      .button {
        flex: none;
        min-inline-size: 98px;
        min-block-size: 44px;
      }

      .button svg {
        color: var(--ok);
      }

      /* The whole value has to be seen: the button goes below it. */
      @media (max-width: 479.98px) {
        .button {
          flex: 1;
        }
      }
    `,
  ];

  @property() label = '';
  @property() value = '';
  /** For what is longer than any field and is only ever copied. */
  @property({ type: Boolean, reflect: true }) long = false;
  @state() private copied = false;
  @query('input') private readonly input!: HTMLInputElement;
  @query('button') private readonly button!: HTMLButtonElement;

  override focus(): void {
    void this.updateComplete.then(() => this.button.focus());
  }

  override render(): TemplateResult {
    return html`<input
        readonly
        aria-label=${this.label}
        autocomplete="off"
        spellcheck="false"
        .value=${this.value}
        @focus=${() => this.input.select()}
      />
      <button type="button" class="button" @click=${this.#copy}>
        ${this.copied ? icons.check : nothing}${this.copied ? msg('Copied') : msg('Copy')}
      </button>
      <span class="sr-only" role="status">${this.copied ? msg('Copied') : ''}</span>`;
  }

  readonly #copy = async (): Promise<void> => {
    this.copied = await copyText(this.value, this.input);
    setTimeout(() => (this.copied = false), copiedMs);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-secret': EncSecret;
  }
}
