import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Setting } from '../../server/household/contract.ts';
import { base } from '../design/base.styles.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { formStyles } from '../design/form.styles.ts';
import { rangeField, rangeStyles } from '../design/range-field.ts';
import { createLater } from './later.ts';
import { factsOf, valueWord, type Control } from './setting-facts.ts';
import { settingRowStyles } from './setting-row.styles.ts';
import { serverWords } from '../languages/server-words.ts';

/** A value was chosen for a setting. */
export class SettingChosenEvent extends Event {
  readonly value: unknown;

  constructor(value: unknown) {
    super('enc-setting-chosen');
    this.value = value;
  }
}

/**
 * One setting: what it is called, what it is for, and its control.
 *
 * @event {SettingChosenEvent} enc-setting-chosen - another value is wanted
 */
@customElement('enc-setting-row')
export class EncSettingRow extends LitElement {
  static override readonly styles = [
    base,
    fieldStyles,
    formStyles,
    rangeStyles,
    settingRowStyles,
    css`
      :host {
        display: block;
      }
    `,
  ];

  @property({ attribute: false }) setting!: Setting;
  @property({ type: Boolean }) offline = false;
  /** Where the slider is while a hand moves it. */
  @state() private moved: number | null = null;

  readonly #later = createLater();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#later.now();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    // What was chosen is shown by now, or somebody else has chosen.
    if (changes.has('setting') && !this.#later.waits()) this.moved = null;
  }

  override render(): TemplateResult {
    const { setting } = this;
    const facts = factsOf(setting.name);
    const other = setting.value !== setting.default;
    return html`<div class="setting">
      <div class="words">
        <label class="label" for="value">${facts.label}</label>
        <p id="about">${serverWords(`setting.${setting.name}`, setting.explanation)}</p>
        ${
          other
            ? html`<button
                type="button"
                class="back"
                aria-disabled=${this.offline ? 'true' : 'false'}
                @click=${() => this.#choose(setting.default)}
              >
                ${msg(str`Back to ${valueWord(facts, setting.default)}`)}
              </button>`
            : nothing
        }
      </div>
      ${this.#control(facts.control, facts.label)}
    </div>`;
  }

  #control(control: Control, label: string): TemplateResult {
    const { value } = this.setting;
    if (control.kind === 'switch') {
      return html`<input
        id="value"
        type="checkbox"
        class="switch"
        aria-describedby="about"
        ?disabled=${this.offline}
        .checked=${live(value === true)}
        @change=${(event: Event) => this.#choose((event.target as HTMLInputElement).checked)}
      />`;
    }
    if (control.kind === 'choice') {
      return html`<div class="box">
        <select
          id="value"
          aria-describedby="about"
          ?disabled=${this.offline}
          .value=${live(String(value))}
          @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}
        >
          ${Object.entries(control.choices).map(
            ([choice, word]) =>
              html`<option value=${choice} ?selected=${choice === value}>${word}</option>`,
          )}
        </select>
      </div>`;
    }
    return rangeField({
      ...control,
      id: 'value',
      label,
      bare: true,
      describedBy: 'about',
      value: this.moved ?? Number(value),
      disabled: this.offline,
      onInput: (moved) => (this.moved = moved),
      // Keys change it step by step: the last one counts.
      onChange: (chosen) => this.#later.soon(() => this.#choose(chosen)),
    });
  }

  #choose(value: unknown): void {
    if (this.offline) return;
    this.dispatchEvent(new SettingChosenEvent(value));
    // A switch has moved already; what holds is put on it again.
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-setting-row': EncSettingRow;
  }
  interface HTMLElementEventMap {
    'enc-setting-chosen': SettingChosenEvent;
  }
}
