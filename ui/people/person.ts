import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Plan } from '../../server/credits/contract.ts';
import type { ManagedUser, UserChangesBody } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import type { Library } from '../board/library.ts';
import { createAccount, type Account } from '../credits/account.ts';
import '../credits/credit-history.ts';
import { dayWord } from '../credits/moments.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { formStyles } from '../design/form.styles.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import { actingSelect } from './acting-select.ts';
import './adjust-dialog.ts';
import { avatar } from './avatar.ts';
import { planChoices, roleChoices } from './choices.ts';
import './forget-dialog.ts';
import type { Household } from './household.ts';
import './password-dialog.ts';
import { personAccess } from './person-access.ts';
import { peopleIcons } from './people-icons.ts';
import { peopleStyles } from './people.styles.ts';
import { roleSentences, seenWord } from './people-words.ts';
import { personStyles } from './person.styles.ts';
import { allowanceSentence } from './plan-words.ts';

type Dialog = 'credits' | 'password' | 'forget';

/** One person: what they may, what they have, and where it went. */
@customElement('enc-person')
export class EncPerson extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    fieldStyles,
    formStyles,
    pageStyles,
    peopleStyles,
    personStyles,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) household!: Household;
  @property({ attribute: false }) personId = '';
  /** The moment of the history that is looked at; null is now. */
  @property() at: string | null = null;
  /** It is who looks at it. */
  @property({ type: Boolean }) self = false;
  @property({ type: Boolean }) offline = false;
  @property({ attribute: false }) go!: (href: string) => void;
  @state() private dialog: Dialog | null = null;
  @query('h1') private readonly heading!: HTMLElement | null;

  #account!: Account;
  #accountOf = '';
  #stopHearing: (() => void) | undefined;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        this.#account ??= createAccount(this.http, (id) => `/admin/credits/${id}`);
        const { people, present, plans } = this.household;
        for (const one of [people, present, plans, this.#account.state]) void one.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopHearing = this.feed.on(this.#hear);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopHearing?.();
  }

  protected override willUpdate(): void {
    if (this.#accountOf === this.personId) return;
    this.#accountOf = this.personId;
    this.dialog = null;
    void this.#account.load(this.personId);
  }

  override focus(): void {
    void this.updateComplete.then(() => this.heading?.focus({ preventScroll: true }));
  }

  override render(): TemplateResult {
    const person = this.household.people.value.get(this.personId);
    const back = html`<a class="back" href="/people">${peopleIcons.back}${msg('People')}</a>`;
    if (!person) {
      return html`${back}
        <h1 class="sr-only" tabindex="-1">${msg('People & plans')}</h1>
        <enc-notice heading=${msg('Nobody is here by that address')}>
          ${msg('They may have been forgotten, or the link is not whole.')}
          <a slot="actions" class="button primary" href="/people">${msg('To the people')}</a>
        </enc-notice>`;
    }
    return html`${back} ${this.#header(person)} ${this.#standing(person)} ${this.#credits(person)}
    ${this.#access(person)} ${this.#dialog(person)}`;
  }

  #header(person: ManagedUser): TemplateResult {
    const { id, name, email, disabled, created_at, last_seen_at } = person;
    const here = this.household.present.value.has(id);
    const seen = seenWord(here, last_seen_at, Date.now());
    const facts = [
      email,
      msg(str`since ${dayWord(Date.parse(created_at))}`),
      here
        ? msg('here now')
        : last_seen_at === null
          ? msg('signed out')
          : msg(str`last seen ${`${seen.charAt(0).toLowerCase()}${seen.slice(1)}`}`),
    ];
    return html`<header>
      ${avatar(name, here, disabled)}
      <div class="title">
        <h1 tabindex="-1">${name}</h1>
        ${this.self ? html`<span class="chip">${msg('You')}</span>` : nothing}
        ${disabled ? html`<span class="chip bad">${msg('Disabled')}</span>` : nothing}
        <p>${facts.filter((fact) => fact !== null).join(' · ')}</p>
      </div>
    </header>`;
  }

  #standing(person: ManagedUser): TemplateResult {
    const plans = this.household.plans.value;
    const plan = plans.find(({ code }) => code === person.plan);
    return html`<section class="card" aria-label=${msg('Role and plan')}>
      <div class="pair">
        ${actingSelect({
          disabled: this.offline,
          id: 'role',
          label: msg('Role'),
          value: person.role,
          options: roleChoices,
          note: roleSentences[person.role],
          change: (role) => void this.#change(person, { role: role as ManagedUser['role'] }),
        })}
        ${actingSelect({
          disabled: this.offline,
          id: 'plan',
          label: msg('Plan'),
          value: person.plan,
          options: planChoices(plans),
          note: plan ? allowanceSentence(plan) : '',
          change: (code) => void this.#change(person, { plan: code }),
        })}
      </div>
    </section>`;
  }

  #credits(person: ManagedUser): TemplateResult {
    return html`<enc-credit-history
      .http=${this.http}
      .feed=${this.feed}
      .library=${this.library}
      .account=${this.#account}
      .user=${person}
      .path=${`/admin/credits/${person.id}`}
      subject="The credits of ${person.name}"
      .at=${this.at}
      .nameOf=${(id: string) => this.household.people.peek().get(id)?.name}
    >
      <button
        slot="actions"
        type="button"
        class="button grant"
        aria-disabled=${this.offline ? 'true' : 'false'}
        @click=${() => this.#open('credits')}
      >
        ${msg('Grant or take credits')}
      </button>
    </enc-credit-history>`;
  }

  #access(person: ManagedUser): TemplateResult {
    return personAccess({
      person,
      self: this.self,
      offline: this.offline,
      open: (dialog) => this.#open(dialog),
      able: (disabled) => void this.#able(person, disabled),
    });
  }

  #dialog(person: ManagedUser): TemplateResult | typeof nothing {
    const leave = (): void => {
      this.dialog = null;
    };
    switch (this.dialog) {
      case null:
        return nothing;
      case 'credits':
        return html`<enc-adjust-dialog
          .http=${this.http}
          .person=${person}
          .balance=${this.household.balances.value.get(person.id) ?? 0}
          ?unlimited=${this.#planOf(person)?.unlimited ?? false}
          @enc-dialog-left=${leave}
        ></enc-adjust-dialog>`;
      case 'password':
        return html`<enc-password-dialog
          .http=${this.http}
          .person=${person}
          @enc-dialog-left=${leave}
        ></enc-password-dialog>`;
      case 'forget':
        return html`<enc-forget-dialog
          .household=${this.household}
          .person=${person}
          @enc-dialog-left=${leave}
          @enc-forgotten=${() => this.go('/people')}
        ></enc-forget-dialog>`;
    }
  }

  #planOf(person: ManagedUser): Plan | undefined {
    return this.household.plans.peek().find(({ code }) => code === person.plan);
  }

  #open(dialog: Dialog): void {
    if (!this.offline) this.dialog = dialog;
  }

  async #change(person: ManagedUser, changes: UserChangesBody): Promise<boolean> {
    try {
      await this.household.change(person.id, changes);
      return true;
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
      return false;
    } finally {
      this.requestUpdate();
    }
  }

  async #able(person: ManagedUser, disabled: boolean): Promise<void> {
    if (this.offline || !(await this.#change(person, { disabled }))) return;
    const undo = {
      label: msg('Undo'),
      run: () => void this.#change(person, { disabled: !disabled }),
    };
    const { name } = person;
    const words = disabled
      ? msg(str`${name} is disabled and signed out.`)
      : msg(str`${name} may sign in again.`);
    this.dispatchEvent(new ToastEvent(words, undo, 'done'));
  }

  readonly #hear = (message: FeedMessage): void => this.#account.hear(message);
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-person': EncPerson;
  }
}
