import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Providers } from '../../server/users/contract.ts';
import { fieldErrorsOf, type FieldErrors, type Form } from '../api/field-errors.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { field } from '../design/field.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { mark } from '../design/icons.ts';
import { providerIcons } from '../design/provider-icons.ts';
import { providerNames } from '../design/provider-words.ts';
import { CredentialsEvent } from './credentials-event.ts';
import { newPassword } from './new-password.ts';
import './pad-wall.ts';
import { signInStyles } from './sign-in.styles.ts';

const passwordLeast = 12;

type Field = 'code' | 'name' | 'password';
const form: Form<Field> = {
  fields: ['code', 'name', 'password'],
  codes: { wrong_setup_code: 'code' },
  rest: 'password',
};

/**
 * The card over the wall: signs in, makes the first account of a new box, or one for who was invited.
 *
 * @event {CredentialsEvent} enc-credentials - the form was sent
 */
@customElement('enc-sign-in')
export class EncSignIn extends LitElement {
  static override readonly styles = [base, buttons, fieldStyles, signInStyles];

  @property({ attribute: false }) providers: Providers = {
    providers: ['password'],
    setup_required: false,
  };
  /** From the link on the console; empty when it has to be typed. */
  @property({ attribute: 'setup-code' }) setupCode = '';
  /** From the link that an administrator gave; empty when there is none. */
  @property() invite = '';
  /** A sentence about what came before, such as a provider that did not confirm. */
  @property() notice = '';
  /** Who was signed in on this page until now. */
  @property({ attribute: 'previous-name' }) previousName = '';
  /** What the server said to the last try. */
  @property({ attribute: false }) problem: unknown = null;
  @property({ type: Boolean }) busy = false;

  @state() private errors: FieldErrors<Field> = {};
  @state() private revealed = false;
  @state() private suggested = '';
  /** Whether the card is for a new account. */
  @state() private registers = false;
  @state() private registerForm: 'loading' | 'here' | 'failed' = 'loading';
  @query('form') private readonly form!: HTMLFormElement;

