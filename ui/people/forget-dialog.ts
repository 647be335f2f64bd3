import { msg, str } from '@lit/localize';
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ManagedUser } from '../../server/users/contract.ts';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { field } from '../design/field.ts';
import { formStyles } from '../design/form.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { dialogPartStyles } from './dialog-part.styles.ts';
import { textIn } from './form-values.ts';
import type { Household } from './household.ts';

/** The person is forgotten: there is no page of theirs any more. */
export class ForgottenEvent extends Event {
  constructor() {
    super('enc-forgotten', { bubbles: true, composed: true });
  }
}

/**
 * Erases a person for good, once their name is typed.
 *
 * @event {DialogLeftEvent} enc-dialog-left - it is done with
 * @event {ForgottenEvent} enc-forgotten - it happened
 */
@customElement('enc-forget-dialog')
export class EncForgetDialog extends LitElement {
  static override readonly styles = [base, buttons, fieldStyles, formStyles, dialogPartStyles];

  @property({ attribute: false }) household!: Household;
  @property({ attribute: false }) person!: ManagedUser;
  @state() private error = '';
  @state() private busy = false;

  override render(): TemplateResult {
    const { name } = this.person;
    return html`<enc-dialog heading=${msg(str`Forget ${name}?`)} @enc-dialog-left=${this.#leave}>
      <form id="forget" class="form" novalidate @submit=${this.#forget}>
        <p class="say">
          <b>${msg('Goes for good:')}</b>
          ${msg('the name, the e-mail address, the password, linked sign-ins, every session and token.')}
        </p>
        <p class="say">
          <b>${msg('Stays:')}</b>
          ${msg('the log, without the person. What was played and paid is still counted, under an id that names nobody.')}
        </p>
        ${field({
          id: 'typed',
          label: msg(str`Type “${name}” to confirm`),
          value: '',
          error: this.error || undefined,
          autofocus: true,
        })}
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        type="submit"
        form="forget"
        class="button primary danger"
        ?disabled=${this.busy}
      >
        ${this.busy ? msg('One moment…') : msg(str`Forget ${name}`)}
      </button>
    </enc-dialog>`;
  }

  readonly #forget = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { id, name } = this.person;
    const typed = textIn(new FormData(event.target as HTMLFormElement), 'typed');
    this.error = typed === name.trim() ? '' : msg('That is not the name.');
    if (this.error || this.busy) return;
    this.busy = true;
    try {
      await this.household.forget(id);
      this.dispatchEvent(new ToastEvent(msg(str`${name} is forgotten.`), null, 'done'));
      this.dispatchEvent(new ForgottenEvent());
    } catch (error) {
      this.error = sentenceOf(error);
    } finally {
      this.busy = false;
    }
  };

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-forget-dialog': EncForgetDialog;
  }
  interface HTMLElementEventMap {
    'enc-forgotten': ForgottenEvent;
  }
}
