import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Plan } from '../../server/credits/contract.ts';
import type { Http } from '../api/http.ts';
import { ApiProblem, sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import { icons } from '../design/icons.ts';
import { pageStyles } from '../design/page.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { countWord } from '../design/words.ts';
import { peopleByPlan, type Household } from './household.ts';
import { peopleStyles } from './people.styles.ts';
import { peopleWord } from './people-words.ts';
import './plan-dialog.ts';
import {
  cooldowns,
  cooldownWords,
  paidActions,
  paidWords,
  refillWord,
  secondsWord,
} from './plan-words.ts';
import { plansStyles } from './plans.styles.ts';

/** They come with a role, and are never retired. */
const needed: ReadonlySet<string> = new Set(['free', 'admin']);

/** A card per plan: what it gives, what it asks, and who has it. */
@customElement('enc-plans')
export class EncPlans extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, peopleStyles, plansStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) household!: Household;
  @property({ type: Boolean }) offline = false;
  @state() private editing: Plan | 'new' | null = null;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        for (const one of [this.household.people, this.household.plans]) void one.value;
      }),
    );
  }

  override render(): TemplateResult {
    const counts = peopleByPlan(this.household.people.value.values());
    return html`<div class="tools">
        <p class="about">${msg('What an account gets, and what it pays.')}</p>
        <button
          type="button"
          class="button primary end"
          aria-disabled=${this.offline ? 'true' : 'false'}
          @click=${() => this.#edit('new')}
        >
          ${icons.add}${msg('New plan')}
        </button>
      </div>
      <div class="plans">
        ${repeat(
          this.household.plans.value,
          ({ code }) => code,
          (plan) => this.#card(plan, counts.get(plan.code) ?? 0),
        )}
      </div>
      ${this.editing === null ? nothing : this.#dialog(this.editing, counts)}`;
  }

  #card(plan: Plan, people: number): TemplateResult {
    const { code, name, unlimited, initial_credits, max_credits } = plan;
    const off = this.offline ? 'true' : 'false';
    return html`<section class="card" aria-labelledby="plan-${code}">
      <h2 id="plan-${code}">${name}</h2>
      <p class="gives">${refillWord(plan)}</p>
      <dl>
        ${
          unlimited
            ? this.#fact(msg('Costs'), msg('Nothing'))
            : html`${this.#fact(msg('To begin with'), countWord(initial_credits))}
              ${this.#fact(msg('Refills up to'), countWord(max_credits))} ${this.#prices(plan)}`
        }
        ${cooldowns
          .filter((which) => plan.cooldowns[which] > 0)
          .map((which) => this.#fact(cooldownWords[which], secondsWord(plan.cooldowns[which])))}
      </dl>
      <footer>
        <a href="/people?plan=${encodeURIComponent(code)}">${peopleWord(people)}</a>
        ${
          needed.has(code)
            ? nothing
            : html`<button
                type="button"
                class="button quiet"
                aria-label=${msg(str`Retire ${name}`)}
                aria-disabled=${off}
                @click=${() => this.#retire(plan)}
              >
                ${msg('Retire')}
              </button>`
        }
        <button
          type="button"
          class="button"
          aria-label=${msg(str`Edit ${name}`)}
          aria-disabled=${off}
          @click=${() => this.#edit(plan)}
        >
          ${msg('Edit')}
        </button>
      </footer>
    </section>`;
  }

  #prices({ prices }: Plan): TemplateResult[] {
    return paidActions.flatMap((paid) => {
      const price = prices[paid];
      return price === undefined ? [] : [this.#fact(paidWords[paid], countWord(price))];
    });
  }

  #fact(what: string, value: string): TemplateResult {
    return html`<div>
      <dt>${what}</dt>
      <dd>${value}</dd>
    </div>`;
  }

  #dialog(editing: Plan | 'new', counts: ReadonlyMap<string, number>): TemplateResult {
    return html`<enc-plan-dialog
      .http=${this.http}
      .household=${this.household}
      .plan=${editing === 'new' ? null : editing}
      .people=${editing === 'new' ? 0 : (counts.get(editing.code) ?? 0)}
      @enc-dialog-left=${() => (this.editing = null)}
    ></enc-plan-dialog>`;
  }

  #edit(plan: Plan | 'new'): void {
    if (!this.offline) this.editing = plan;
  }

  async #retire(plan: Plan): Promise<void> {
    if (this.offline) return;
    try {
      await this.household.retirePlan(plan.code);
      const again = { label: msg('Undo'), run: () => void this.#define(plan) };
      this.dispatchEvent(
        new ToastEvent(msg(str`The plan ${plan.name} is retired.`), again, 'done'),
      );
    } catch (error) {
      const inUse = error instanceof ApiProblem && error.code === 'plan_in_use';
      const href = `/people?plan=${encodeURIComponent(plan.code)}`;
      const way = inUse ? { href, label: msg('See who has it') } : null;
      this.dispatchEvent(new ToastEvent(sentenceOf(error), way));
    }
  }

  /** A retired plan comes back as it was, under its code. */
  async #define(plan: Plan): Promise<void> {
    try {
      this.household.putPlan(await this.http.post<Plan>('/admin/plans', plan));
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-plans': EncPlans;
  }
}
