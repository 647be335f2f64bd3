import { msg, str } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import '../design/secret.ts';

/** The dialog was left: the password is not shown again. */
export class PasswordKeptEvent extends Event {
  constructor() {
    super('enc-password-kept', { bubbles: true, composed: true });
  }
}

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
      p {
        margin: 0 0 20px;
        color: var(--text-2);
        font-size: 13px;
        text-wrap: pretty;
      }

      .primary {
        flex: 1;
        min-block-size: 46px;
      }
    `,
  ];

  /** The account that it opens. */
  @property() name = '';
  @property() password = '';

  override render(): TemplateResult {
    return html`<enc-dialog firm heading=${msg('Keep this password')}>
      <p>
        ${msg(str`It opens the account “${this.name}”, the administrator of this Encore, and is not shown again.`)}
      </p>
      <enc-secret autofocus label=${msg('Password')} .value=${this.password}></enc-secret>
      <button
        slot="actions"
        type="button"
        class="button primary"
        @click=${() => this.dispatchEvent(new PasswordKeptEvent())}
      >
        ${msg('Go to the board')}
      </button>
    </enc-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-keep-password': EncKeepPassword;
  }
  interface HTMLElementEventMap {
    'enc-password-kept': PasswordKeptEvent;
  }
}
