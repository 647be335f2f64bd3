import { msg, str } from '@lit/localize';
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CreditsState } from '../../server/credits/contract.ts';
import type { ManagedUser } from '../../server/users/contract.ts';
import { fieldErrorsOf, type FieldErrors } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { field } from '../design/field.ts';
import { formStyles } from '../design/form.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { countWord } from '../design/words.ts';
import { dialogPartStyles } from './dialog-part.styles.ts';
import { textIn } from './form-values.ts';

const fields = ['amount', 'reason'] as const;
type Field = (typeof fields)[number];
const form = { fields, codes: { balance_below_zero: 'amount' }, rest: 'reason' } as const;
const quick = [10, 50, 100] as const;
const amountMax = 1_000_000;

/** A whole number other than 0, in words that people type; null where it is none. */
export const amountOf = (text: string): number | null => {
  const value = Number(text.trim().replace('−', '-'));
  const fits = Number.isInteger(value) && value !== 0 && Math.abs(value) <= amountMax;
  return text.trim() !== '' && fits ? value : null;
};

/**
 * Gives somebody credits or takes them, and says beforehand what is there then.
 *
 * @event {DialogLeftEvent} enc-dialog-left - it is done with
 */
@customElement('enc-adjust-dialog')
export class EncAdjustDialog extends LitElement {
  static override readonly styles = [base, buttons, fieldStyles, formStyles, dialogPartStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) person!: ManagedUser;
  /** Settled credits now. */
  @property({ type: Number }) balance = 0;
  @property({ type: Boolean }) unlimited = false;
  @state() private amount = '';
  @state() private errors: FieldErrors<Field> = {};
  @state() private busy = false;

  override render(): TemplateResult {
    const { errors, person } = this;
    const amount = amountOf(this.amount);
    const action = amount !== null && amount < 0 ? msg('Take credits') : msg('Grant credits');
    return html`<enc-dialog
      heading=${msg(str`Credits of ${person.name}`)}
      @enc-dialog-left=${this.#leave}
    >
      <form id="adjust" class="form" novalidate @submit=${this.#send}>
        <div @input=${this.#onAmount}>
          ${field({
            id: 'amount',
            label: msg('How many'),
            value: this.amount,
            note: msg('A whole number; with a minus they are taken.'),
            error: errors.amount,
            maxLength: 9,
            autofocus: true,
          })}
        </div>
        <div class="quick">
          ${quick.map(
            (more) =>
              html`<button type="button" class="button" @click=${() => this.#add(more)}>
                +${more}
              </button>`,
          )}
        </div>
        ${field({
          id: 'reason',
          label: msg('Why'),
          value: '',
          note: msg(str`${person.name} reads it in the history.`),
          error: errors.reason,
          maxLength: 200,
        })}
        <p class="outcome" role="status">${this.#outcome(amount)}</p>
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        type="submit"
        form="adjust"
        class="button primary"
        ?disabled=${this.busy}
      >
        ${this.busy ? msg('One moment…') : action}
      </button>
    </enc-dialog>`;
  }

  #outcome(amount: number | null): TemplateResult {
    const now = countWord(this.balance);
    const after = this.balance + (amount ?? 0);
    const free = this.unlimited
      ? ` ${msg('Presses cost nothing on this plan; the credits stay.')}`
      : '';
    if (amount === null) return html`${msg('The balance is')} <b>${now}</b>.${free}`;
    if (after < 0) return html`${msg('There are only')} <b>${now}</b> ${msg('to take.')}`;
    return html`${msg(str`The balance goes from ${now} to`)} <b>${countWord(after)}</b>.${free}`;
  }

  readonly #onAmount = (event: Event): void => {
    this.amount = (event.target as HTMLInputElement).value;
  };

  #add(more: number): void {
    this.amount = String((amountOf(this.amount) ?? 0) + more);
    this.errors = {};
  }

  readonly #send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const reason = textIn(new FormData(event.target as HTMLFormElement), 'reason');
    const amount = amountOf(this.amount);
    this.errors = {
      ...(amount === null && { amount: msg('A whole number other than 0, up to 1,000,000.') }),
      ...(amount !== null &&
        this.balance + amount < 0 && {
          amount: msg(str`Only ${countWord(this.balance)} can be taken.`),
        }),
      ...(reason === '' && { reason: msg('Say why: it stands in the history.') }),
    };
    if (Object.keys(this.errors).length > 0) return this.#focusFault();
    if (amount === null || this.busy) return;
    this.busy = true;
    try {
      const path = `/admin/users/${this.person.id}/credits`;
      const { balance } = await this.http.post<CreditsState>(path, { amount, reason });
      const text = msg(str`${this.person.name} has ${countWord(balance)} credits now.`);
      this.dispatchEvent(new ToastEvent(text, null, 'done'));
      this.#leave();
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
    'enc-adjust-dialog': EncAdjustDialog;
  }
}
