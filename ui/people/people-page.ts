import { msg } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import { tabStyles } from '../design/tab.styles.ts';
import { Watch } from '../design/watch.ts';
import { countWord } from '../design/words.ts';
import type { Feed } from '../feed/feed.ts';
import { meanwhile } from '../feed/meanwhile.ts';
import '../feed/offline-strip.ts';
import { createHousehold, type Household } from './household.ts';
import './invites.ts';
import './people-list.ts';
import { peoplePageStyles } from './people-page.styles.ts';
import './person.ts';
import type { EncPerson } from './person.ts';
import './plans.ts';
import { sectionOf, type Section } from './sections.ts';

const skeletonAfterMs = 120;

const tabs: readonly { name: Section['name']; href: string; label: string }[] = [
  { name: 'people', href: '/people', label: msg('People') },
  { name: 'invites', href: '/people/invites', label: msg('Invites') },
  { name: 'plans', href: '/people/plans', label: msg('Plans') },
];

/** Who may be here, what they have to spend, and how others get in. */
@customElement('enc-people-page')
export class EncPeoplePage extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, tabStyles, peoplePageStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  /** Who looks at it: an administrator. */
  @property({ attribute: false }) user!: User;
  @property({ attribute: false }) url!: URL;
  @property({ attribute: false }) go!: (href: string) => void;
  @state() private waited = false;

  #household!: Household;
  #leave: (() => void) | undefined;
  /** How far each part of the page was scrolled when it was left. */
  readonly #scrolled = new Map<string, number>();
  #before: Section | null = null;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const { status, people, plans } = (this.#household ??= createHousehold(this.http));
        for (const one of [status, people, plans, this.feed.link]) void one.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopHearing = this.feed.on(this.#hear);
    // The line came back: what happened meanwhile is on the server alone.
    let known = true;
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) void this.#household.load();
      known = link === 'live' || link === 'checking';
    });
    const timer = setTimeout(() => (this.waited = true), skeletonAfterMs);
    void this.#household.load();
    this.#leave = () => {
      stopHearing();
      stopLink();
      clearTimeout(timer);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  get #section(): Section {
    return sectionOf(this.url.pathname);
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    const before = changes.get('url');
    if (before) this.#scrolled.set(before.pathname, this.scrollTop);
  }

  protected override updated(changes: PropertyValues<this>): void {
    const section = this.#section;
    const before = this.#before;
    this.#before = section;
    const from = changes.get('url');
    if (!before || !from || from.pathname === this.url.pathname) return;
    const top = section.name === 'person' ? 0 : (this.#scrolled.get(this.url.pathname) ?? 0);
    void this.#settleFocus(before, section).then(() => (this.scrollTop = top));
  }

  /** A person's page is read from its name; back on the list one is where one was. */
  async #settleFocus(before: Section, section: Section): Promise<void> {
    if (section.name === 'person') {
      this.renderRoot.querySelector<EncPerson>('enc-person')?.focus();
      return;
    }
    if (before.name !== 'person' || section.name !== 'people') return;
    const list = this.renderRoot.querySelector('enc-people-list');
    await list?.updateComplete;
    list?.focusPerson(before.id);
  }

  override render(): TemplateResult {
    const section = this.#section;
    return html`<div class="page">
      ${
        section.name === 'person'
          ? nothing
          : html`<h1>${msg('People & plans')}</h1>
              <p class="lead">
                ${msg('Who may press, what it costs them, and how others get in.')}
              </p>
              ${this.#tabs(section)}`
      }
      <enc-offline-strip .feed=${this.feed}></enc-offline-strip>
      ${this.#content(section)}
    </div>`;
  }

  #tabs(section: Section): TemplateResult {
    const { status, people, plans } = this.#household;
    const ready = status.value === 'ready';
    const counts = { people: people.value.size, plans: plans.value.length };
    return html`<nav class="tabs" aria-label=${msg('People and plans')}>
      ${tabs.map(
        ({ name, href, label }) =>
          html`<a href=${href} aria-current=${name === section.name ? 'page' : nothing}
            >${label}${
              ready && (name === 'people' || name === 'plans')
                ? html` <span class="count">${countWord(counts[name])}</span>`
                : nothing
            }</a
          >`,
      )}
    </nav>`;
  }

  #content(section: Section): TemplateResult | typeof nothing {
    const { status, error } = this.#household;
    if (status.value === 'loading') return this.waited ? this.#skeleton() : nothing;
    if (status.value === 'error') {
      return html`<enc-notice heading=${msg('The people did not load')} role="alert">
        ${error.value} ${meanwhile(this.feed, msg('The sounds still work.'))}
        <button slot="actions" class="button primary" @click=${() => this.#household.load()}>
          ${msg('Retry')}
        </button>
      </enc-notice>`;
    }
    const { http, feed, user } = this;
    const household = this.#household;
    const offline = feed.link.value === 'offline';
    switch (section.name) {
      case 'people':
        return html`<enc-people-list
          .http=${http}
          .household=${household}
          .plan=${this.url.searchParams.get('plan')}
          ?offline=${offline}
        ></enc-people-list>`;
      case 'invites':
        return html`<enc-invites
          .http=${http}
          .feed=${feed}
          .household=${household}
          ?offline=${offline}
        ></enc-invites>`;
      case 'plans':
        return html`<enc-plans
          .http=${http}
          .household=${household}
          ?offline=${offline}
        ></enc-plans>`;
      case 'person':
        return html`<enc-person
          .http=${http}
          .feed=${feed}
          .library=${this.library}
          .household=${household}
          .personId=${section.id}
          .at=${this.url.searchParams.get('at')}
          ?self=${section.id === user.id}
          ?offline=${offline}
          .go=${this.go}
        ></enc-person>`;
    }
  }

  #skeleton(): TemplateResult {
    return html`<div class="skeleton" role="status" aria-busy="true">
      <span class="sr-only">${msg('Loading the people')}</span>
      ${[1, 2, 3, 4, 5, 6].map(
        () =>
          html`<div class="line">
            <div class="bone face"></div>
            <div class="bone name"></div>
          </div>`,
      )}
    </div>`;
  }

  readonly #hear = (message: FeedMessage): void => this.#household.hear(message);
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-people-page': EncPeoplePage;
  }
}