  get #setup(): boolean {
    return this.providers.setup_required;
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('invite') && this.invite) this.#toRegister();
    if (changes.has('problem')) {
      this.errors = fieldErrorsOf(this.problem, form);
      // Still to be written down.
      this.revealed ||= this.problem !== null && this.suggested !== '';
    }
    if (changes.has('providers') && this.#setup && this.setupCode && !this.suggested) {
      // With the code in the link, one click is enough: everything else has a good first value.
      this.suggested = newPassword();
      this.revealed = true;
    }
  }

  protected override firstUpdated(): void {
    const first = this.#setup && this.setupCode ? 'button[type=submit]' : 'input:placeholder-shown';
    this.renderRoot.querySelector<HTMLElement>(first)?.focus();
  }

  protected override updated(changes: PropertyValues<this>): void {
    if (!changes.has('problem') || this.problem === null) return;
    const [wrong] = Object.keys(this.errors);
    this.renderRoot.querySelector<HTMLInputElement>(`input[name=${wrong}]`)?.select();
  }

  override render(): TemplateResult {
    return html`<enc-pad-wall aria-hidden="true"></enc-pad-wall>
      <main>
        <div class="card">
          <div class="mark">${mark(44)}</div>
          ${this.#card()}
        </div>
      </main>`;
  }

  #card(): TemplateResult {
    if (this.#setup) return this.#setupCard();
    return this.registers ? this.#registerCard() : this.#signInCard();
  }

  #signInCard(): TemplateResult {
    const { providers, registration } = this.providers;
    return html`<h1>${msg('Welcome home')}</h1>
      <p class="lead">
        ${
          this.previousName
            ? msg('You were signed out. Sign in and go on where you were.')
            : msg('Sign in to play sounds on this Encore.')
        }
      </p>
      ${this.notice ? html`<p class="notice" role="alert">${this.notice}</p>` : nothing}
      ${this.#outside('')}
      ${providers.includes('password') ? this.#form(msg('Sign in'), [this.#name(), this.#password()]) : nothing}
      ${
        registration === 'open' || registration === 'invite'
          ? html`<button type="button" class="other" @click=${this.#toRegister}>
              ${registration === 'open' || this.invite ? msg('Create an account') : msg('I have an invite')}
            </button>`
          : nothing
      }`;
  }

  #registerCard(): TemplateResult {
    const { providers, registration } = this.providers;
    return html`<h1>${msg('Create an account')}</h1>
      <p class="lead">
        ${this.invite ? msg('You are invited to play sounds on this Encore.') : msg('To play sounds on this Encore.')}
      </p>
      ${this.notice ? html`<p class="notice" role="alert">${this.notice}</p>` : nothing}
      ${this.#outside(this.invite)}
      ${
        this.registerForm === 'failed'
          ? html`<p class="notice" role="alert">
              ${msg('This form did not load. Reload the page and try again.')}
            </p>`
          : nothing
      }
      ${
        providers.includes('password') && this.registerForm === 'here'
          ? html`<enc-register-form
              invite=${this.invite}
              ?by-invite=${registration !== 'open'}
              .problem=${this.problem}
              ?busy=${this.busy}
            ></enc-register-form>`
          : nothing
      }
      <button type="button" class="other" @click=${this.#toSignIn}>
        ${msg('I have an account')}
      </button>`;
  }

  /** Providers come first; with an invite they make an account too. */
  #outside(invite: string): TemplateResult | typeof nothing {
    const { providers } = this.providers;
    const others = providers.filter((one) => one !== 'password');
    if (others.length === 0) return nothing;
    const query = invite ? `?invite=${encodeURIComponent(invite)}` : '';
    return html`${others.map(
      (one) =>
        html`<a class="button wide" href="/api/v1/auth/${one}/authorize${query}">
          ${providerIcons[one]}${msg(str`Continue with ${providerNames[one]}`)}
        </a>`,
    )}
    ${providers.includes('password') ? html`<div class="or">${msg('or')}</div>` : nothing}`;
  }

  #setupCard(): TemplateResult {
    return html`<h1>${msg('Set up Encore')}</h1>
      <p class="lead">${msg('This box is new. The first account is its administrator.')}</p>
      ${this.#form(msg('Create the account'), [this.#code(), this.#name(), this.#password()])}`;
  }

  #form(action: string, fields: TemplateResult[]): TemplateResult {
    return html`<form novalidate @submit=${this.#onSubmit}>
      ${fields}
      <button
        type="submit"
        class="button primary wide"
        aria-disabled=${this.busy ? 'true' : 'false'}
      >
        ${this.busy ? msg('One moment…') : action}
      </button>
    </form>`;
  }

  #code(): TemplateResult {
    return field({
      id: 'code',
      label: msg('Setup code'),
      value: this.setupCode,
      autocomplete: 'off',
      note: this.setupCode
        ? msg('From the link you opened.')
        : msg('Encore printed it when it started.'),
      error: this.errors.code,
    });
  }

  #name(): TemplateResult {
    return field({
      id: 'name',
      label: this.#setup ? msg('Name') : msg('Name or e-mail'),
      value: this.suggested ? 'admin' : this.previousName,
      autocomplete: 'username',
      error: this.errors.name,
    });
  }

  #password(): TemplateResult {
    return field({
      id: 'password',
      label: msg('Password'),
      value: this.suggested,
      autocomplete: this.#setup ? 'new-password' : 'current-password',
      note: this.#passwordNote(),
      error: this.errors.password,
      secret: { revealed: this.revealed, toggle: () => (this.revealed = !this.revealed) },
    });
  }

  #passwordNote(): string {
    if (this.suggested) return msg('Made for you: write it down, or type your own.');
    return this.#setup ? msg(str`At least ${passwordLeast} characters.`) : '';
  }

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const data = new FormData(this.form);
    const value = (id: Field): string => {
      const entry = data.get(id);
      return typeof entry === 'string' ? entry : '';
    };
    const [name, password] = [value('name').trim(), value('password')];
    const code = value('code').trim();
    this.errors = this.#missing(code, name, password);
    const [wrong] = Object.keys(this.errors);
    if (wrong) return this.renderRoot.querySelector<HTMLElement>(`#${wrong}`)?.focus();
    // Password managers keep what was sent from a password field, and only from one.
    this.revealed = false;
    await this.updateComplete;
    const sent = this.#setup
      ? ({ way: 'setup', body: { code, name, password } } as const)
      : ({ way: 'login', body: { name, password } } as const);
    this.dispatchEvent(new CredentialsEvent(sent, password === this.suggested));
  };

  #missing(code: string, name: string, password: string): FieldErrors<Field> {
    const errors: FieldErrors<Field> = {};
    if (this.#setup && !code) errors.code = msg('Enter the code that Encore printed.');
    if (!name)
      errors.name = this.#setup ? msg('Choose a name.') : msg('Enter your name or e-mail.');
    if (!password) errors.password = msg('Enter a password.');
    else if (this.#setup && password.length < passwordLeast) {
      errors.password = msg(str`Use at least ${passwordLeast} characters.`);
    }
    return errors;
  }

  /** An own chunk: most people have their account already. */
  readonly #toRegister = (): void => {
    this.registers = true;
    import('./register-form.ts').then(
      () => (this.registerForm = 'here'),
      () => (this.registerForm = 'failed'),
    );
  };

  readonly #toSignIn = async (): Promise<void> => {
    this.registers = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-sign-in': EncSignIn;
  }
}
