import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Binding, Candidate } from '../../server/bindings/contract.ts';
import { fieldErrorsOf, withoutTyped, type FieldErrors } from '../api/field-errors.ts';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { selectField } from '../design/choice-fields.ts';
import '../design/dialog.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { field } from '../design/field.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { formStyles } from '../design/form.styles.ts';
import { Watch } from '../design/watch.ts';
import {
  bindingFields,
  bodyOf,
  faultsOf,
  house,
  typedMatch,
  type BindingField,
  type Compared,
} from './binding-form.ts';
import { nameFor, vendorWords } from './button-words.ts';
import type { Buttons } from './buttons.ts';
import { actionOf, actions, firstAction, isAction, type Action } from './choices.ts';
import { commandFields } from './command-fields.ts';
import './sound-picker.ts';
import type { PickedEvent } from './sound-picker.ts';
import { advancedFields, advancedStyles, triggerFields } from './trigger-fields.ts';

const form = { fields: bindingFields, codes: {}, rest: 'rest' } as const;

/**
 * What a button does: made of something that was learnt, of an existing binding, or by hand.
 *
 * @event {DialogLeftEvent} enc-dialog-left - it is saved, or was not to be
 */
@customElement('enc-binding-dialog')
export class EncBindingDialog extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    fieldStyles,
    formStyles,
    advancedStyles,
    css`
      :host {
        --dialog-width: 520px;
      }

      .from {
        margin: 0;
        padding: 10px 14px;
        border-radius: var(--radius);
        background: var(--surface-3);
        color: var(--text-2);
        font-size: 12px;
        overflow-wrap: anywhere;
      }

      .from .both {
        color: var(--text-1);
      }

      .from b {
        color: var(--text-1);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) buttons!: Buttons;
  /** To be changed; null: a new one. */
  @property({ attribute: false }) binding: Binding | null = null;
  /** What was learnt; null: by hand. */
  @property({ attribute: false }) candidate: Candidate | null = null;
  /** Null: what it does is nothing that this form offers, and stays. */
  @state() private action: Action | null = 'sound';
  @state() private soundId: string | null = null;
  @state() private compared: Compared = 'equals';
  @state() private advanced = false;
  @state() private errors: FieldErrors<BindingField> = {};
  @state() private busy = false;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        for (const one of [this.buttons.people, this.buttons.playlists]) void one.value;
      }),
    );
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (this.hasUpdated || !(changes.has('binding') || changes.has('candidate'))) return;
    const { binding, candidate } = this;
    if (candidate) this.action = firstAction(candidate);
    if (!binding) return;
    this.action = actionOf(binding);
    this.compared = typedMatch(binding.match).compared;
    const { command } = binding;
    if (command.type === 'play') this.soundId = command.sound_id ?? null;
  }

  override render(): TemplateResult {
    const { binding, candidate, busy, compared, errors } = this;
    const heading = binding ? msg(str`Edit ${binding.name}`) : msg('What should it do?');
    return html`<enc-dialog heading=${heading} @enc-dialog-left=${this.#leave}>
      <form id="binding" class="form" novalidate @submit=${this.#save} @input=${this.#onInput}>
        ${candidate ? this.#learnt(candidate) : nothing}
        ${field({
          id: 'name',
          label: msg('Name'),
          value: binding?.name ?? (candidate ? nameFor(candidate) : ''),
          error: this.errors.name,
          maxLength: 100,
          autofocus: true,
        })}
        ${this.#actions()} ${this.#details()} ${this.#owner()}
        ${candidate ? nothing : triggerFields({ binding, compared, errors })}
        ${advancedFields({
          before: candidate?.suggestion ?? binding,
          compared: candidate ? null : compared,
          open: this.advanced,
          errors,
          setCompared: this.#setCompared,
          setOpen: this.#setAdvanced,
        })}
        <p class="problem" role="alert">${this.errors.rest ?? ''}</p>
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button slot="actions" type="submit" form="binding" class="button primary" ?disabled=${busy}>
        ${busy ? msg('One moment…') : msg('Save')}
      </button>
    </enc-dialog>`;
  }

  readonly #setCompared = (compared: Compared): void => {
    this.compared = compared;
  };

  readonly #setAdvanced = (open: boolean): void => {
    this.advanced = open;
  };

  readonly #onInput = (event: Event): void => {
    this.errors = withoutTyped(this.errors, event);
  };

  #learnt({ device, vendor, uid, payload, bound }: Candidate): TemplateResult {
    return html`<p class="from">
      <b>${device}</b> · ${vendorWords[vendor]}<br />${uid === null ? payload : msg(str`Card ${uid}`)}${
        bound.length === 0
          ? nothing
          : html`<br /><span class="both"
                >${msg(str`“${bound.join('”, “')}” takes it already, and stays.`)}</span
              >`
      }
    </p>`;
  }

  /** Cards are for readers. */
  get #offered(): Action[] {
    const reads = this.candidate?.uid != null || this.binding?.extract?.as === 'rfid';
    return (Object.keys(actions) as Action[]).filter((one) => one !== 'card' || reads);
  }

  #actions(): TemplateResult {
    const kept = this.action === null ? [{ value: 'kept', label: msg('As it is') }] : [];
    const options = this.#offered.map((value) => ({ value, label: actions[value] }));
    return selectField({
      id: 'command',
      label: msg('It should'),
      value: this.action ?? 'kept',
      error: this.errors.command,
      options: [...kept, ...options],
      onChange: (value) => (this.action = isAction(value) ? value : null),
    });
  }

  #details(): TemplateResult | typeof nothing {
    const { action, binding, candidate, errors } = this;
    const needsSound = action === 'sound' || (action === 'card' && candidate?.uid != null);
    if (needsSound) return this.#picker(errors.sound_id ?? '');
    return commandFields({
      action,
      command: binding?.command,
      playlists: this.buttons.playlists.value.map(({ id, name }) => ({ value: id, label: name })),
      people: this.#people,
      errors,
    });
  }

  #picker(fault: string): TemplateResult {
    return html`<enc-sound-picker
      .library=${this.library}
      .chosen=${this.soundId}
      fault=${fault}
      @enc-picked=${({ soundId }: PickedEvent) => {
        this.soundId = soundId;
        const { sound_id: _, ...rest } = this.errors;
        this.errors = rest;
      }}
    ></enc-sound-picker>`;
  }

  #owner(): TemplateResult {
    return selectField({
      id: 'owner',
      label: msg('Whose button it is'),
      value: this.binding?.owner_id ?? house,
      note: msg('Whose it is pays for what it plays. The house plays free.'),
      options: [{ value: house, label: msg('The house') }, ...this.#people],
    });
  }

  get #people(): { value: string; label: string }[] {
    const people = this.buttons.people.value.filter(({ disabled }) => !disabled);
    return people.map(({ id, name }) => ({ value: id, label: name }));
  }

  get #isKnownReader(): boolean {
    const filter = this.candidate?.suggestion.filter;
    return (
      this.action === 'card' &&
      this.buttons.bindings.value.some(
        (one) => one.enabled && one.extract?.as === 'rfid' && one.filter === filter,
      )
    );
  }

  /** A card belongs to a sound by a tag of the sound. */
  async #tagSound(): Promise<void> {
    const uid = this.candidate?.uid;
    if (this.action !== 'card' || uid == null || this.soundId === null) return;
    const card = `rfid:${uid}`;
    const retag = (id: string, tags: string[]) =>
      this.http.patch(`/sounds/${encodeURIComponent(id)}`, { tags });
    const sounds = this.library.byId.value;
    // Of several sounds with the card any one would play.
    for (const { id, tags } of sounds.values()) {
      if (id !== this.soundId && tags.includes(card)) {
        await retag(
          id,
          tags.filter((tag) => tag !== card),
        );
      }
    }
    const tags = sounds.get(this.soundId)?.tags ?? [];
    await retag(this.soundId, [...new Set([...tags, card])]);
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const { binding, candidate, action, soundId, compared } = this;
    const state = { binding, candidate, action, soundId, compared };
    this.errors = faultsOf(data, state);
    if (Object.keys(this.errors).length > 0) return this.#focusFault();
    if (this.busy) return;
    this.busy = true;
    try {
      await this.#tagSound();
      // The reader is bound already: the card alone was new.
      if (!this.#isKnownReader) await this.buttons.save(binding?.id ?? null, bodyOf(data, state));
      this.#leave();
    } catch (error) {
      this.errors = fieldErrorsOf(error, form);
      void this.#focusFault();
    } finally {
      this.busy = false;
    }
  };

  async #focusFault(): Promise<void> {
    if (this.errors.debounce_ms) this.advanced = true;
    await this.updateComplete;
    const first = this.renderRoot.querySelector<HTMLElement>(
      '[aria-invalid=true], enc-sound-picker:not([fault=""])',
    );
    first?.focus();
  }

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-binding-dialog': EncBindingDialog;
  }
}
