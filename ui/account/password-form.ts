import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Account, PasswordBody } from '../../server/users/contract.ts';
import { fieldErrorsOf, withoutTyped, type FieldErrors, type Form } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { field } from '../design/field.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { formStyles } from '../design/form.styles.ts';
import { pageStyles } from '../design/page.styles.ts';
import { sectionStyles } from './section.styles.ts';

/** There is a new password, and every other device is signed out. */
export class PasswordSetEvent extends Event {
  constructor() {
    super('enc-password-set', { bubbles: true, composed: true });
  }
}

type Field = 'current_password' | 'new_password';
const form: Form<Field> = {
  fields: ['current_password', 'new_password'],
  codes: { wrong_password: 'current_password', too_many_guesses: 'current_password' },
  rest: 'new_password',
};
const passwordLeast = 12;

/**
 * A new password, or the first one of who signed in with a provider until now.
 *
 * @event {PasswordSetEvent} enc-password-set - it was set
 */
@customElement('enc-password-form')
export class EncPasswordForm extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    pageStyles,
    fieldStyles,
    formStyles,
    sectionStyles,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) account!: Account;
  @state() private errors: FieldErrors<Field> = {};
  @state() private revealed = false;
  @state() private busy = false;
  @state() private said = '';
  @query('form') private readonly form!: HTMLFormElement;

  override render(): TemplateResult {
    const { errors, account } = this;
    const secret = { revealed: this.revealed, toggle: this.#reveal };
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Password')}</h2>
      <p class="about">
        ${
          account.has_password
            ? msg('With a new password every other device is signed out. API tokens go on working.')
            : msg('You sign in with a provider until now. With a password you can do without it.')
        }
      </p>
      <form class="form" novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
        <input
          class="sr-only"
          tabindex="-1"
          aria-hidden="true"
          autocomplete="username"
          .value=${account.name}
        />
        <div class="pair">
          ${
            account.has_password
              ? field({
                  id: 'current_password',
                  label: msg('Current password'),
                  value: '',
                  autocomplete: 'current-password',
                  error: errors.current_password,
                  secret,
                })
              : nothing
          }
          ${field({
            id: 'new_password',
            label: msg('New password'),
            value: '',
            autocomplete: 'new-password',
            note: msg(str`At least ${passwordLeast} characters.`),
            error: errors.new_password,
            secret,
          })}
        </div>
        <div class="foot">
          <button class="button" aria-disabled=${this.busy ? 'true' : 'false'}>
            ${this.busy ? msg('One moment…') : account.has_password ? msg('Change password') : msg('Set password')}
          </button>
          <span class="said" role="status">${this.said}</span>
        </div>
      </form>
    </section>`;
  }

  readonly #reveal = (): void => {
    this.revealed = !this.revealed;
  };

  readonly #onInput = (event: Event): void => {
    this.errors = withoutTyped(this.errors, event);
    this.said = '';
  };

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const data = new FormData(this.form);
    const [current, next] = [data.get('current_password'), data.get('new_password')];
    const body: PasswordBody = {
      ...(typeof current === 'string' && { current_password: current }),
      new_password: typeof next === 'string' ? next : '',
    };
    this.errors = this.#missing(body);
    if (Object.keys(this.errors).length > 0) return this.#toWrongField();
    this.busy = true;
    this.revealed = false;
    try {
      await this.http.post('/auth/me/password', body);
      this.form.reset();
      this.said = this.account.has_password
        ? msg('Changed. Other devices have to sign in again.')
        : msg('Set. Now it signs you in too.');
      this.dispatchEvent(new PasswordSetEvent());
    } catch (error) {
      this.errors = fieldErrorsOf(error, form);
      this.#toWrongField();
    } finally {
      this.busy = false;
    }
  };

  #missing({ current_password, new_password }: PasswordBody): FieldErrors<Field> {
    const errors: FieldErrors<Field> = {};
    if (current_password === '') errors.current_password = msg('Enter the password of now.');
    if (new_password.length < passwordLeast) {
      errors.new_password = msg(str`Use at least ${passwordLeast} characters.`);
    }
    return errors;
  }

  #toWrongField(): void {
    const [wrong] = Object.keys(this.errors);
    this.renderRoot.querySelector<HTMLInputElement>(`#${wrong}`)?.select();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-password-form': EncPasswordForm;
  }
  interface HTMLElementEventMap {
    'enc-password-set': PasswordSetEvent;
  }
}
