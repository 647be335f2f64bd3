import { msg, str } from '@lit/localize';
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { fieldErrorsOf, withoutTyped, type FieldErrors } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import { ApiProblem } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { field } from '../design/field.ts';
import { formStyles } from '../design/form.styles.ts';
import { typedIn } from '../people/form-values.ts';

const form = { fields: ['password'], rest: 'password' } as const;

/** It is the owner who is here. */
export class UnlockedEvent extends Event {
  constructor() {
    super('enc-unlocked');
  }
}

/**
 * Asks for the password of who is signed in.
 *
 * @event {UnlockedEvent} enc-unlocked - it was the right one
 * @event {DialogLeftEvent} enc-dialog-left - it stays locked
 */
@customElement('enc-unlock-dialog')
export class EncUnlockDialog extends LitElement {
  static override readonly styles = [base, buttons, fieldStyles, formStyles];

  @property({ attribute: false }) http!: Http;
  /** Whose password. */
  @property() name = '';
  @state() private busy = false;
  @state() private revealed = false;
  @state() private errors: FieldErrors<'password'> = {};
  @state() private noPassword = false;

  override render(): TemplateResult {
    return html`<enc-dialog heading=${msg('Unlock')} @enc-dialog-left=${this.#leave}>
      ${this.noPassword ? this.#without() : this.#form()}
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${this.noPassword ? msg('Close') : msg('Cancel')}
      </button>
      ${
        this.noPassword
          ? ''
          : html`<button
              slot="actions"
              type="submit"
              form="unlock"
              class="button primary"
              ?disabled=${this.busy}
            >
              ${this.busy ? msg('One moment…') : msg('Unlock')}
            </button>`
      }
    </enc-dialog>`;
  }

  #form(): TemplateResult {
    const { errors, revealed } = this;
    return html`<form
      id="unlock"
      class="form"
      novalidate
      @submit=${this.#confirm}
      @input=${this.#onInput}
    >
      ${field({
        id: 'password',
        label: msg(str`Password of ${this.name}`),
        value: '',
        autocomplete: 'current-password',
        error: errors.password,
        autofocus: true,
        secret: { revealed, toggle: () => (this.revealed = !revealed) },
      })}
    </form>`;
  }

  #without(): TemplateResult {
    return html`<p role="alert">
      ${msg(
        str`${this.name} has no password here. Sign in as ${this.name} on another device, set one under Account, then hold the corner again.`,
      )}
    </p>`;
  }

  readonly #confirm = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const password = typedIn(new FormData(event.target as HTMLFormElement), 'password');
    if (password === '') {
      this.errors = { password: msg('Type the password.') };
      return;
    }
    this.busy = true;
    try {
      await this.http.post('/auth/me/confirm', { password });
      this.dispatchEvent(new UnlockedEvent());
    } catch (error) {
      this.noPassword = error instanceof ApiProblem && error.code === 'no_password';
      this.errors = fieldErrorsOf(error, form);
    } finally {
      this.busy = false;
    }
  };

  readonly #onInput = (event: Event): void => {
    this.errors = withoutTyped(this.errors, event);
  };

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-unlock-dialog': EncUnlockDialog;
  }
  interface HTMLElementEventMap {
    'enc-unlocked': UnlockedEvent;
  }
}
