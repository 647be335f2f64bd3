import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Http } from '../api/http.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import { Watch } from '../design/watch.ts';
import { countWord } from '../design/words.ts';
import { avatar } from './avatar.ts';
import type { Household } from './household.ts';
import './new-person-dialog.ts';
import { peopleIcons } from './people-icons.ts';
import { peopleListStyles } from './people-list.styles.ts';
import { peopleStyles } from './people.styles.ts';
import { balanceWord, peopleWord, roleWords, seenWord } from './people-words.ts';
import { rowsOf, type PersonRow, type Sorting } from './rows.ts';
import { personHref } from './sections.ts';

/** So few are found by looking. */
const searchFrom = 10;
const pageRows = 50;
const agoEveryMs = 60_000;

const columns: readonly { by: Sorting; label: string; className: string }[] = [
  { by: 'name', label: msg('Name'), className: '' },
  { by: 'plan', label: msg('Plan'), className: 'wide' },
  { by: 'balance', label: msg('Balance'), className: 'number' },
  { by: 'seen', label: msg('Last seen'), className: 'seen' },
];
/** What is looked for in numbers and times is their upper end. */
const descendsFirst: ReadonlySet<Sorting> = new Set(['balance', 'seen']);

/** Everybody with role, plan and balance. */
@customElement('enc-people-list')
export class EncPeopleList extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, peopleStyles, peopleListStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) household!: Household;
  /** Only who has this plan; null is everybody. */
  @property() plan: string | null = null;
  @property({ type: Boolean }) offline = false;
  @state() private words = '';
  @state() private by: Sorting = 'name';
  @state() private descending = false;
  @state() private shown = pageRows;
  @state() private adding = false;
  @state() private nowMs = Date.now();
  #ago: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const { people, balances, present, plans } = this.household;
        for (const one of [people, balances, present, plans]) void one.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ago = setInterval(() => (this.nowMs = Date.now()), agoEveryMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ago);
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('plan')) this.shown = pageRows;
  }

  /** For who comes back from the page of that person. */
  focusPerson(id: string): void {
    const links = this.renderRoot.querySelectorAll<HTMLAnchorElement>('a.name');
    [...links].find((link) => link.pathname === personHref(id))?.focus({ preventScroll: true });
  }

  override render(): TemplateResult {
    const { people, balances, present, plans } = this.household;
    const known = {
      people: people.value,
      balances: balances.value,
      present: present.value,
      plans: plans.value,
    };
    const rows = rowsOf(known, {
      words: this.words,
      plan: this.plan,
      by: this.by,
      descending: this.descending,
    });
    return html`${this.#tools(people.value.size, rows.length)}
    ${rows.length > 0 ? this.#table(rows) : this.#nobody()}
    ${
      rows.length > this.shown
        ? html`<button type="button" class="button more" @click=${this.#more}>
            ${msg('Show more')}
          </button>`
        : nothing
    }
    ${
      this.adding
        ? html`<enc-new-person-dialog
            .http=${this.http}
            .household=${this.household}
            @enc-dialog-left=${this.#added}
          ></enc-new-person-dialog>`
        : nothing
    }`;
  }

  #tools(everybody: number, found: number): TemplateResult {
    const filtered = this.words !== '' || this.plan !== null;
    return html`<div class="tools">
      ${
        everybody > searchFrom
          ? html`<label class="search"
              >${icons.search}<input
                type="search"
                aria-label=${msg('Search people')}
                placeholder=${msg(str`Search ${countWord(everybody)} people`)}
                .value=${this.words}
                @input=${this.#onSearch}
            /></label>`
          : nothing
      }
      ${this.plan === null ? nothing : this.#planChip(this.plan)}
      <span class="found" role="status">${filtered ? peopleWord(found) : ''}</span>
      <button
        type="button"
        class="button primary end"
        aria-disabled=${this.offline ? 'true' : 'false'}
        @click=${() => (this.adding = !this.offline)}
      >
        ${icons.add}${msg('New person')}
      </button>
    </div>`;
  }

  #planChip(code: string): TemplateResult {
    const name = this.household.plans.value.find((plan) => plan.code === code)?.name ?? code;
    return html`<a class="filter" href="/people" aria-label=${msg(str`On ${name}: show everybody`)}
      >${msg(str`On ${name}`)}${icons.close}</a
    >`;
  }

  #nobody(): TemplateResult {
    return html`<enc-notice heading=${msg('Nobody like that')}>
      ${this.words ? msg(str`No name or address has “${this.words}” in it.`) : msg('Nobody has this plan.')}
      <a slot="actions" class="button primary" href="/people" @click=${() => (this.words = '')}
        >${msg('Show everybody')}</a
      >
    </enc-notice>`;
  }

  #table(rows: readonly PersonRow[]): TemplateResult {
    return html`<table aria-label=${msg('People')}>
      <thead>
        <tr>
          ${columns.map(({ by, label, className }) => {
            const sorted = by === this.by ? (this.descending ? 'descending' : 'ascending') : null;
            return html`<th scope="col" class=${className} aria-sort=${sorted ?? nothing}>
              <button type="button" class="sort ${sorted ?? ''}" @click=${() => this.#sort(by)}>
                ${label}${peopleIcons.down}
              </button>
            </th>`;
          })}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          rows.slice(0, this.shown),
          ({ person }) => person.id,
          (row) => this.#row(row),
        )}
      </tbody>
    </table>`;
  }

  #row({ person, planName, balance, here }: PersonRow): TemplateResult {
    const { id, name, email, role, disabled, last_seen_at } = person;
    const seen = seenWord(here, last_seen_at, this.nowMs);
    return html`<tr class=${disabled ? 'off' : ''}>
      <td>
        <div class="who">
          ${avatar(name, here, disabled)}
          <div class="thing">
            <b
              ><a class="name" href=${personHref(id)}>${name}</a>
              ${disabled ? html`<span class="chip bad">${msg('Disabled')}</span>` : nothing}</b
            >
            <small
              >${roleWords[role]}<span class="narrow">
                · ${planName}${here ? msg(' · here now') : ''}</span
              >${email ? html`<span class="wide"> · ${email}</span>` : nothing}</small
            >
          </div>
        </div>
      </td>
      <td class="wide">${planName}</td>
      <td class="number">${balanceWord(balance)}</td>
      <td class="seen ${here ? 'now' : ''}">${seen}</td>
    </tr>`;
  }

  #sort(by: Sorting): void {
    this.descending = by === this.by ? !this.descending : descendsFirst.has(by);
    this.by = by;
  }

  readonly #more = (): void => {
    this.shown += pageRows;
  };

  readonly #added = (): void => {
    this.adding = false;
  };

  readonly #onSearch = (event: Event): void => {
    this.words = (event.target as HTMLInputElement).value.trim();
    this.shown = pageRows;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-people-list': EncPeopleList;
  }
}
