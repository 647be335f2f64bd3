import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Sound, SoundChangesBody, SoundPolicy } from '../../server/sounds/contract.ts';
import { fieldErrorsOf, withoutTyped, type FieldErrors, type Form } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import { hueOfTag } from '../board/hue-of.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { field } from '../design/field.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { formStyles } from '../design/form.styles.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { Watch } from '../design/watch.ts';
import { capitalised } from '../design/words.ts';
import { editStyles } from './edit-dialog.styles.ts';
import { createListening, type Listening } from './listening.ts';
import { padIcons } from './pad-icons.ts';
import { SoundSavedEvent } from './sound-saved-event.ts';
import { gainWord, policyWords, suggestionsFor, tagOf } from './sound-words.ts';
import { cutOf } from './trim.ts';

type Field = 'name' | 'tags' | 'gain' | 'policy';
const form: Form<Field> = { fields: ['name', 'tags', 'gain', 'policy'], rest: 'policy' };

const policies = Object.keys(policyWords) as SoundPolicy[];

const changesOf = (
  sound: Sound,
  now: Pick<Sound, 'name' | 'tags' | 'gain' | 'policy'>,
): SoundChangesBody => ({
  ...(now.name !== sound.name && { name: now.name }),
  ...(now.tags.join('\n') !== sound.tags.join('\n') && { tags: now.tags }),
  ...(now.gain !== sound.gain && { gain: now.gain }),
  ...(now.policy !== sound.policy && { policy: now.policy }),
});

const without = (errors: FieldErrors<Field>, field: Field): FieldErrors<Field> => {
  const { [field]: _, ...rest } = errors;
  return rest;
};

/**
 * What people say and decide of a sound, all but its trim.
 *
 * @event {SoundSavedEvent} enc-sound-saved - the server has it
 * @event {DialogLeftEvent} enc-dialog-left - the dialog is done with
 */
