import { msg, str } from '@lit/localize';
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ManagedUser } from '../../server/users/contract.ts';
import { fieldErrorsOf, type FieldErrors } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { field } from '../design/field.ts';
import { formStyles } from '../design/form.styles.ts';
import '../design/secret.ts';
import { dialogPartStyles } from './dialog-part.styles.ts';
import { typedIn } from './form-values.ts';

const passwordLeast = 12;
const form = { fields: ['password'], rest: 'password' } as const;

/**
 * A new password for somebody who has lost theirs, shown once.
 *
 * @event {DialogLeftEvent} enc-dialog-left - it is done with
 */
@customElement('enc-password-dialog')
export class EncPasswordDialog extends LitElement {
  static override readonly styles = [base, buttons, fieldStyles, formStyles, dialogPartStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) person!: ManagedUser;
  @state() private errors: FieldErrors<'password'> = {};
  @state() private busy = false;
  @state() private revealed = false;
  /** What opens the account now. */
  @state() private made: string | null = null;

  override render(): TemplateResult {
    return this.made === null ? this.#form() : this.#done(this.made);
  }

  #form(): TemplateResult {
    const { name } = this.person;
    return html`<enc-dialog
      heading=${msg(str`New password for ${name}`)}
      @enc-dialog-left=${this.#leave}
    >
      <form id="password-form" class="form" novalidate @submit=${this.#send}>
        <p class="say">
          ${msg(str`${name} is signed out everywhere and comes back with the new password. API tokens go on working.`)}
        </p>
        ${field({
          id: 'password',
          label: msg('New password'),
          value: '',
          autocomplete: 'new-password',
          note: msg(
            str`Left empty, Encore makes one. Your own has at least ${passwordLeast} characters.`,
          ),
          error: this.errors.password,
          secret: { revealed: this.revealed, toggle: () => (this.revealed = !this.revealed) },
        })}
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        type="submit"
        form="password-form"
        class="button primary"
        ?disabled=${this.busy}
      >
        ${this.busy ? msg('One moment…') : msg('Set the password')}
      </button>
    </enc-dialog>`;
  }

  #done(password: string): TemplateResult {
    return html`<enc-dialog firm heading=${msg('Hand over this password')}>
      <p class="say">
        ${msg(str`It opens the account “${this.person.name}” and is not shown again.`)}
      </p>
      <enc-secret label=${msg('Password')} .value=${password} autofocus></enc-secret>
      <button slot="actions" type="button" class="button primary" @click=${this.#leave}>
        ${msg('Done')}
      </button>
    </enc-dialog>`;
  }

  readonly #send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const typed = typedIn(new FormData(event.target as HTMLFormElement), 'password');
    const short = typed !== '' && typed.length < passwordLeast;
    this.errors = short ? { password: msg(str`Use at least ${passwordLeast} characters.`) } : {};
    if (short || this.busy) return;
    this.busy = true;
    try {
      const path = `/admin/users/${this.person.id}/password`;
      const body = typed === '' ? {} : { password: typed };
      const answer = await this.http.post<{ password: string } | undefined>(path, body);
      this.made = answer?.password ?? typed;
    } catch (error) {
      this.errors = fieldErrorsOf(error, form);
    } finally {
      this.busy = false;
    }
  };

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-password-dialog': EncPasswordDialog;
  }
}
