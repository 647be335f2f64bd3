import { msg, str } from '@lit/localize';
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ManagedUser, Role } from '../../server/users/contract.ts';
import { fieldErrorsOf, type FieldErrors } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { selectField } from '../design/choice-fields.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { field } from '../design/field.ts';
import { formStyles } from '../design/form.styles.ts';
import '../design/secret.ts';
import { newPassword } from '../sign-in/new-password.ts';
import { planOrRoleChoices, roleChoices } from './choices.ts';
import { dialogPartStyles } from './dialog-part.styles.ts';
import { textIn, typedIn } from './form-values.ts';
import type { Household } from './household.ts';
import { roleSentences } from './people-words.ts';
import { personHref } from './sections.ts';

const fields = ['name', 'email', 'password', 'role', 'plan'] as const;
type Field = (typeof fields)[number];
const form = { fields, rest: 'password' } as const;
const passwordLeast = 12;

/**
 * Makes an account, and shows its password for the last time.
 *
 * @event {DialogLeftEvent} enc-dialog-left - it is done with
 */
@customElement('enc-new-person-dialog')
export class EncNewPersonDialog extends LitElement {
  static override readonly styles = [base, buttons, fieldStyles, formStyles, dialogPartStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) household!: Household;
  @state() private errors: FieldErrors<Field> = {};
  @state() private busy = false;
  @state() private revealed = true;
  @state() private chosenRole: Role = 'user';
  @state() private made: { person: ManagedUser; password: string } | null = null;
  /** Good enough for whoever does not want to think of one. */
  readonly #suggested = newPassword();

  override render(): TemplateResult {
    return this.made ? this.#done(this.made) : this.#form();
  }

  #form(): TemplateResult {
    const { errors } = this;
    return html`<enc-dialog heading=${msg('New person')} @enc-dialog-left=${this.#leave}>
      <form id="person" class="form" novalidate @submit=${this.#create}>
        ${field({
          id: 'name',
          label: msg('Name'),
          value: '',
          note: msg('What they sign in with.'),
          error: errors.name,
          maxLength: 64,
          autofocus: true,
        })}
        ${field({
          id: 'email',
          label: msg('E-mail (optional)'),
          value: '',
          type: 'email',
          error: errors.email,
        })}
        <div class="pair">
          ${selectField({
            id: 'role',
            label: msg('Role'),
            value: this.chosenRole,
            options: roleChoices,
            note: roleSentences[this.chosenRole],
            error: errors.role,
            onChange: (value) => (this.chosenRole = value as Role),
          })}
          ${selectField({
            id: 'plan',
            label: msg('Plan'),
            value: '',
            options: planOrRoleChoices(this.household.plans.peek()),
            error: errors.plan,
          })}
        </div>
        ${field({
          id: 'password',
          label: msg('Password'),
          value: this.#suggested,
          autocomplete: 'new-password',
          note: msg(
            str`Made for you. Type another if you like, of at least ${passwordLeast} characters.`,
          ),
          error: errors.password,
          secret: { revealed: this.revealed, toggle: () => (this.revealed = !this.revealed) },
        })}
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        type="submit"
        form="person"
        class="button primary"
        ?disabled=${this.busy}
      >
        ${this.busy ? msg('One moment…') : msg('Make the account')}
      </button>
    </enc-dialog>`;
  }

  #done({ person, password }: { person: ManagedUser; password: string }): TemplateResult {
    return html`<enc-dialog firm heading=${msg(str`${person.name} can sign in`)}>
      <p class="say">
        ${msg(str`Hand over the name “${person.name}” and this password. It is not shown again; a new one can be made at any time.`)}
      </p>
      <enc-secret label=${msg('Password')} .value=${password} autofocus></enc-secret>
      <a
        slot="actions"
        class="button"
        href=${personHref(person.id)}
        @click=${() => setTimeout(this.#leave)}
        >${msg(str`Open ${person.name}`)}</a
      >
      <button slot="actions" type="button" class="button primary" @click=${this.#leave}>
        ${msg('Done')}
      </button>
    </enc-dialog>`;
  }

  readonly #create = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const [name, email, plan] = [textIn(data, 'name'), textIn(data, 'email'), textIn(data, 'plan')];
    const password = typedIn(data, 'password');
    this.errors = {
      ...(name === '' && { name: msg('They need a name.') }),
      ...(password.length < passwordLeast && {
        password: msg(str`Use at least ${passwordLeast} characters.`),
      }),
    };
    if (Object.keys(this.errors).length > 0) return this.#focusFault();
    if (this.busy) return;
    this.busy = true;
    try {
      const person = await this.http.post<ManagedUser>('/admin/users', {
        name,
        password,
        role: this.chosenRole,
        ...(email !== '' && { email }),
        ...(plan !== '' && { plan }),
      });
      this.household.putPerson(person);
      this.made = { person, password };
    } catch (error) {
      this.errors = fieldErrorsOf(error, form);
      void this.#focusFault();
    } finally {
      this.busy = false;
    }
  };

  async #focusFault(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-new-person-dialog': EncNewPersonDialog;
  }
}