@customElement('enc-edit-dialog')
export class EncEditDialog extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    fieldStyles,
    formStyles,
    hueClasses,
    editStyles,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) sound!: Sound;
  /** Tags of the library and how often they occur, most used first. */
  @property({ attribute: false }) known: readonly (readonly [string, number])[] = [];
  /** Where the focus is first; `rename` shows the name alone. */
  @property() focused: 'rename' | 'tags' | 'gain' = 'rename';
  @state() private tags: readonly string[] = [];
  @state() private typed = '';
  @state() private gain = 0;
  @state() private policy: SoundPolicy = 'overlap';
  @state() private errors: FieldErrors<Field> = {};
  @state() private busy = false;
  @query('[name=name]') private readonly name!: HTMLInputElement;
  @query('#tags') private readonly tagInput!: HTMLInputElement;

  #listening!: Listening;

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.#listening?.positionMs.value));
  }

  override connectedCallback(): void {
    this.#listening = createListening(this.http);
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.stop();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('sound')) return;
    const { tags, gain, policy } = this.sound;
    this.tags = tags.map(tagOf);
    this.gain = gain;
    this.policy = policy;
  }

  override render(): TemplateResult {
    const { sound, focused, errors } = this;
    const heading =
      focused === 'rename' ? msg(str`Rename “${sound.name}”`) : msg(str`Edit “${sound.name}”`);
    return html`<enc-dialog .heading=${heading} @enc-dialog-left=${this.#leave}>
      <form id="edit" class="form" novalidate @submit=${this.#onSubmit} @input=${this.#onInput}>
        ${field({
          id: 'name',
          label: msg('Name'),
          value: sound.name,
          maxLength: 200,
          autofocus: focused === 'rename',
          error: errors.name,
        })}
        ${focused === 'rename' ? this.#problem() : this.#more()}
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        class="button primary"
        form="edit"
        aria-disabled=${this.busy ? 'true' : 'false'}
      >
        ${this.busy ? msg('One moment…') : msg('Save')}
      </button>
    </enc-dialog>`;
  }

  #problem(): TemplateResult {
    return html`<p class="problem" role="alert">${this.errors.policy ?? ''}</p>`;
  }

  #more(): TemplateResult {
    return html`${this.#tags()} ${this.#gain()}
      <fieldset>
        <legend>${msg('When it is pressed while it still plays')}</legend>
        <div class="cards">${policies.map((policy) => this.#policy(policy))}</div>
      </fieldset>
      ${this.#problem()}`;
  }

  #tags(): TemplateResult {
    const suggestions = suggestionsFor(this.typed, this.tags, this.known);
    const wrong = this.errors.tags ?? '';
    return html`<div class="field">
      <label for="tags">${msg('Tags')}</label>
      <ul class="tags" @click=${this.#toTagInput}>
        ${this.tags.map(
          (tag) =>
            html`<li class="tag hue-${hueOfTag(tag)}">
              <i class="dot"></i><span>${capitalised(tag)}</span
              ><button
                type="button"
                class="remove"
                aria-label=${msg(str`Remove the tag ${tag}`)}
                @click=${() => this.#removeTag(tag)}
              >
                ${padIcons.removeTag}
              </button>
            </li>`,
        )}
        <li class="type">
          <input
            id="tags"
            name="tags"
            maxlength="40"
            autocomplete="off"
            autocapitalize="off"
            enterkeyhint="done"
            ?autofocus=${this.focused === 'tags'}
            .value=${live(this.typed)}
            aria-describedby="tags-note"
            aria-invalid=${wrong ? 'true' : nothing}
            @keydown=${this.#onTagKey}
          />
        </li>
      </ul>
      ${
        suggestions.length > 0
          ? html`<div class="suggestions" role="group" aria-label=${msg('Tags of other sounds')}>
              ${suggestions.map(
                (tag) =>
                  html`<button
                    type="button"
                    class="suggestion hue-${hueOfTag(tag)}"
                    aria-label=${msg(str`Add the tag ${tag}`)}
                    @click=${() => this.#addTag(tag)}
                  >
                    <i class="dot"></i>${capitalised(tag)}
                  </button>`,
              )}
            </div>`
          : nothing
      }
      <div id="tags-note" class="note">
        ${
          wrong
            ? html`<span class="error" role="alert">${wrong}</span>`
            : msg('Enter adds a tag. The first one gives the pad its colour.')
        }
      </div>
    </div>`;
  }

  #gain(): TemplateResult {
    const { gain } = this;
    const listens = this.#listening.positionMs.value !== null;
    return html`<div class="field">
      <label for="gain">${msg('Volume')}</label>
      <div class="gain">
        <input
          id="gain"
          name="gain"
          type="range"
          min="-24"
          max="12"
          step="0.5"
          ?autofocus=${this.focused === 'gain'}
          .value=${String(gain)}
          aria-valuetext=${gainWord(gain)}
          aria-describedby="gain-note"
          @input=${this.#onGain}
        />
        <output for="gain">${gainWord(gain)}</output>
        <button type="button" class="button" @click=${this.#onListen}>
          ${listens ? padIcons.stop : padIcons.preview}${listens ? msg('Stop') : msg('Listen')}
        </button>
      </div>
      <div id="gain-note" class="wrong">${this.errors.gain ?? ''}</div>
    </div>`;
  }

  #policy(policy: SoundPolicy): TemplateResult {
    const { label, about } = policyWords[policy];
    return html`<label class="policy">
      <input
        type="radio"
        name="policy"
        .value=${policy}
        .checked=${policy === this.policy}
        @change=${() => (this.policy = policy)}
      />
      <b>${label}</b><small>${about}</small>
    </label>`;
  }

  #addTag(text: string): void {
    const tag = tagOf(text);
    if (tag !== '' && !this.tags.includes(tag)) this.tags = [...this.tags, tag];
    this.typed = '';
    this.errors = without(this.errors, 'tags');
    this.tagInput.focus();
  }

  #removeTag(tag: string): void {
    this.tags = this.tags.filter((one) => one !== tag);
    this.errors = without(this.errors, 'tags');
    this.tagInput.focus();
  }

  readonly #toTagInput = (event: Event): void => {
    if (event.target === event.currentTarget) this.tagInput.focus();
  };

  readonly #onTagKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Backspace' && this.typed === '') {
      this.tags = this.tags.slice(0, -1);
      return;
    }
    // Enter in an empty field saves, as in every other field.
    if (event.key !== ',' && (event.key !== 'Enter' || this.typed.trim() === '')) return;
    event.preventDefault();
    this.#addTag(this.typed);
  };

  readonly #onInput = (event: Event): void => {
    this.errors = withoutTyped(this.errors, event);
    const { name, value } = event.target as HTMLInputElement;
    if (name === 'tags') this.typed = value;
  };

  readonly #onGain = (event: Event): void => {
    this.gain = Number((event.target as HTMLInputElement).value);
    this.#listening.setGain(this.gain);
  };

  readonly #onListen = async (): Promise<void> => {
    if (this.#listening.positionMs.peek() !== null) return this.#listening.stop();
    const { id, trim, duration } = this.sound;
    try {
      const cut = cutOf(trim, duration);
      await this.#listening.start({ soundId: id, gainDb: this.gain, ...cut });
    } catch (error) {
      this.errors = { ...this.errors, gain: sentenceOf(error) };
    }
  };

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const changes = this.#changes();
    if (Object.keys(changes).length === 0) return this.#leave();
    this.busy = true;
    try {
      const saved = await this.http.patch<Sound>(`/sounds/${this.sound.id}`, changes);
      this.dispatchEvent(new SoundSavedEvent(saved));
    } catch (error) {
      this.errors = fieldErrorsOf(error, form);
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[aria-invalid]')?.focus();
    } finally {
      this.busy = false;
    }
  };

  #changes(): SoundChangesBody {
    const name = this.name.value.trim();
    if (this.focused === 'rename') return name === this.sound.name ? {} : { name };
    // Whoever presses Save has typed the last tag, Enter or not.
    const last = tagOf(this.typed);
    const tags = last && !this.tags.includes(last) ? [...this.tags, last] : [...this.tags];
    return changesOf(this.sound, { name, tags, gain: this.gain, policy: this.policy });
  }

  readonly #leave = (): void => {
    this.dispatchEvent(new DialogLeftEvent());
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-edit-dialog': EncEditDialog;
  }
}
