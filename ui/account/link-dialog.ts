import { msg, str } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Provider } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { formStyles } from '../design/form.styles.ts';
import { providerNames } from '../design/provider-words.ts';
import { capitalised } from '../design/words.ts';

/** The provider signs the person in from now on. */
export class LinkedEvent extends Event {
  constructor() {
    super('enc-linked');
  }
}

/**
 * Back from a provider: asks whether what was proven there is to sign one in here.
 *
 * @event {LinkedEvent} enc-linked - yes, and the server has it
 * @event {DialogLeftEvent} enc-dialog-left - no
 */
@customElement('enc-link-dialog')
export class EncLinkDialog extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    formStyles,
    css`
      p {
        margin: 0 0 12px;
        color: var(--text-2);
        font-size: 13px;
        text-wrap: pretty;
      }
    `,
  ];

  @property({ attribute: false }) http!: Http;
  @property() provider: Provider = 'google';
  /** Of the account that is signed in. */
  @property() name = '';
  @state() private busy = false;
  @state() private problem = '';

  override render(): TemplateResult {
    const provider = capitalised(providerNames[this.provider]);
    return html`<enc-dialog
      heading=${msg(str`Link ${provider} with your account?`)}
      @enc-dialog-left=${this.#leave}
    >
      <p>
        ${msg(str`${provider} has confirmed who you are there. Linked, it signs you in here as “${this.name}”. Only link an account that is yours alone.`)}
      </p>
      <p class="problem" role="alert">${this.problem}</p>
      <button slot="actions" type="button" class="button" autofocus @click=${this.#leave}>
        ${msg('Not now')}
      </button>
      <button
        slot="actions"
        type="button"
        class="button primary"
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${this.#link}
      >
        ${msg('Link')}
      </button>
    </enc-dialog>`;
  }

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());

  readonly #link = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      await this.http.post('/auth/identities');
      this.dispatchEvent(new LinkedEvent());
    } catch (error) {
      this.problem = sentenceOf(error);
    } finally {
      this.busy = false;
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-link-dialog': EncLinkDialog;
  }
}
