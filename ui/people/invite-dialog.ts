import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { IssuedInvite, Role } from '../../server/users/contract.ts';
import { fieldErrorsOf, type FieldErrors } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import { momentWord } from '../credits/moments.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { selectField } from '../design/choice-fields.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { field } from '../design/field.ts';
import { formStyles } from '../design/form.styles.ts';
import '../design/secret.ts';
import { planOrRoleChoices, roleChoices } from './choices.ts';
import { dialogPartStyles } from './dialog-part.styles.ts';
import { dateOf, expiryChoices, expiryOf } from './expiry.ts';
import { textIn } from './form-values.ts';
import type { Household } from './household.ts';
import { inviteDialogStyles } from './invite-dialog.styles.ts';
import { roleSentences, roleWords } from './people-words.ts';
import { midSentence } from '../design/words.ts';

const fields = ['role', 'plan', 'expires_at'] as const;
type Field = (typeof fields)[number];
const form = { fields, rest: 'expires_at' } as const;

export type InvitePreset = { role: Role; plan: string };

/** An invite was made; the list has one more. */
export class InvitedEvent extends Event {
  readonly invite: IssuedInvite;

  constructor(invite: IssuedInvite) {
    super('enc-invited');
    this.invite = invite;
  }
}

/**
 * Makes an invite, and shows its link once: to copy, and for a phone to read.
 *
 * @event {InvitedEvent} enc-invited - it is made
 * @event {DialogLeftEvent} enc-dialog-left - it is done with
 */
@customElement('enc-invite-dialog')
export class EncInviteDialog extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    fieldStyles,
    formStyles,
    dialogPartStyles,
    inviteDialogStyles,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) household!: Household;
  /** What to begin with; a plan of '' goes with the role. */
  @property({ attribute: false }) preset: InvitePreset = { role: 'user', plan: '' };
  @state() private chosenRole: Role | null = null;
  @state() private expiry = '7';
  @state() private errors: FieldErrors<Field> = {};
  @state() private busy = false;
  @state() private made: IssuedInvite | null = null;
  @state() private qr: 'loading' | 'here' | 'failed' = 'loading';

  override render(): TemplateResult {
    return this.made ? this.#done(this.made) : this.#form();
  }

  #form(): TemplateResult {
    const { errors, preset } = this;
    const role = this.chosenRole ?? preset.role;
    return html`<enc-dialog heading=${msg('Invite somebody')} @enc-dialog-left=${this.#leave}>
      <form id="invite" class="form" novalidate @submit=${this.#create}>
        <p class="say">
          ${msg('Whoever opens the link first chooses a name and a password. It works once.')}
        </p>
        <div class="pair">
          ${selectField({
            id: 'role',
            label: msg('They come as'),
            value: role,
            options: roleChoices,
            note: roleSentences[role],
            error: errors.role,
            onChange: (value) => (this.chosenRole = value as Role),
          })}
          ${selectField({
            id: 'plan',
            label: msg('Plan'),
            value: preset.plan,
            options: planOrRoleChoices(this.household.plans.peek()),
            error: errors.plan,
          })}
        </div>
        <div class="pair">
          ${selectField({
            id: 'expiry',
            label: msg('Open for'),
            value: this.expiry,
            options: expiryChoices,
            error: this.expiry === 'date' ? undefined : errors.expires_at,
            onChange: (value) => (this.expiry = value),
          })}
          ${
            this.expiry === 'date'
              ? field({
                  id: 'expires_at',
                  label: msg('Last day'),
                  type: 'date',
                  value: '',
                  min: dateOf(Date.now()),
                  error: errors.expires_at,
                })
              : nothing
          }
        </div>
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        type="submit"
        form="invite"
        class="button primary"
        ?disabled=${this.busy}
      >
        ${this.busy ? msg('One moment…') : msg('Make the link')}
      </button>
    </enc-dialog>`;
  }

  #done({ link, expires_at, role }: IssuedInvite): TemplateResult {
    return html`<enc-dialog firm heading=${msg('The invite is ready')}>
      <div class="made">
        ${this.#code(link)}
        <div class="words">
          <p class="say">
            ${msg(str`For one ${midSentence(roleWords[role])}, until ${momentWord(Date.parse(expires_at))}. Have the code read with the camera of a phone, or send the link. It is not shown again.`)}
          </p>
          <enc-secret long label=${msg('Link')} .value=${link} autofocus></enc-secret>
        </div>
      </div>
      <button slot="actions" type="button" class="button primary" @click=${this.#leave}>
        ${msg('Done')}
      </button>
    </enc-dialog>`;
  }

  #code(link: string): TemplateResult | typeof nothing {
    if (this.qr === 'failed') return nothing;
    if (this.qr === 'loading') return html`<div class="code waiting"></div>`;
    return html`<enc-qr-code
      class="code"
      text=${link}
      label=${msg('QR code of the link')}
    ></enc-qr-code>`;
  }

  readonly #create = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const expires = expiryOf(this.expiry, textIn(data, 'expires_at'), Date.now());
    this.errors = expires === null ? { expires_at: msg('A day from today on.') } : {};
    if (expires === null) return this.#focusFault();
    if (this.busy) return;
    this.busy = true;
    const plan = textIn(data, 'plan');
    try {
      this.made = await this.http.post<IssuedInvite>('/admin/invites', {
        role: this.chosenRole ?? this.preset.role,
        expires_at: new Date(expires).toISOString(),
        ...(plan !== '' && { plan }),
      });
      this.dispatchEvent(new InvitedEvent(this.made));
      void this.#loadCode();
    } catch (error) {
      this.errors = fieldErrorsOf(error, form);
      void this.#focusFault();
    } finally {
      this.busy = false;
    }
  };

  /** The link alone is enough where the code does not come. */
  async #loadCode(): Promise<void> {
    this.qr = await import('./qr-code.ts').then(
      () => 'here' as const,
      () => 'failed' as const,
    );
  }

  async #focusFault(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-invite-dialog': EncInviteDialog;
  }
  interface HTMLElementEventMap {
    'enc-invited': InvitedEvent;
  }
}
