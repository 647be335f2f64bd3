import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Providers, SetupBody } from '../../server/users/contract.ts';
import { fieldErrorsOf, type FieldErrors, type Form } from '../api/field-errors.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { field } from '../design/field.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { icons, mark } from '../design/icons.ts';
import { newPassword } from './new-password.ts';
import './pad-wall.ts';
import { signInStyles } from './sign-in.styles.ts';

export type Credentials = { name: string; password: string } | SetupBody;

/** Somebody says who they are. With a `code` it is the first account of a new box. */
export class CredentialsEvent extends Event {
  readonly credentials: Credentials;
  /** The password is the one that Encore made: perhaps nobody has written it down. */
  readonly suggested: boolean;

  constructor(credentials: Credentials, suggested = false) {
    super('enc-credentials', { bubbles: true, composed: true });
    this.credentials = credentials;
    this.suggested = suggested;
  }
}

const outside = {
  google: { icon: icons.google, word: 'Continue with Google' },
  github: { icon: icons.github, word: 'Continue with GitHub' },
  oidc: { icon: icons.key, word: 'Continue with single sign-on' },
} as const;

const passwordLeast = 12;

type Field = 'code' | 'name' | 'password';
const form: Form<Field> = {
  fields: ['code', 'name', 'password'],
  codes: { wrong_setup_code: 'code' },
  rest: 'password',
};

/**
 * The card over the wall: signs in, or makes the first account of a new box.
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
  /** Who was signed in on this page until now. */
  @property({ attribute: 'previous-name' }) previousName = '';
  /** What the server said to the last try. */
  @property({ attribute: false }) problem: unknown = null;
  @property({ type: Boolean }) busy = false;

  @state() private errors: FieldErrors<Field> = {};
  @state() private revealed = false;
  @state() private suggested = '';
  @query('form') private readonly form!: HTMLFormElement;

  get #setup(): boolean {
    return this.providers.setup_required;
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
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
          ${this.#setup ? this.#setupCard() : this.#signInCard()}
        </div>
      </main>`;
  }

  #signInCard(): TemplateResult {
    const { providers } = this.providers;
    const others = providers.filter((one) => one !== 'password');
    return html`<h1>Welcome home</h1>
      <p class="lead">
        ${
          this.previousName
            ? 'You were signed out. Sign in and go on where you were.'
            : 'Sign in to play sounds on this Encore.'
        }
      </p>
      ${others.map(
        (one) =>
          html`<a class="button wide" href="/api/v1/auth/${one}/authorize">
            ${outside[one].icon}${outside[one].word}
          </a>`,
      )}
      ${
        others.length > 0 && providers.includes('password')
          ? html`<div class="or">or</div>`
          : nothing
      }
      ${providers.includes('password') ? this.#form('Sign in', [this.#name(), this.#password()]) : nothing}`;
  }

  #setupCard(): TemplateResult {
    return html`<h1>Set up Encore</h1>
      <p class="lead">This box is new. The first account is its administrator.</p>
      ${this.#form('Create the account', [this.#code(), this.#name(), this.#password()])}`;
  }

  #form(action: string, fields: TemplateResult[]): TemplateResult {
    return html`<form novalidate @submit=${this.#onSubmit}>
      ${fields}
      <button type="submit" class="button primary wide" ?disabled=${this.busy}>
        ${this.busy ? 'One moment…' : action}
      </button>
    </form>`;
  }

  #code(): TemplateResult {
    return field({
      id: 'code',
      label: 'Setup code',
      value: this.setupCode,
      autocomplete: 'off',
      note: this.setupCode ? 'From the link you opened.' : 'Encore printed it when it started.',
      error: this.errors.code,
    });
  }

  #name(): TemplateResult {
    return field({
      id: 'name',
      label: this.#setup ? 'Name' : 'Name or e-mail',
      value: this.suggested ? 'admin' : this.previousName,
      autocomplete: 'username',
      error: this.errors.name,
    });
  }

  #password(): TemplateResult {
    return field({
      id: 'password',
      label: 'Password',
      value: this.suggested,
      autocomplete: this.#setup ? 'new-password' : 'current-password',
      note: this.#passwordNote(),
      error: this.errors.password,
      secret: { revealed: this.revealed, toggle: () => (this.revealed = !this.revealed) },
    });
  }

  #passwordNote(): string {
    if (this.suggested) return 'Made for you: write it down, or type your own.';
    return this.#setup ? `At least ${passwordLeast} characters.` : '';
  }

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
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
    const credentials = this.#setup ? { code, name, password } : { name, password };
    this.dispatchEvent(new CredentialsEvent(credentials, password === this.suggested));
  };

  #missing(code: string, name: string, password: string): FieldErrors<Field> {
    const errors: FieldErrors<Field> = {};
    if (this.#setup && !code) errors.code = 'Enter the code that Encore printed.';
    if (!name) errors.name = this.#setup ? 'Choose a name.' : 'Enter your name or e-mail.';
    if (!password) errors.password = 'Enter a password.';
    else if (this.#setup && password.length < passwordLeast) {
      errors.password = `Use at least ${passwordLeast} characters.`;
    }
    return errors;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-sign-in': EncSignIn;
  }
  interface HTMLElementEventMap {
    'enc-credentials': CredentialsEvent;
  }
}
