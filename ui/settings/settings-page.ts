import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { QuietHours, SettingName, Settings } from '../../server/household/contract.ts';
import type { Http } from '../api/http.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/notice.ts';
import { pageStyles } from '../design/page.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import '../feed/offline-strip.ts';
import { attempt } from '../player/attempt.ts';
import './backup-card.ts';
import './health-card.ts';
import './refusals-card.ts';
import type { QuietChanges, QuietChosenEvent } from './quiet-hours.ts';
import './quiet-hours.ts';
import { hoursWord } from './quiet-words.ts';
import { factsOf, othersOf, settingSections, valueWord } from './setting-facts.ts';
import type { SettingChosenEvent } from './setting-row.ts';
import './setting-row.ts';
import { settingsPageStyles } from './settings-page.styles.ts';
import { createSettings, type HouseSettings } from './settings.ts';

const skeletonAfterMs = 120;
/** "Tomorrow" becomes "today" by itself. */
const tickMs = 20_000;

/** What the household has chosen, and how the box does. */
@customElement('enc-settings-page')
export class EncSettingsPage extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, settingsPageStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  /** Whether this screen is the one on top. */
  @property({ type: Boolean }) shown = false;
  @state() private waited = false;
  @state() private nowMs = Date.now();

  #house!: HouseSettings;
  #leave: (() => void) | undefined;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const { status, settings, quiet } = (this.#house ??= createSettings(this.http));
        for (const one of [status, settings, quiet, this.feed.link]) void one.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stopHearing = this.feed.on(this.#house.hear);
    // The line came back: what happened meanwhile is on the server alone.
    let known = true;
    const stopLink = this.feed.link.subscribe((link) => {
      if (link === 'live' && !known) void this.#house.load();
      known = link === 'live' || link === 'checking';
    });
    const waiting = setTimeout(() => (this.waited = true), skeletonAfterMs);
    const ticking = setInterval(() => (this.nowMs = Date.now()), tickMs);
    void this.#house.load();
    this.#leave = () => {
      stopHearing();
      stopLink();
      clearTimeout(waiting);
      clearInterval(ticking);
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  override render(): TemplateResult {
    return html`<div class="page narrow">
      <h1>${msg('Settings')}</h1>
      <p class="lead">${msg('What holds in this house. Every choice is kept at once.')}</p>
      <enc-offline-strip .feed=${this.feed}></enc-offline-strip>
      ${this.#content()}
      <enc-backup-card .http=${this.http} .feed=${this.feed} ?shown=${this.shown}></enc-backup-card>
      <enc-health-card ?shown=${this.shown}></enc-health-card>
      <enc-refusals-card .http=${this.http} ?shown=${this.shown}></enc-refusals-card>
    </div>`;
  }

  #content(): TemplateResult | typeof nothing {
    const { status, error, settings } = this.#house;
    if (status.value === 'loading') return this.waited ? skeleton : nothing;
    if (status.value === 'error') {
      return html`<enc-notice heading=${msg('The settings did not load')} role="alert">
        ${error.value} ${msg('They hold all the same.')}
        <button slot="actions" class="button primary" @click=${() => this.#house.load()}>
          ${msg('Retry')}
        </button>
      </enc-notice>`;
    }
    const others = othersOf(settings.value.values());
    return html`${this.#quietHours()}
    ${settingSections.map(({ heading, about, names }) => this.#section(heading, about, names))}
    ${others.length > 0 ? this.#section(msg('More'), msg('What else can be chosen.'), others) : nothing}`;
  }

  #offline(): boolean {
    return this.feed.link.value === 'offline';
  }

  #quietHours(): TemplateResult | typeof nothing {
    const hours = this.#hours();
    if (!hours) return nothing;
    return html`<enc-quiet-hours
      .hours=${hours}
      .quiet=${this.#house.quiet.value}
      .now=${this.nowMs}
      ?offline=${this.#offline()}
      @enc-quiet-chosen=${({ changes }: QuietChosenEvent) => this.#chooseQuiet(changes)}
    ></enc-quiet-hours>`;
  }

  #section(heading: string, about: string, names: readonly SettingName[]): TemplateResult {
    const id = heading.toLowerCase().replaceAll(' ', '-');
    return html`<section class="card" aria-labelledby=${id}>
      <h2 id=${id}>${heading}</h2>
      <p class="about">${about}</p>
      <div class="settings">${names.map((name) => this.#row(name))}</div>
    </section>`;
  }

  #row(name: SettingName): TemplateResult | typeof nothing {
    const setting = this.#house.settings.value.get(name);
    if (!setting) return nothing;
    return html`<enc-setting-row
      .setting=${setting}
      ?offline=${this.#offline()}
      @enc-setting-chosen=${({ value }: SettingChosenEvent) => this.#choose(name, value)}
    ></enc-setting-row>`;
  }

  #hours(): QuietHours | undefined {
    return this.#house.settings.value.get('quiet_hours')?.value as QuietHours | undefined;
  }

  async #choose(name: SettingName, value: unknown): Promise<void> {
    const before = this.#house.settings.peek().get(name)?.value;
    if (value === before) return;
    const choose = (wanted: unknown): Promise<void> =>
      this.#house.choose(name, wanted as Settings[SettingName]);
    if (!(await attempt(this, choose(value)))) return;
    const facts = factsOf(name);
    this.#done(`${facts.label}: ${valueWord(facts, value)}.`, () => choose(before));
  }

  /** Taken back is only what was changed, whatever was chosen since. */
  async #chooseQuiet(changes: QuietChanges): Promise<void> {
    const hours = this.#hours();
    if (!hours) return;
    const keys = Object.keys(changes) as (keyof QuietHours)[];
    const before = Object.fromEntries(keys.map((key) => [key, hours[key]])) as QuietChanges;
    const choose = (wanted: QuietChanges): Promise<void> =>
      this.#house.choose('quiet_hours', { ...(this.#hours() ?? hours), ...wanted });
    if (!(await attempt(this, choose(changes)))) return;
    const now = { ...hours, ...changes };
    const words = now.enabled
      ? msg(str`Quiet hours: ${hoursWord(now)}.`)
      : msg('Quiet hours are off.');
    this.#done(words, () => choose(before));
  }

  #done(text: string, undo: () => Promise<void>): void {
    const run = (): void => void attempt(this, undo());
    this.dispatchEvent(new ToastEvent(text, { label: msg('Undo'), run }, 'done'));
  }
}

const skeleton = html`<div class="skeleton" role="status" aria-busy="true">
  <span class="sr-only">${msg('Loading the settings')}</span>
  ${[1, 2, 3].map(() => html`<div class="card"><div class="bone"></div></div>`)}
</div>`;

declare global {
  interface HTMLElementTagNameMap {
    'enc-settings-page': EncSettingsPage;
  }
}
