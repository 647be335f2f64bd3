import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { BalanceAt, CreditsState } from '../../server/credits/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { capitalised, countWord } from '../design/words.ts';
import type { Feed } from '../feed/feed.ts';
import { meanwhile } from '../feed/meanwhile.ts';
import { ownChange, type Account } from './account.ts';
import './balance-chart.ts';
import { spanOf, stepAt, stepsOf } from './chart.ts';
import { creditHistoryStyles } from './credit-history.styles.ts';
import { historyTable } from './history-table.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { MomentEvent } from './moment-event.ts';
import { momentOf, momentWord } from './moments.ts';
import type { ScrubEvent } from './scrub-event.ts';
import { changeLook, refusedMark, whatWord, type TransactionWords } from './transaction-look.ts';

const askAfterMs = 150;
const reloadAfterMs = 250;
const skeletonAfterMs = 120;
const pageRows = 25;
/**
 * Where the credits of one person went: the balance now or at any moment, and every movement of it.
 *
 * @slot - below it, once it is loaded
 * @slot actions - what can be done about the balance
 * @event {MomentEvent} enc-moment - another moment was picked
 */
@customElement('enc-credit-history')
export class EncCreditHistory extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, creditHistoryStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) account!: Account;
  /** Whose credits they are. */
  @property({ attribute: false }) user!: { id: string; name: string };
  /** Where the server tells of them, such as `/admin/credits/<user id>`. */
  @property() path = '/credits';
  /** "Your credits": what did not load when it did not. */
  @property() subject = msg('Your credits');
  /** The name of somebody else who gave or took. */
  @property({ attribute: false }) nameOf: (userId: string) => string | undefined = () => undefined;
  /** The moment that is looked at, as it stands in the address; null is now. */
  @property() at: string | null = null;
  /** The server's word on that moment. */
  @state() private replayed: BalanceAt | null = null;
  @state() private shown = pageRows;
  @state() private fetching = false;
  @state() private waited = false;
  @state() private nowMs = Date.now();

  #ledger!: Ledger;
  #leave: (() => void) | undefined;
  #ask: ReturnType<typeof setTimeout> | undefined;
  #reload: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const ledger = (this.#ledger ??= createLedger(this.http, this.path));
        for (const one of [ledger.status, ledger.items, ledger.total, ledger.mayHaveOlder])
          void one.value;
        for (const one of [this.account.state, this.feed.link, this.library.byId]) void one.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopHearing = this.feed.on(this.#hear);
    // The line came back: what happened meanwhile is on the server alone.
    let known = true;
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) this.#loadSoon();
      known = link === 'live' || link === 'checking';
    });
    const timer = setTimeout(() => (this.waited = true), skeletonAfterMs);
    void this.#load();
    this.#leave = () => {
      stopHearing();
      stopLink();
      clearTimeout(timer);
      clearTimeout(this.#ask);
      clearTimeout(this.#reload);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('at')) return;
    this.shown = pageRows;
    this.#asked++;
    clearTimeout(this.#ask);
    const at = momentOf(this.at);
    if (at === null) this.replayed = null;
    else this.#ask = setTimeout(() => void this.#replay(at), askAfterMs);
  }

  override render(): TemplateResult | typeof nothing {
    const { status, error, items } = this.#ledger;
    if (status.value === 'loading') return this.waited ? this.#skeleton() : nothing;
    if (status.value === 'error') {
      return html`<enc-notice heading=${msg(str`${this.subject} did not load`)} role="alert">
        ${error.value} ${meanwhile(this.feed, msg('The sounds still work.'))}
        <button slot="actions" class="button primary" @click=${this.#load}>${msg('Retry')}</button>
      </enc-notice>`;
    }
    return html`${this.#card()} ${items.value.length > 0 ? this.#history() : this.#empty()}
      <slot></slot>`;
  }

  #offline(): boolean {
    return this.feed.link.value === 'offline';
  }

  #skeleton(): TemplateResult {
    return html`<div class="card skeleton" role="status" aria-busy="true">
        <span class="sr-only">${msg('Loading the credits')}</span>
        <div class="bone short"></div>
        <div class="bone tall"></div>
        <div class="bone chart"></div>
      </div>
      <div class="skeleton">
        ${[1, 2, 3, 4, 5].map(() => html`<div class="bone line"></div>`)}
      </div>`;
  }

  #card(): TemplateResult {
    const items = this.#ledger.items.value;
    const steps = stepsOf(items);
    const at = momentOf(this.at);
    const words = this.#balanceWords();
    const when = at === null ? msg('Balance now') : msg(str`Balance on ${momentWord(at)}`);
    return html`<section class="card" aria-label=${msg('Balance')}>
      <div class="figures">
        <div>
          <div class="label">${when}</div>
          <div class="balance">${words}</div>
          ${this.#plan()}
          <slot name="actions"></slot>
        </div>
        ${this.#event(at)}
      </div>
      ${
        items.length > 0
          ? html`<enc-balance-chart
              .steps=${steps}
              .span=${spanOf(items, this.nowMs)}
              .at=${at}
              .words=${words}
              @enc-scrub=${this.#onScrub}
            ></enc-balance-chart>`
          : nothing
      }
    </section>`;
  }

  /** What was asked for last, or what the loaded rows say until the server has answered. */
  #balanceWords(): string {
    const at = momentOf(this.at);
    const state = this.account.state.value;
    if (at === null) {
      if (state?.unlimited) return msg('Unlimited');
      return countWord(state?.balance ?? this.#ledger.items.value[0]?.balance_after ?? 0);
    }
    if (this.replayed && Date.parse(this.replayed.at) === at)
      return countWord(this.replayed.balance);
    return countWord(stepAt(stepsOf(this.#ledger.items.value), at)?.balance ?? 0);
  }

  #plan(): TemplateResult | typeof nothing {
    const state = this.account.state.value;
    if (!state) return nothing;
    const words = msg(str`${capitalised(state.plan)} plan · ${refillWords(state)}`);
    return html`<div class="plan">${words}</div>`;
  }

  #event(at: number | null): TemplateResult | typeof nothing {
    const { items, total } = this.#ledger;
    if (items.value.length === 0) return nothing;
    const index = this.#picked(at);
    const item = items.value[index];
    if (!item)
      return html`<div class="event">
        <div class="label">${msg('Before the first event')}</div>
      </div>`;
    return html`<div class="event">
      <div class="label">
        ${msg(str`Event ${countWord(total.value - index)} of ${countWord(total.value)}`)}
      </div>
      <div class="what">
        ${changeLook(item)}
        <span>${whatWord(item, this.#words())}</span> ${item.success ? nothing : refusedMark}
      </div>
    </div>`;
  }

  /** The place of the newest row that had happened by a moment; −1 where none had. */
  #picked(at: number | null): number {
    if (at === null) return 0;
    return this.#ledger.items.value.findIndex((item) => Date.parse(item.created_at) <= at);
  }

  #empty(): TemplateResult {
    const unlimited = this.account.state.value?.unlimited ?? false;
    return html`<enc-notice
      heading=${unlimited ? msg('Nothing to pay') : msg('Nothing has happened yet')}
    >
      ${
        unlimited
          ? msg('On this plan nothing is charged, so nothing stands here.')
          : msg('Every press and every refill will stand here.')
      }
      <a slot="actions" class="button primary" href="/">${msg('Go to the sounds')}</a>
    </enc-notice>`;
  }

  #history(): TemplateResult {
    const { items, mayHaveOlder } = this.#ledger;
    const at = momentOf(this.at);
    return historyTable({
      items: items.value,
      words: this.#words(),
      picked: at === null ? null : this.#picked(at),
      shown: this.shown,
      mayHaveOlder: mayHaveOlder.value,
      fetching: this.fetching,
      cannotFetch: this.#offline(),
      toNow: () => this.#pick(null),
      showOlder: (from) => void this.#showOlder(from),
    });
  }

  #words(): TransactionWords {
    return { sounds: this.library.byId.value, user: this.user, nameOf: this.nameOf };
  }

  readonly #load = async (): Promise<void> => {
    await this.#ledger.load();
    if (this.#ledger.status.peek() !== 'ready') return;
    this.nowMs = Date.now();
    await this.#reach(momentOf(this.at)).catch(() => {});
  };

  /** A deep link may lead further back than the first page. */
  async #reach(at: number | null): Promise<void> {
    const { items, mayHaveOlder, older } = this.#ledger;
    if (at === null) return;
    const tooNew = (): boolean => Date.parse(items.peek().at(-1)?.created_at ?? '') > at;
    while (mayHaveOlder.peek() && this.isConnected && tooNew()) await older();
  }

  #loadSoon(): void {
    clearTimeout(this.#reload);
    this.#reload = setTimeout(() => void this.#load(), reloadAfterMs);
  }

  async #replay(at: number): Promise<void> {
    const turn = this.#asked;
    const iso = new Date(at).toISOString();
    try {
      const answer = await this.http.get<BalanceAt>(
        `${this.path}/balance?at=${encodeURIComponent(iso)}`,
      );
      if (turn === this.#asked) this.replayed = answer;
    } catch (error) {
      if (turn === this.#asked && !this.#offline()) {
        this.dispatchEvent(new ToastEvent(sentenceOf(error)));
      }
    }
  }

  readonly #hear = (message: FeedMessage): void => {
    if (message.type === 'resync' || ownChange(this.user.id, message)) this.#loadSoon();
  };

  readonly #onScrub = ({ at }: ScrubEvent): void => this.#pick(at);

  #pick(at: number | null): void {
    this.dispatchEvent(new MomentEvent(at === null ? null : new Date(at).toISOString()));
  }

  async #showOlder(from: number): Promise<void> {
    const { items, mayHaveOlder, older } = this.#ledger;
    const wanted = this.shown + pageRows;
    if (from + wanted > items.peek().length && mayHaveOlder.peek()) {
      if (this.fetching || this.#offline()) return;
      this.fetching = true;
      try {
        await older();
      } catch (error) {
        this.dispatchEvent(new ToastEvent(sentenceOf(error)));
        return;
      } finally {
        this.fetching = false;
      }
    }
    this.shown = wanted;
  }
}

const refillWords = ({ unlimited, next_refill_at }: CreditsState): string => {
  if (unlimited) return msg('presses cost nothing');
  const next = momentOf(next_refill_at);
  return next === null ? msg('no refill') : msg(str`next refill ${momentWord(next)}`);
};

declare global {
  interface HTMLElementTagNameMap {
    'enc-credit-history': EncCreditHistory;
  }
}
