import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { MqttStatus } from '../../server/mqtt/contract.ts';
import type { Http } from '../api/http.ts';
import { Loading } from '../api/loading.ts';
import { base } from '../design/base.styles.ts';
import { pageStyles } from '../design/page.styles.ts';
import { agoWord } from '../design/time-words.ts';
import { capitalised } from '../design/words.ts';
import { saidWords } from '../languages/server-words.ts';
import { healthCardStyles } from './health-card.styles.ts';

type Refusal = MqttStatus['refusals'][number];

const askEveryMs = 10_000;
const shownMax = 10;

const triedWord = ({ action, what }: Refusal): string => {
  switch (action) {
    case 'login':
      return msg(str`Signing in from ${what}`);
    case 'publish':
      return msg(str`Publishing to ${what}`);
    case 'subscribe':
      return msg(str`Listening to ${what}`);
    case 'command':
      return msg(str`A command on ${what}`);
    case 'connection':
      return msg(str`The connection from ${what} was ended`);
  }
};

/**
 * What the MQTT broker refused of late: the device itself shows no more than that it connects again
 * and again. Not there where nothing was refused, nor where that is not known: the health says why.
 */
@customElement('enc-refusals-card')
export class EncRefusalsCard extends LitElement {
  static override readonly styles = [base, pageStyles, healthCardStyles];

  @property({ attribute: false }) http!: Http;
  /** Whether its screen is the one on top. */
  @property({ type: Boolean }) shown = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #status = new Loading(this, () => this.http.get<MqttStatus>('/admin/mqtt'));

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      if (this.shown && !document.hidden) void this.#status.reload();
    }, askEveryMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('shown') && this.shown && this.hasUpdated) void this.#status.reload();
  }

  override render(): TemplateResult | typeof nothing {
    const refusals = this.#status.value?.refusals.slice(0, shownMax) ?? [];
    if (refusals.length === 0) return nothing;
    return html`<section class="card" aria-labelledby="refusals">
      <h2 id="refusals">${msg('Refused over MQTT')}</h2>
      <p class="about">
        ${msg('A device that keeps reconnecting is often one that does what its token may not.')}
      </p>
      <ul class="rows">
        ${refusals.map((refusal) => this.#refusal(refusal))}
      </ul>
    </section>`;
  }

  #refusal(refusal: Refusal): TemplateResult {
    const { name, reason, at, times } = refusal;
    return html`<li>
      <div class="thing">
        <b>${name ?? msg('Somebody')}</b>
        <small>${triedWord(refusal)}: ${capitalised(saidWords(reason))}.</small>
        <small>${agoWord(at)}${times > 1 ? msg(str`, ${times} times`) : nothing}</small>
      </div>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-refusals-card': EncRefusalsCard;
  }
}
