import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { RegisterBody } from '../../server/users/contract.ts';
import { fieldErrorsOf, withoutTyped, type FieldErrors, type Form } from '../api/field-errors.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { field } from '../design/field.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { CredentialsEvent } from './credentials-event.ts';
import { signInStyles } from './sign-in.styles.ts';

type Field = 'invite' | 'name' | 'password' | 'email';
const form: Form<Field> = {
  fields: ['invite', 'name', 'password', 'email'],
  codes: { invite_needed: 'invite', invite_invalid: 'invite', registration_closed: 'email' },
  rest: 'email',
};
const passwordLeast = 12;

/**
 * A new account for oneself.
 *
 * @event {CredentialsEvent} enc-credentials - the form was sent
 */
@customElement('enc-register-form')
export class EncRegisterForm extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    fieldStyles,
    signInStyles,
    css`
      /* It is no screen of its own: rings of its fields reach beyond it. */
      :host {
        overflow: visible;
      }
    `,
  ];

  /** From the link that was opened. */
  @property() invite = '';
  /** Whether an account can be had with an invite only. */
  @property({ type: Boolean, attribute: 'by-invite' }) byInvite = false;
  /** What the server said to the last try. */
  @property({ attribute: false }) problem: unknown = null;
  @property({ type: Boolean }) busy = false;
  @state() private errors: FieldErrors<Field> = {};
  @state() private revealed = false;
  @query('form') private readonly form!: HTMLFormElement;

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('problem')) return;
    this.errors = fieldErrorsOf(this.problem, form);
    if (this.errors.invite) this.errors.invite += msg(' Ask for a new one.');
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('input:placeholder-shown')?.focus();
  }

  protected override updated(changes: PropertyValues<this>): void {
    if (changes.has('problem') && this.problem !== null) this.#toWrongField();
  }

  override render(): TemplateResult {
    const { errors, invite } = this;
    return html`<form novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
      ${
        invite || this.byInvite
          ? field({
              id: 'invite',
              label: msg('Invite'),
              value: invite,
              note: invite
                ? msg('From the link you opened.')
                : msg('The code at the end of the link.'),
              error: errors.invite,
            })
          : nothing
      }
      ${field({
        id: 'name',
        label: msg('Name'),
        value: '',
        autocomplete: 'username',
        maxLength: 64,
        error: errors.name,
      })}
      ${field({
        id: 'password',
        label: msg('Password'),
        value: '',
        autocomplete: 'new-password',
        note: msg(str`At least ${passwordLeast} characters.`),
        error: errors.password,
        secret: { revealed: this.revealed, toggle: this.#reveal },
      })}
      ${field({
        id: 'email',
        label: msg('E-mail, if you like'),
        type: 'email',
        value: '',
        autocomplete: 'email',
        note: msg('Signs you in as well as the name.'),
        error: errors.email,
      })}
      <button class="button primary wide" aria-disabled=${this.busy ? 'true' : 'false'}>
        ${this.busy ? msg('One moment…') : msg('Create the account')}
      </button>
    </form>`;
  }

  readonly #reveal = (): void => {
    this.revealed = !this.revealed;
  };

  readonly #onInput = (event: Event): void => {
    this.errors = withoutTyped(this.errors, event);
  };

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const data = new FormData(this.form);
    const value = (id: Field): string => {
      const entry = data.get(id);
      return typeof entry === 'string' ? entry : '';
    };
    const [name, password] = [value('name').trim(), value('password')];
    const [email, invite] = [value('email').trim(), value('invite').trim()];
    this.errors = this.#missing(name, password, invite);
    if (Object.keys(this.errors).length > 0) return this.#toWrongField();
    // Password managers keep what was sent from a password field, and only from one.
    this.revealed = false;
    await this.updateComplete;
    const body: RegisterBody = {
      name,
      password,
      ...(email === '' ? {} : { email }),
      ...(invite === '' ? {} : { invite }),
    };
    this.dispatchEvent(new CredentialsEvent({ way: 'register', body }));
  };

  #missing(name: string, password: string, invite: string): FieldErrors<Field> {
    const errors: FieldErrors<Field> = {};
    if (this.byInvite && !invite) errors.invite = msg('Enter the code of your invite.');
    if (!name) errors.name = msg('Choose a name.');
    if (password.length < passwordLeast) {
      errors.password = msg(str`Use at least ${passwordLeast} characters.`);
    }
    const address = this.renderRoot.querySelector<HTMLInputElement>('#email');
    if (address?.validity.typeMismatch) errors.email = msg('Write it like mira@home.example.');
    return errors;
  }

  #toWrongField(): void {
    const [wrong] = Object.keys(this.errors);
    this.renderRoot.querySelector<HTMLInputElement>(`input[name=${wrong}]`)?.select();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-register-form': EncRegisterForm;
  }
}
