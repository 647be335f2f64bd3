import { msg } from '@lit/localize';
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Account, OwnChangesBody } from '../../server/users/contract.ts';
import { fieldErrorsOf, withoutTyped, type FieldErrors, type Form } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { field } from '../design/field.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { formStyles } from '../design/form.styles.ts';
import { pageStyles } from '../design/page.styles.ts';
import { sectionStyles } from './section.styles.ts';

/** The own account is now as the event says. */
export class AccountEvent extends Event {
  readonly account: Account;

  constructor(account: Account) {
    super('enc-account', { bubbles: true, composed: true });
    this.account = account;
  }
}

type Field = 'name' | 'email';
const form: Form<Field> = { fields: ['name', 'email'], rest: 'email' };

/**
 * Name and e-mail address.
 *
 * @event {AccountEvent} enc-account - they were changed
 */
@customElement('enc-profile-form')
export class EncProfileForm extends LitElement {
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
  @state() private busy = false;
  @state() private said = '';
  @query('form') private readonly form!: HTMLFormElement;

  override render(): TemplateResult {
    const { account, errors } = this;
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Name and e-mail')}</h2>
      <p class="about">${msg('Either one signs you in. Others in the house see the name only.')}</p>
      <form class="form" novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
        <div class="pair">
          ${field({
            id: 'name',
            label: msg('Name'),
            value: account.name,
            autocomplete: 'username',
            maxLength: 64,
            error: errors.name,
          })}
          ${field({
            id: 'email',
            label: msg('E-mail, if you like'),
            type: 'email',
            value: account.email ?? '',
            autocomplete: 'email',
            maxLength: 254,
            error: errors.email,
          })}
        </div>
        <div class="foot">
          <button class="button" aria-disabled=${this.busy ? 'true' : 'false'}>
            ${this.busy ? msg('Saving…') : msg('Save')}
          </button>
          <span class="said" role="status">${this.said}</span>
        </div>
      </form>
    </section>`;
  }

  readonly #onInput = (event: Event): void => {
    this.errors = withoutTyped(this.errors, event);
    this.said = '';
  };

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const changes = this.#changes();
    this.errors = this.#wrong(changes);
    if (Object.keys(this.errors).length > 0) return this.#toWrongField();
    if (Object.keys(changes).length === 0) {
      this.said = msg('Nothing has changed.');
      return;
    }
    this.busy = true;
    try {
      const account = await this.http.patch<Account>('/auth/me', changes);
      this.said = msg('Saved.');
      this.dispatchEvent(new AccountEvent(account));
    } catch (error) {
      this.errors = fieldErrorsOf(error, form);
      this.#toWrongField();
    } finally {
      this.busy = false;
    }
  };

  #wrong({ name }: OwnChangesBody): FieldErrors<Field> {
    const errors: FieldErrors<Field> = {};
    if (name === '') errors.name = msg('Choose a name.');
    const address = this.renderRoot.querySelector<HTMLInputElement>('#email');
    if (address?.validity.typeMismatch) errors.email = msg('Write it like mira@home.example.');
    return errors;
  }

  #changes(): OwnChangesBody {
    const data = new FormData(this.form);
    const value = (id: Field): string => {
      const entry = data.get(id);
      return typeof entry === 'string' ? entry.trim() : '';
    };
    const [name, email] = [value('name'), value('email')];
    return {
      ...(name === this.account.name ? {} : { name }),
      ...(email === (this.account.email ?? '') ? {} : { email: email === '' ? null : email }),
    };
  }

  #toWrongField(): void {
    const [wrong] = Object.keys(this.errors);
    this.renderRoot.querySelector<HTMLInputElement>(`#${wrong}`)?.select();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-profile-form': EncProfileForm;
  }
  interface HTMLElementEventMap {
    'enc-account': AccountEvent;
  }
}
