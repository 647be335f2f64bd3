import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Plan } from '../../server/credits/contract.ts';
import { fieldErrorsOf, type FieldErrors } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { selectField } from '../design/choice-fields.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { field } from '../design/field.ts';
import { formStyles } from '../design/form.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { dialogPartStyles } from './dialog-part.styles.ts';
import type { Household } from './household.ts';
import { codeOf, planFields, readPlan, type PlanField } from './plan-form.ts';
import {
  allowanceSentence,
  changeSentences,
  cooldowns,
  cooldownWords,
  paidActions,
  paidWords,
  periodWords,
  type Terms,
} from './plan-words.ts';

const form = { fields: planFields, codes: { plan_exists: 'name' }, rest: 'rest' } as const;

const periodChoices = Object.entries(periodWords).map(([value, label]) => ({ value, label }));

const emptyTerms: Terms = {
  name: '',
  initial_credits: 25,
  max_credits: 75,
  refill_amount: 15,
  refill_period: 'day',
  unlimited: false,
  prices: {},
  cooldowns: { user_ms: 0, sound_ms: 0, global_ms: 0 },
};

/**
 * The terms of a plan, old or new, and in words what saving them does.
 *
 * @event {DialogLeftEvent} enc-dialog-left - it is done with
 */
@customElement('enc-plan-dialog')
export class EncPlanDialog extends LitElement {
  static override readonly styles = [base, buttons, fieldStyles, formStyles, dialogPartStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) household!: Household;
  /** Null makes a new one. */
  @property({ attribute: false }) plan: Plan | null = null;
  /** How many have it. */
  @property({ type: Number }) people = 0;
  /** What the form says now, as far as it can be read. */
  @state() private terms: Terms | null = null;
  @state() private errors: FieldErrors<PlanField> = {};
  @state() private busy = false;

  get #before(): Terms {
    return this.plan ?? emptyTerms;
  }

  override render(): TemplateResult {
    const { plan, errors } = this;
    const before = this.#before;
    const unlimited = (this.terms ?? before).unlimited;
    return html`<enc-dialog
      heading=${plan ? msg(str`Plan ${plan.name}`) : msg('New plan')}
      @enc-dialog-left=${this.#leave}
    >
      <form
        id="plan"
        class="form"
        novalidate
        @submit=${this.#save}
        @input=${this.#onInput}
        @change=${this.#onInput}
      >
        ${field({
          id: 'name',
          label: msg('Name'),
          value: before.name,
          error: errors.name ?? errors.code,
          maxLength: 64,
          autofocus: true,
        })}
        <label class="switch-line"
          >${msg('Unlimited: presses cost nothing')}
          <input type="checkbox" class="switch" name="unlimited" .checked=${before.unlimited} />
        </label>
        ${unlimited ? nothing : this.#amounts(before)} ${unlimited ? nothing : this.#prices(before)}
        <fieldset>
          <legend>${msg('Seconds to wait (0 or empty: none)')}</legend>
          <div class="numbers">
            ${cooldowns.map((which) =>
              field({
                id: which,
                label: cooldownWords[which],
                type: 'number',
                min: '0',
                value: before.cooldowns[which] === 0 ? '' : String(before.cooldowns[which] / 1000),
                error: errors[which],
              }),
            )}
          </div>
        </fieldset>
        <div class="outcome held" role="status">${this.#outcome()}</div>
        <p class="problem" role="alert">${errors.rest ?? nothing}</p>
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        type="submit"
        form="plan"
        class="button primary"
        ?disabled=${this.busy}
      >
        ${this.busy ? msg('One moment…') : plan ? msg('Save the plan') : msg('Make the plan')}
      </button>
    </enc-dialog>`;
  }

  #amounts(before: Terms): TemplateResult {
    return html`<div class="numbers">
        ${this.#number('initial_credits', msg('To begin with'), before.initial_credits)}
        ${this.#number('max_credits', msg('Refills up to'), before.max_credits)}
      </div>
      <div class="numbers">
        ${this.#number('refill_amount', msg('Refill'), before.refill_amount)}
        ${selectField({
          id: 'refill_period',
          label: msg('How often'),
          value: before.refill_period,
          options: periodChoices,
          error: this.errors.refill_period,
        })}
      </div>`;
  }

  #number(id: PlanField, label: string, value: number): TemplateResult {
    const error = this.errors[id];
    return field({ id, label, type: 'number', min: '0', value: String(value), error });
  }

  #prices(before: Terms): TemplateResult {
    return html`<fieldset>
      <legend>${msg('Prices of its own (empty: what the house asks)')}</legend>
      <div class="numbers">
        ${paidActions.map((paid) =>
          field({
            id: paid,
            label: paidWords[paid],
            type: 'number',
            min: '0',
            value: before.prices[paid] === undefined ? '' : String(before.prices[paid]),
            error: this.errors[paid],
          }),
        )}
      </div>
    </fieldset>`;
  }

  #outcome(): TemplateResult | string {
    const { plan, terms } = this;
    if (!plan) return allowanceSentence(terms ?? emptyTerms);
    const sentences = changeSentences(plan, terms ?? plan, this.people);
    if (sentences.length === 0) return msg('Nothing is changed yet.');
    return html`<ul>
      ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
    </ul>`;
  }

  readonly #onInput = (event: Event): void => {
    const { form: whole } = event.target as HTMLInputElement;
    if (whole) this.terms = readPlan(new FormData(whole), this.#before).terms;
  };

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { terms, errors } = readPlan(new FormData(event.target as HTMLFormElement), this.#before);
    this.errors = errors;
    if (Object.keys(errors).length > 0) return this.#focusFault();
    if (this.busy) return;
    this.busy = true;
    try {
      const plan = this.plan
        ? await this.http.patch<Plan>(`/admin/plans/${encodeURIComponent(this.plan.code)}`, terms)
        : await this.http.post<Plan>('/admin/plans', { code: codeOf(terms.name), ...terms });
      this.household.putPlan(plan);
      this.dispatchEvent(new ToastEvent(msg(str`${plan.name}: saved.`), null, 'done'));
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
    'enc-plan-dialog': EncPlanDialog;
  }
}
