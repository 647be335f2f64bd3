import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ApiToken, ApiTokenBody, Scope, User } from '../../server/users/contract.ts';
import { fieldErrorsOf, withoutTyped, type FieldErrors, type Form } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { selectField, textField } from '../design/choice-fields.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { field } from '../design/field.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { formStyles } from '../design/form.styles.ts';
import '../design/secret.ts';
import {
  curlLine,
  expiries,
  expiryOf,
  kindsFor,
  kindWords,
  prefixesOf,
  scopesFor,
  scopeWords,
  type Kind,
} from './token-words.ts';

/** There is one token more. */
export class TokenMadeEvent extends Event {
  constructor() {
    super('enc-token-made');
  }
}

type Issued = ApiToken & { token: string };
type Field = 'name' | 'scopes' | 'prefixes' | 'expires_at';
const form: Form<Field> = {
  fields: ['name', 'scopes', 'prefixes', 'expires_at'],
  rest: 'expires_at',
};

/**
 * The dialog that makes a token and shows it, once.
 *
 * @event {TokenMadeEvent} enc-token-made - it was made, and is shown now
 * @event {DialogLeftEvent} enc-dialog-left - the dialog is done with
 */
@customElement('enc-new-token')
export class EncNewToken extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    fieldStyles,
    formStyles,
    css`
      :host {
        --dialog-width: 520px;
      }

      h3 {
        margin: 22px 0 4px;
        font-size: 13px;
        font-weight: 600;
      }

      p {
        margin: 0 0 12px;
        color: var(--text-2);
        font-size: 13px;
        text-wrap: pretty;
      }

      code {
        color: var(--text-1);
        font:
          500 12px/1.5 ui-monospace,
          monospace;
        overflow-wrap: anywhere;
      }

      legend + .error {
        display: block;
        font-size: 12px;
      }
    `,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) user!: User;
  @state() private kind: Kind = 'user';
  @state() private errors: FieldErrors<Field> = {};
  @state() private busy = false;
  @state() private issued: Issued | null = null;
  @query('form') private readonly form!: HTMLFormElement;

  override render(): TemplateResult {
    const { issued } = this;
    return issued ? this.#shown(issued) : this.#asked();
  }

  #asked(): TemplateResult {
    const { errors, user, kind } = this;
    return html`<enc-dialog heading=${msg('New token')} @enc-dialog-left=${this.#leave}>
      <form
        id="new-token"
        class="form"
        novalidate
        @submit=${this.#onSubmit}
        @input=${this.#onInput}
      >
        ${field({
          id: 'name',
          label: msg('Name'),
          value: '',
          note: msg('What you will know it by, such as “Hall button”.'),
          maxLength: 64,
          error: errors.name,
        })}
        <fieldset>
          <legend>${msg('What it is for')}</legend>
          ${kindsFor(user.role).map(
            (one) =>
              html`<label class="choice">
                <input
                  type="radio"
                  name="kind"
                  .value=${one}
                  .checked=${one === kind}
                  @change=${() => this.#choose(one)}
                />
                <b>${kindWords[one].label}</b><small>${kindWords[one].about}</small>
              </label>`,
          )}
        </fieldset>
        ${kind === 'user' ? nothing : this.#topics()}
        <fieldset aria-describedby=${errors.scopes ? 'scopes-error' : nothing}>
          <legend>${msg('What it may do')}</legend>
          ${errors.scopes ? html`<span id="scopes-error" class="error" role="alert">${errors.scopes}</span>` : nothing}
          ${scopesFor(user.role).map(
            (scope) =>
              html`<label class="choice">
                <input
                  type="checkbox"
                  name="scopes"
                  .value=${scope}
                  ?checked=${scope === 'read' || scope === 'play'}
                />
                <b>${scopeWords[scope].label}</b><small>${scopeWords[scope].about}</small>
              </label>`,
          )}
        </fieldset>
        ${selectField({
          id: 'expires_at',
          label: msg('Expires'),
          value: '365',
          options: expiries,
          error: errors.expires_at,
        })}
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        class="button primary"
        form="new-token"
        aria-disabled=${this.busy ? 'true' : 'false'}
      >
        ${this.busy ? msg('One moment…') : msg('Create')}
      </button>
    </enc-dialog>`;
  }

  #topics(): TemplateResult | typeof nothing {
    // Whoever writes where the buttons write presses them: others are not let in.
    if (this.user.role !== 'admin') return nothing;
    return html`${textField({
      id: 'prefixes',
      label: msg('Topic prefixes'),
      value: '',
      rows: 2,
      note: msg(
        'One a line, such as zigbee2mqtt/hall. Beside its own topics it reaches those below them.',
      ),
      error: this.errors.prefixes,
    })}
    ${
      this.kind === 'bridge'
        ? html`<label class="choice">
            <input type="checkbox" name="act_as" />
            <b>${msg('May act for others')}</b
            ><small
              >${msg('It can say who pressed; their credits pay, and the log names them.')}</small
            >
          </label>`
        : nothing
    }`;
  }

  #shown({ token, name, scopes }: Issued): TemplateResult {
    return html`<enc-dialog firm heading=${msg(str`“${name}” is ready`)}>
      <p>${msg('Copy it now: it is not shown again. Who has it can do what you allowed it to.')}</p>
      <enc-secret long autofocus label=${msg('Token')} .value=${token}></enc-secret>
      <h3>${msg('Try it')}</h3>
      <p>${msg('In a terminal, this tells whose token it is:')}</p>
      <enc-secret
        long
        label=${msg('Command')}
        .value=${curlLine(location.origin, token)}
      ></enc-secret>
      ${scopes.includes('mqtt') ? this.#mqtt() : nothing}
      <button slot="actions" type="button" class="button primary" @click=${this.#leave}>
        ${msg('Done')}
      </button>
    </enc-dialog>`;
  }

  #mqtt(): TemplateResult {
    return html`<h3>${msg('Over MQTT')}</h3>
      <p>
        ${msg('Host')} <code>${location.hostname}</code>${msg(', port')}
        <code>1883</code> ${msg('unless it was changed, user name')}
        <code>${this.user.name}</code>${msg(', and the token as password.')}
      </p>`;
  }

  #choose(kind: Kind): void {
    this.kind = kind;
    // Devices and bridges speak MQTT: without it they could not do a thing.
    const mqtt = this.form.querySelector<HTMLInputElement>('[value=mqtt]');
    if (mqtt && kind !== 'user') mqtt.checked = true;
  }

  readonly #onInput = (event: Event): void => {
    this.errors = withoutTyped(this.errors, event);
  };

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const body = this.#body();
    this.errors = this.#missing(body);
    if (Object.keys(this.errors).length > 0) return this.#toWrongField();
    this.busy = true;
    try {
      this.issued = await this.http.post<Issued>('/auth/tokens', body);
      this.dispatchEvent(new TokenMadeEvent());
    } catch (error) {
      this.errors = fieldErrorsOf(error, form);
      await this.#toWrongField();
    } finally {
      this.busy = false;
    }
  };

  #body(): ApiTokenBody {
    const data = new FormData(this.form);
    const text = (id: string): string => {
      const entry = data.get(id);
      return typeof entry === 'string' ? entry.trim() : '';
    };
    const expiresAt = expiryOf(text('expires_at'));
    return {
      name: text('name'),
      kind: this.kind,
      scopes: data.getAll('scopes') as Scope[],
      prefixes: prefixesOf(text('prefixes')),
      act_as: data.has('act_as'),
      ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
    };
  }

  #missing({ name, scopes }: ApiTokenBody): FieldErrors<Field> {
    const errors: FieldErrors<Field> = {};
    if (name === '') errors.name = msg('Give it a name.');
    if (scopes.length === 0) errors.scopes = msg('Choose at least one thing.');
    return errors;
  }

  async #toWrongField(): Promise<void> {
    await this.updateComplete;
    const [wrong] = Object.keys(this.errors);
    this.renderRoot.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus();
  }

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-new-token': EncNewToken;
  }
}
