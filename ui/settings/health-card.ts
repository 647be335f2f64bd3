import { msg } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Loading } from '../api/loading.ts';
import { clockWord } from '../credits/moments.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import { loadingLook } from '../design/loading-look.ts';
import { pageStyles } from '../design/page.styles.ts';
import { askHealth, overallWord, type HealthPart, type HealthState } from './health.ts';
import { healthCardStyles } from './health-card.styles.ts';

const askEveryMs = 10_000;

const stateWords: Record<HealthState, string> = {
  ok: msg('Works'),
  degraded: msg('Needs a look'),
  starting: msg('Starting'),
};
const stateIcons: Record<HealthState, TemplateResult> = {
  ok: icons.check,
  degraded: icons.broken,
  starting: icons.more,
};

/** How the parts of the box do, and what helps where one does not. Asks while it is looked at. */
@customElement('enc-health-card')
export class EncHealthCard extends LitElement {
  static override readonly styles = [base, buttons, pageStyles, healthCardStyles];

  /** Whether its screen is the one on top. */
  @property({ type: Boolean }) shown = false;
  #askedAtMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #health = new Loading(this, async () => {
    const parts = await askHealth();
    this.#askedAtMs = Date.now();
    return parts;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      if (this.shown && !document.hidden) void this.#health.reload();
    }, askEveryMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('shown') && this.shown && this.hasUpdated) void this.#health.reload();
  }

  override render(): TemplateResult {
    const { value, error } = this.#health;
    return html`<section class="card" aria-labelledby="health">
      <div class="head">
        <div>
          <h2 id="health">${msg('Health')}</h2>
          <p class="about" role="status">${value && !error ? overallWord(value) : nothing}</p>
        </div>
        ${
          value && !error
            ? html`<button type="button" class="button" @click=${this.#health.reload}>
                ${msg('Check again')}
              </button>`
            : nothing
        }
      </div>
      ${
        value && !error
          ? html`<ul class="rows">
                ${value.map((part) => this.#part(part))}
              </ul>
              <p class="asked">
                ${msg('Checked at')} ${clockWord(this.#askedAtMs)}${msg(', and every ten seconds.')}
              </p>`
          : loadingLook(this.#health, msg('The health of the box'))
      }
    </section>`;
  }

  #part({ state, label, sentence, fix, href }: HealthPart): TemplateResult {
    return html`<li class=${state}>
      ${stateIcons[state]}
      <div class="thing">
        <b>${label}</b>
        <small>${sentence}</small>
        ${
          state === 'degraded'
            ? html`<small class="fix"
                >${fix}${href ? html` <a href=${href}>${msg('Go there')}</a>` : nothing}</small
              >`
            : nothing
        }
      </div>
      <span class="chip">${stateWords[state]}</span>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-health-card': EncHealthCard;
  }
}
