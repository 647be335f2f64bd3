import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { fieldErrorsOf, withoutTyped, type FieldErrors } from '../api/field-errors.ts';
import { ApiProblem } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { labelled } from '../design/field.ts';
import { icons } from '../design/icons.ts';
import { lengthWord } from '../design/words.ts';
import { parseClip, parseTime } from './clip-times.ts';
import type { Cost } from './cost.ts';
import { ExtractEvent } from './extract-event.ts';
import { extractFormStyles } from './extract-form.styles.ts';
import { extractionIcons } from './extraction-icons.ts';
import type { Wish } from './extractions.ts';
import { linkIn } from './links.ts';

type Field = 'url' | 'start_ms' | 'end_ms';
type Typed = Record<Field, string> & { sponsorblock: boolean };

const form = { fields: ['url', 'start_ms', 'end_ms'], rest: 'url' } as const;
const nothingTyped: Typed = { url: '', start_ms: '', end_ms: '', sponsorblock: false };
const same = (a: Typed, b: Typed): boolean =>
  form.fields.every((name) => a[name] === b[name]) && a.sponsorblock === b.sponsorblock;

/**
 * The field a link is pasted into, and how much of what is behind it is wanted.
 *
 * @event {ExtractEvent} enc-extract - asked for; what was typed stays until `taken()`
 */
@customElement('enc-extract-form')
export class EncExtractForm extends LitElement {
  static override readonly styles = [base, buttons, fieldStyles, extractFormStyles];

  @property({ attribute: false }) cost: Cost | null = null;
  /** Why nothing can be asked for now; empty when it can. */
  @property() reason = '';
  @property({ type: Boolean }) busy = false;
  @state() private typed: Typed = nothingTyped;
  @state() private errors: FieldErrors<Field> = {};
  /** Whether what was refused was too dear. */
  @state() private dear = false;
  @query('#url') private readonly field!: HTMLInputElement;
  @query('button') private readonly button!: HTMLButtonElement;

  #asked: Typed | null = null;

  /** A link that came from elsewhere; nothing is asked for by it. */
  async fill(url: string): Promise<void> {
    this.typed = { ...this.typed, url };
    this.errors = {};
    await this.updateComplete;
  }

  override focus(): void {
    this.field.focus({ preventScroll: true });
  }

  focusButton(): void {
    this.button.focus({ preventScroll: true });
  }

  /** What was asked for is on its way: the next link may come, unless it has come already. */
  taken(): void {
    if (this.#asked && same(this.#asked, this.typed)) this.typed = nothingTyped;
    this.#asked = null;
  }

  /** Says why under the field that it is about. */
  async showProblem(problem: unknown): Promise<void> {
    this.errors = fieldErrorsOf<Field>(problem, form);
    this.dear = problem instanceof ApiProblem && problem.code === 'not_enough_credits';
    this.#asked = null;
    await this.#focusFault();
  }

  override render(): TemplateResult {
    const { url, sponsorblock } = this.typed;
    const { url: fault } = this.errors;
    return html`<form novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
      <div class="field">
        <label for="url">${msg('Link to a video or a sound')}</label>
        <div class="big">
          ${extractionIcons.link}
          <input
            id="url"
            name="url"
            type="text"
            inputmode="url"
            enterkeyhint="go"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            maxlength="4096"
            placeholder=${msg('Paste a link')}
            .value=${url}
            aria-describedby="url-note"
            aria-invalid=${fault ? 'true' : nothing}
          />
          <button
            class="button primary"
            aria-disabled=${this.reason || this.busy ? 'true' : nothing}
            title=${this.reason || nothing}
          >
            ${this.busy ? msg('Asking…') : msg('Extract')}
          </button>
        </div>
        <div id="url-note" class="note say" ?hidden=${!fault}>
          ${
            fault
              ? html`<span class="error" role="alert"
                  >${fault}${
                    this.dear ? html` <a href="/credits">${msg('See your credits')}</a>` : nothing
                  }</span
                >`
              : nothing
          }
        </div>
      </div>
      <div class="options">
        ${this.#time('start_ms', msg('Clip from'), '0:00')}
        ${this.#time('end_ms', msg('Clip to'), msg('the end'), this.#lengthNote())}
        <label class="check"
          ><input type="checkbox" name="sponsorblock" .checked=${sponsorblock} /><span
            >${msg('Leave out sponsors')}<small
              >${msg('What SponsorBlock’s people have marked')}</small
            ></span
          ></label
        >
        ${this.#cost()}
      </div>
    </form>`;
  }

  #time(id: 'start_ms' | 'end_ms', label: string, placeholder: string, note = ''): TemplateResult {
    const error = this.errors[id];
    const value = this.typed[id];
    return labelled(
      { id, label, value, note, error },
      html`<input
        id=${id}
        name=${id}
        type="text"
        autocomplete="off"
        maxlength="16"
        placeholder=${placeholder}
        .value=${value}
        aria-describedby="${id}-note"
        aria-invalid=${error ? 'true' : nothing}
      />`,
    );
  }

  /** How long the clip will be, as soon as that can be said. */
  #lengthNote(): string {
    const [start, end] = [parseTime(this.typed.start_ms), parseTime(this.typed.end_ms)];
    if (end.is !== 'time' || start.is === 'fault') return '';
    const lengthMs = end.ms - (start.is === 'time' ? start.ms : 0);
    return lengthMs > 0 ? msg(str`A clip of ${lengthWord(lengthMs)}`) : '';
  }

  #cost(): TemplateResult | typeof nothing {
    if (!this.cost) return nothing;
    const { words, enough } = this.cost;
    return html`<div class="cost ${enough ? '' : 'short'}">${icons.credits}<b>${words}</b></div>`;
  }

  readonly #onInput = (event: Event): void => {
    const { name, value, checked } = event.target as HTMLInputElement;
    this.typed = { ...this.typed, [name]: name === 'sponsorblock' ? checked : value };
    this.errors = withoutTyped(this.errors, event);
    if (name === 'url') this.dear = false;
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    if (this.busy || this.reason) return;
    const wish = this.#wish();
    if (!wish) {
      void this.#focusFault();
      return;
    }
    this.#asked = this.typed;
    this.dispatchEvent(new ExtractEvent(wish));
  };

  #wish(): Wish | null {
    const { url: text, start_ms, end_ms, sponsorblock } = this.typed;
    const url = linkIn(text);
    const clip = parseClip(start_ms, end_ms);
    const missing =
      text.trim() === ''
        ? msg('Paste a link first.')
        : msg('This is no link. One begins with https://.');
    this.errors = {
      ...(url === null && { url: missing }),
      ...(clip.is === 'fault' && clip.errors),
    };
    return url === null || clip.is === 'fault' ? null : { url, ...clip.clip, sponsorblock };
  }

  async #focusFault(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-extract-form': EncExtractForm;
  }
}
