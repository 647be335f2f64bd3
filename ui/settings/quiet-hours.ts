import { msg } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { QuietHours, QuietState } from '../../server/household/contract.ts';
import { base } from '../design/base.styles.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { formStyles } from '../design/form.styles.ts';
import { icons } from '../design/icons.ts';
import { pageStyles } from '../design/page.styles.ts';
import { rangeField, rangeStyles } from '../design/range-field.ts';
import { weekdayField, weekdayStyles } from '../design/weekdays.ts';
import { createLater } from './later.ts';
import { quietHoursStyles } from './quiet-hours.styles.ts';
import {
  boardPolicies,
  hoursWord,
  jukeboxPolicies,
  quietSentence,
  type QuietPolicy,
} from './quiet-words.ts';
import { settingRowStyles } from './setting-row.styles.ts';

export type QuietChanges = Partial<QuietHours>;

/** Something of the quiet hours is to be otherwise. */
export class QuietChosenEvent extends Event {
  readonly changes: QuietChanges;

  constructor(changes: QuietChanges) {
    super('enc-quiet-chosen');
    this.changes = changes;
  }
}

type Switch = 'enabled' | 'admins_pass' | 'alarms_pass';
/** A gain is a loss here: the slider shows it the other way round. */
type Level = { name: 'volume_cap' | 'gain_cap_db'; label: string; max: number; sign: 1 | -1 };

/**
 * When the box is quiet, and what may sound then all the same.
 *
 * @event {QuietChosenEvent} enc-quiet-chosen - what is wanted otherwise
 */
@customElement('enc-quiet-hours')
export class EncQuietHours extends LitElement {
  static override readonly styles = [
    base,
    fieldStyles,
    formStyles,
    pageStyles,
    rangeStyles,
    weekdayStyles,
    settingRowStyles,
    quietHoursStyles,
  ];

  @property({ attribute: false }) hours!: QuietHours;
  @property({ attribute: false }) quiet: QuietState | null = null;
  @property({ type: Number }) now = Date.now();
  @property({ type: Boolean }) offline = false;
  /** Where sliders are while a hand moves them. */
  @state() private moved: QuietChanges = {};

  readonly #later = createLater();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#later.now();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('hours') && !this.#later.waits()) this.moved = {};
  }

  override render(): TemplateResult {
    const { hours, quiet } = this;
    return html`<section class="card" aria-labelledby="quiet">
      <div class="head">
        <div>
          <h2 id="quiet"><label for="enabled">${msg('Quiet hours')}</label></h2>
          <p class="about" id="quiet-about">
            ${msg('When the box is quiet, and what may sound then all the same.')}
          </p>
        </div>
        ${this.#switchOf('enabled', 'quiet-about')}
      </div>
      ${
        hours.enabled
          ? html`<p class=${quiet?.quiet ? msg('now on') : 'now'} role="status">
                ${icons.moon}<span
                  ><b>${quiet ? quietSentence(quiet, this.now) : hoursWord(hours)}.</b>
                  ${hoursWord(hours)}.</span
                >
              </p>
              ${this.#when()} ${this.#what()}`
          : nothing
      }
    </section>`;
  }

  #when(): TemplateResult {
    return html`<div class="when">
      <div class="times">${this.#time('from', msg('From'))} ${this.#time('to', msg('To'))}</div>
      ${weekdayField({
        legend: msg('Days on which they begin'),
        days: this.hours.days,
        disabled: this.offline,
        onChange: (days) => this.#choose({ days }),
      })}
    </div>`;
  }

  #what(): TemplateResult {
    const { board, jukebox } = this.hours;
    return html`<div class="policies">
        <div>
          ${this.#policy('board', msg('Sounds of the board'), boardPolicies)}
          ${
            board === 'lower'
              ? this.#level({
                  name: 'gain_cap_db',
                  label: msg('Quieter by at least'),
                  max: 60,
                  sign: -1,
                })
              : nothing
          }
        </div>
        <div>
          ${this.#policy('jukebox', msg('The jukebox'), jukeboxPolicies)}
          ${
            jukebox === 'allow'
              ? nothing
              : this.#level({
                  name: 'volume_cap',
                  label: msg('Music at most at'),
                  max: 100,
                  sign: 1,
                })
          }
        </div>
      </div>
      <div class="setting">
        <div class="words">
          <label class="label" for="alarms_pass">${msg('Alarms sound as ever')}</label>
          <p id="alarms-about">${msg('Schedules that are marked as alarms pass quiet hours.')}</p>
        </div>
        ${this.#switchOf('alarms_pass', 'alarms-about')}
      </div>
      <div class="setting">
        <div class="words">
          <label class="label" for="admins_pass">${msg('Administrators may')}</label>
          <p id="admins-about">${msg('Quiet hours do not hold for who looks after the box.')}</p>
        </div>
        ${this.#switchOf('admins_pass', 'admins-about')}
      </div>`;
  }

  #switchOf(name: Switch, about: string): TemplateResult {
    return html`<input
      id=${name}
      type="checkbox"
      class="switch"
      aria-describedby=${about}
      ?disabled=${this.offline}
      .checked=${live(this.hours[name])}
      @change=${(event: Event) => this.#choose({ [name]: (event.target as HTMLInputElement).checked })}
    />`;
  }

  #time(name: 'from' | 'to', label: string): TemplateResult {
    // Each digit makes another whole time: only who leaves the field, or confirms it, has chosen.
    const keep = (event: Event): void => {
      const input = event.target as HTMLInputElement;
      if (input.value === '') input.value = this.hours[name];
      else if (input.value !== this.hours[name]) this.#choose({ [name]: input.value });
    };
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <div class="box">
        <input
          id=${name}
          type="time"
          ?disabled=${this.offline}
          .value=${this.hours[name]}
          @blur=${keep}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key === 'Enter') keep(event);
          }}
        />
      </div>
    </div>`;
  }

  #policy(
    name: 'board' | 'jukebox',
    label: string,
    policies: Record<QuietPolicy, string>,
  ): TemplateResult {
    const onChange = (event: Event): void =>
      this.#choose({ [name]: (event.target as HTMLSelectElement).value });
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <div class="box">
        <select
          id=${name}
          ?disabled=${this.offline}
          .value=${live(this.hours[name])}
          @change=${onChange}
        >
          ${Object.entries(policies).map(
            ([value, word]) =>
              html`<option value=${value} ?selected=${value === this.hours[name]}>${word}</option>`,
          )}
        </select>
      </div>
    </div>`;
  }

  #level({ name, label, max, sign }: Level): TemplateResult {
    return rangeField({
      id: name,
      label,
      min: 0,
      max,
      step: 1,
      value: sign * (this.moved[name] ?? this.hours[name]),
      words: (value) => (name === 'volume_cap' ? String(value) : `${value} dB`),
      disabled: this.offline,
      onInput: (value) => (this.moved = { ...this.moved, [name]: sign * value }),
      onChange: (value) => this.#later.soon(() => this.#choose({ [name]: sign * value })),
    });
  }

  #choose(changes: QuietChanges): void {
    if (this.offline) return;
    this.dispatchEvent(new QuietChosenEvent(changes));
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-quiet-hours': EncQuietHours;
  }
  interface HTMLElementEventMap {
    'enc-quiet-chosen': QuietChosenEvent;
  }
}
