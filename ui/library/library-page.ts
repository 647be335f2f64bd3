import { msg } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ManagedUser, User } from '../../server/users/contract.ts';
import { everyPage } from '../api/every-page.ts';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import { pageStyles } from '../design/page.styles.ts';
import { tabStyles } from '../design/tab.styles.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import '../feed/offline-strip.ts';
import { AddSoundsEvent } from '../upload/add-sounds-event.ts';
import { createHoldings, type Holdings } from './holdings.ts';
import { libraryPageStyles } from './library-page.styles.ts';
import './loudness-panel.ts';
import './scan-panel.ts';
import { sectionOf, sectionsOf, type SectionName } from './sections.ts';
import './sounds-panel.ts';
import './trash-panel.ts';

/** What the house has of sounds, and what keeps it in order; others than admins see their own. */
@customElement('enc-library-page')
export class EncLibraryPage extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, tabStyles, libraryPageStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) user!: User;
  @property({ attribute: false }) url!: URL;
  @state() private names: ReadonlyMap<string, string> = new Map();

  #holdings!: Holdings;
  #leave: (() => void) | undefined;
  /** Sections come when they are first looked at, and stay: what they do goes on. */
  readonly #visited = new Set<SectionName>();

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        this.#holdings ??= createHoldings(this.http);
        void this.feed.link.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopHearing = this.feed.on(this.#holdings.hear);
    let known = true;
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) void this.#holdings.load();
      known = link === 'live' || link === 'checking';
    });
    void this.#holdings.load();
    if (this.user.role === 'admin') void this.#nameThem();
    this.#leave = () => {
      stopHearing();
      stopLink();
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  async #nameThem(): Promise<void> {
    try {
      const users = await everyPage<ManagedUser>(this.http, '/admin/users');
      this.names = new Map(users.map(({ id, name }) => [id, name]));
    } catch {
      // Then it says "somebody else".
    }
  }

  protected override willUpdate(_: PropertyValues<this>): void {
    this.#visited.add(sectionOf(this.url.pathname, this.user.role));
  }

  protected override updated(changes: PropertyValues<this>): void {
    if (changes.get('url')) this.scrollTop = 0;
  }

  override render(): TemplateResult {
    const { user } = this;
    const section = sectionOf(this.url.pathname, user.role);
    const admin = user.role === 'admin';
    const offline = this.feed.link.value === 'offline';
    return html`<div class="page">
      <div class="top">
        <h1>${msg('Library')}</h1>
        <button
          type="button"
          class="button"
          aria-disabled=${offline ? 'true' : nothing}
          title=${offline ? msg('Encore is offline, so nothing can be added now.') : nothing}
          @click=${this.#add}
        >
          ${icons.add}${msg('Add sounds')}
        </button>
      </div>
      <p class="lead">
        ${
          admin
            ? msg(
                'Every sound of the house: what is in the folders, how loud it is, and what was removed.',
              )
            : msg('The sounds that you have brought, and those of them that you removed.')
        }
      </p>
      <nav class="tabs" aria-label=${msg('Library')}>
        ${sectionsOf(user.role).map(
          ({ name, href, label }) =>
            html`<a href=${href} aria-current=${name === section ? 'page' : nothing}>${label}</a>`,
        )}
      </nav>
      <enc-offline-strip .feed=${this.feed}></enc-offline-strip>
      ${[...this.#visited].map(
        (name) => html`<div ?hidden=${name !== section}>${this.#panel(name)}</div>`,
      )}
    </div>`;
  }

  #panel(name: SectionName): TemplateResult {
    const { http, feed, library, user, names } = this;
    switch (name) {
      case 'sounds':
        return html`<enc-sounds-panel
          .http=${http}
          .feed=${feed}
          .user=${user}
          .holdings=${this.#holdings}
          .names=${names}
        ></enc-sounds-panel>`;
      case 'scan':
        return html`<enc-scan-panel
          .http=${http}
          .feed=${feed}
          .library=${library}
        ></enc-scan-panel>`;
      case 'loudness':
        return html`<enc-loudness-panel .http=${http} .feed=${feed}></enc-loudness-panel>`;
      case 'trash':
        return html`<enc-trash-panel
          .http=${http}
          .feed=${feed}
          .user=${user}
          .names=${names}
        ></enc-trash-panel>`;
    }
  }

  readonly #add = (): void => void this.dispatchEvent(new AddSoundsEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-library-page': EncLibraryPage;
  }
}
