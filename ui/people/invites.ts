import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Invite } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import { momentWord, shortMoment } from '../credits/moments.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import '../design/notice.ts';
import { icons } from '../design/icons.ts';
import { pageStyles } from '../design/page.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { capitalised } from '../design/words.ts';
import type { Feed } from '../feed/feed.ts';
import type { Household } from './household.ts';
import './invite-dialog.ts';
import type { InvitePreset } from './invite-dialog.ts';
import { invitesStyles } from './invites.styles.ts';
import { peopleIcons } from './people-icons.ts';
import { peopleStyles } from './people.styles.ts';
import { roleWords } from './people-words.ts';
import { personHref } from './sections.ts';
import { midSentence } from '../design/words.ts';

type Page = { items: Invite[]; next_cursor: string | null };
type Loaded = { items: readonly Invite[]; next: string | null };

const pageSize = 100;
const reloadAfterMs = 250;
const fresh: InvitePreset = { role: 'user', plan: '' };

/** Invites that are open, and what became of the others. */
@customElement('enc-invites')
export class EncInvites extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, peopleStyles, invitesStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) household!: Household;
  @property({ type: Boolean }) offline = false;
  @state() private loaded: Loaded | null = null;
  @state() private error = '';
  @state() private inviting: InvitePreset | null = null;
  @state() private fetching = false;
  #leave: (() => void) | undefined;
  #reload: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        for (const one of [this.household.people, this.household.plans]) void one.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopHearing = this.feed.on(this.#hear);
    let known = true;
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) void this.#load();
      known = link === 'live' || link === 'checking';
    });
    void this.#load();
    this.#leave = () => {
      stopHearing();
      stopLink();
      clearTimeout(this.#reload);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  override render(): TemplateResult {
    return html`<div class="tools">
        <p class="about">${msg('A link or a code lets one person in.')}</p>
        <button
          type="button"
          class="button primary end"
          aria-disabled=${this.offline ? 'true' : 'false'}
          @click=${() => this.#invite(fresh)}
        >
          ${icons.add}${msg('New invite')}
        </button>
      </div>
      ${this.#content()}
      ${
        this.inviting
          ? html`<enc-invite-dialog
              .http=${this.http}
              .household=${this.household}
              .preset=${this.inviting}
              @enc-invited=${this.#load}
              @enc-dialog-left=${this.#invited}
            ></enc-invite-dialog>`
          : nothing
      }`;
  }

  #content(): TemplateResult {
    if (this.error) {
      return html`<enc-notice heading=${msg('The invites did not load')} role="alert">
        ${this.error}
        <button slot="actions" class="button primary" @click=${this.#load}>${msg('Retry')}</button>
      </enc-notice>`;
    }
    if (!this.loaded) {
      return html`<div role="status" aria-busy="true">
        <span class="sr-only">${msg('Loading the invites')}</span>
        ${[1, 2, 3].map(() => html`<div class="bone line"></div>`)}
      </div>`;
    }
    const { items, next } = this.loaded;
    const open = items.filter(({ status }) => status === 'open');
    const past = items.filter(({ status }) => status !== 'open');
    return html`${open.length > 0 ? this.#list(msg('Open'), open) : this.#empty()}
    ${past.length > 0 ? this.#list(msg('Earlier'), past) : nothing}
    ${
      next === null
        ? nothing
        : html`<button
            type="button"
            class="button older"
            aria-disabled=${this.fetching || this.offline ? 'true' : 'false'}
            @click=${() => this.#older(next)}
          >
            ${this.fetching ? msg('Loading…') : msg('Show older')}
          </button>`
    }`;
  }

  #empty(): TemplateResult {
    return html`<enc-notice heading=${msg('No open invites')}>
      ${msg('A link or a code lets one person in, with the role and the plan that you choose.')}
      <button slot="actions" class="button primary" @click=${() => this.#invite(fresh)}>
        ${msg('Invite somebody')}
      </button>
    </enc-notice>`;
  }

  #list(heading: string, invites: readonly Invite[]): TemplateResult {
    return html`<section class="card">
      <h2>${heading}</h2>
      <ul class="rows">
        ${repeat(
          invites,
          ({ id }) => id,
          (invite) => this.#row(invite),
        )}
      </ul>
    </section>`;
  }

  #row(invite: Invite): TemplateResult {
    const { role, plan, status } = invite;
    const planName = this.household.plans.value.find(({ code }) => code === plan)?.name ?? plan;
    return html`<li>
      ${peopleIcons.invite}
      <div class="thing">
        <b>${msg(str`${roleWords[role]}, ${planName} plan`)}</b>
        <small>${this.#fate(invite)}</small>
      </div>
      ${
        status === 'open'
          ? html`<button
              type="button"
              class="button"
              aria-disabled=${this.offline ? 'true' : 'false'}
              aria-label=${msg(str`Revoke the invite for one ${midSentence(roleWords[role])}`)}
              @click=${() => this.#revoke(invite)}
            >
              ${msg('Revoke')}
            </button>`
          : html`<span class="chip">${statusWords[status]}</span>`
      }
    </li>`;
  }

  #fate(invite: Invite): TemplateResult {
    const { status, expires_at, issued_by, used_by, used_at, created_at } = invite;
    const by = msg(str`made ${shortMoment(Date.parse(created_at))} by ${this.#name(issued_by)}`);
    if (status === 'open')
      return html`${msg(str`Open until ${momentWord(Date.parse(expires_at))} · ${by}`)}`;
    if (status !== 'used' || used_by === null) return html`${capitalised(by)}`;
    const when = used_at === null ? '' : `, ${shortMoment(Date.parse(used_at))}`;
    return html`${
      this.household.people.value.has(used_by)
        ? html`<a href=${personHref(used_by)}>${this.#name(used_by)}</a>`
        : this.#name(used_by)
    }${when}
    · ${by}`;
  }

  #name(id: string): string {
    return this.household.people.value.get(id)?.name ?? msg('somebody forgotten');
  }

  readonly #invited = (): void => {
    this.inviting = null;
  };

  #invite(preset: InvitePreset): void {
    if (!this.offline) this.inviting = preset;
  }

  readonly #load = async (): Promise<void> => {
    const turn = ++this.#asked;
    this.error = '';
    try {
      const page = await this.#page(null);
      if (turn === this.#asked) this.loaded = { items: page.items, next: page.next_cursor };
    } catch (error) {
      if (turn === this.#asked && !this.loaded) this.error = sentenceOf(error);
    }
  };

  #page(cursor: string | null): Promise<Page> {
    const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    return this.http.get<Page>(`/admin/invites?limit=${pageSize}${from}`);
  }

  async #older(cursor: string): Promise<void> {
    if (this.fetching || this.offline) return;
    this.fetching = true;
    try {
      const page = await this.#page(cursor);
      const before = this.loaded?.items ?? [];
      if (this.loaded?.next !== cursor) return;
      this.loaded = { items: [...before, ...page.items], next: page.next_cursor };
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    } finally {
      this.fetching = false;
    }
  }

  /** Final: the code is gone from the server. What can be had back is a new invite like it. */
  async #revoke({ id, role, plan }: Invite): Promise<void> {
    if (this.offline) return;
    const statusOf = (status: Invite['status']): void => {
      const items = (this.loaded?.items ?? []).map((one) =>
        one.id === id ? { ...one, status } : one,
      );
      if (this.loaded) this.loaded = { ...this.loaded, items };
    };
    statusOf('revoked');
    try {
      await this.http.delete(`/admin/invites/${id}`);
      const again = { label: msg('Make a new one'), run: () => this.#invite({ role, plan }) };
      const text = msg('Revoked: the link opens nothing any more.');
      this.dispatchEvent(new ToastEvent(text, again, 'done'));
    } catch (error) {
      statusOf('open');
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
      void this.#load();
    }
  }

  readonly #hear = (message: FeedMessage): void => {
    // Who has just come may have used one of them.
    if (message.type !== 'user_changed' && message.type !== 'resync') return;
    clearTimeout(this.#reload);
    this.#reload = setTimeout(() => void this.#load(), reloadAfterMs);
  };
}

const statusWords: Record<Invite['status'], string> = {
  open: msg('Open'),
  used: msg('Used'),
  revoked: msg('Revoked'),
  expired: msg('Expired'),
};

declare global {
  interface HTMLElementTagNameMap {
    'enc-invites': EncInvites;
  }
}
