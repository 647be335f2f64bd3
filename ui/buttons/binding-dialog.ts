import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Binding, Candidate, Match } from '../../server/bindings/contract.ts';
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
import { textIn } from '../people/form-values.ts';
import { nameFor, vendorWords } from './button-words.ts';
import type { Buttons } from './buttons.ts';
import {
  actionOf,
  actions,
  commandOf,
  extractFor,
  firstAction,
  isAction,
  type Action,
} from './choices.ts';
import './sound-picker.ts';
import type { PickedEvent } from './sound-picker.ts';

const fields = [
  'name',
  'filter',
  'payload',
  'sound_id',
  'command',
  'tag',
  'volume',
  'text',
  'amount',
  'rest',
] as const;
type Field = (typeof fields)[number];
const form = { fields, codes: {}, rest: 'rest' } as const;

/** The house, in the list of people who may pay. */
const house = '';

/** What of a match can be typed in one line: any message, or a text that it is. */
const payloadOf = (match: Match): string | null => {
  if (match === 'any') return '';
  return !Array.isArray(match) && 'equals' in match ? String(match.equals) : null;
};

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
  @state() private errors: FieldErrors<Field> = {};
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
    const { command } = binding;
    if (command.type === 'play') this.soundId = command.sound_id ?? null;
  }

  override render(): TemplateResult {
    const { binding, candidate, busy } = this;
    const heading = binding ? `Edit ${binding.name}` : 'What should it do?';
    return html`<enc-dialog heading=${heading} @enc-dialog-left=${this.#leave}>
      <form id="binding" class="form" novalidate @submit=${this.#save} @input=${this.#onInput}>
        ${candidate ? this.#learnt(candidate) : nothing}
        ${field({
          id: 'name',
          label: 'Name',
          value: binding?.name ?? (candidate ? nameFor(candidate) : ''),
          error: this.errors.name,
          maxLength: 100,
          autofocus: true,
        })}
        ${this.#actions()} ${this.#details()} ${this.#owner()}
        ${candidate ? nothing : this.#trigger()}
        <p class="problem" role="alert">${this.errors.rest ?? ''}</p>
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>Cancel</button>
      <button slot="actions" type="submit" form="binding" class="button primary" ?disabled=${busy}>
        ${busy ? 'One moment…' : 'Save'}
      </button>
    </enc-dialog>`;
  }

  readonly #onInput = (event: Event): void => {
    this.errors = withoutTyped(this.errors, event);
  };

  #learnt({ device, vendor, uid, payload }: Candidate): TemplateResult {
    return html`<p class="from">
      <b>${device}</b> · ${vendorWords[vendor]}<br />${uid === null ? payload : `Card ${uid}`}
    </p>`;
  }

  /** Cards are for readers. */
  get #offered(): Action[] {
    const reads = this.candidate?.uid != null || this.binding?.extract?.as === 'rfid';
    return (Object.keys(actions) as Action[]).filter((one) => one !== 'card' || reads);
  }

  #actions(): TemplateResult {
    const kept = this.action === null ? [{ value: 'kept', label: 'As it is' }] : [];
    const options = this.#offered.map((value) => ({ value, label: actions[value] }));
    return selectField({
      id: 'command',
      label: 'It should',
      value: this.action ?? 'kept',
      error: this.errors.command,
      options: [...kept, ...options],
      onChange: (value) => (this.action = isAction(value) ? value : null),
    });
  }

  #details(): TemplateResult | typeof nothing {
    const command = this.binding?.command;
    switch (this.action) {
      case 'sound':
        return this.#picker(this.errors.sound_id ?? '');
      case 'card':
        return this.candidate?.uid == null ? nothing : this.#picker(this.errors.sound_id ?? '');
      case 'tag': {
        const tag = command?.type === 'random' && 'tag' in command ? command.tag : undefined;
        const error = this.errors.tag;
        return field({ id: 'tag', label: 'Tag', value: tag ?? '', error, maxLength: 64 });
      }
      case 'random':
      case 'playlist': {
        const lists = this.buttons.playlists.value;
        const now = command && 'playlist_id' in command ? command.playlist_id : '';
        return selectField({
          id: 'playlist',
          label: 'Playlist',
          value: now,
          options: lists.map(({ id, name }) => ({ value: id, label: name })),
        });
      }
      case 'volume': {
        const volume = command?.type === 'volume' && 'volume' in command ? command.volume : 40;
        return field({
          id: 'volume',
          label: 'Volume, 0 to 100',
          type: 'number',
          value: String(volume ?? 40),
          min: '0',
          max: '100',
          error: this.errors.volume,
        });
      }
      case 'say': {
        const text = command?.type === 'say' ? (command.text ?? '') : '';
        const error = this.errors.text;
        return field({ id: 'text', label: 'What it says', value: text, error, maxLength: 1000 });
      }
      case 'credits': {
        const given = command?.type === 'grant_credits' ? command : null;
        return html`<div class="pair">
          ${selectField({
            id: 'user_id',
            label: 'To whom',
            value: given?.user_id ?? '',
            options: this.#people,
          })}
          ${field({
            id: 'amount',
            label: 'Credits each time',
            type: 'number',
            value: String(given?.amount ?? 1),
            min: '1',
            max: '1000',
            error: this.errors.amount,
          })}
        </div>`;
      }
      case 'stop':
      case 'toggle':
      case 'next':
      case 'previous':
      case 'louder':
      case 'quieter':
      case 'none':
      case null:
        return nothing;
    }
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
      label: 'Whose button it is',
      value: this.binding?.owner_id ?? house,
      note: 'Whose it is pays for what it plays. The house plays free.',
      options: [{ value: house, label: 'The house' }, ...this.#people],
    });
  }

  get #people(): { value: string; label: string }[] {
    const people = this.buttons.people.value.filter(({ disabled }) => !disabled);
    return people.map(({ id, name }) => ({ value: id, label: name }));
  }

  /** Where the message comes from, where nobody has pressed anything to tell. */
  #trigger(): TemplateResult {
    const { binding } = this;
    const payload = binding ? payloadOf(binding.match) : '';
    return html`<div class="pair">
      ${field({
        id: 'filter',
        label: 'MQTT topic',
        value: binding?.filter ?? '',
        error: this.errors.filter,
        maxLength: 256,
      })}
      ${
        payload === null
          ? nothing
          : field({
              id: 'payload',
              label: 'Message',
              value: payload,
              note: 'Left empty: any.',
              error: this.errors.payload,
              maxLength: 256,
            })
      }
    </div>`;
  }

  #faults(data: FormData): FieldErrors<Field> {
    const needsSound =
      this.action === 'sound' || (this.action === 'card' && this.candidate?.uid != null);
    const volume = Number(textIn(data, 'volume'));
    const amount = Number(textIn(data, 'amount'));
    return {
      ...(textIn(data, 'name') === '' && { name: 'Give it a name.' }),
      ...(needsSound && this.soundId === null && { sound_id: 'Choose a sound.' }),
      ...(this.action === 'tag' && textIn(data, 'tag') === '' && { tag: 'Give a tag.' }),
      ...(this.action === 'say' && textIn(data, 'text') === '' && { text: 'Say something.' }),
      ...(this.action === 'volume' &&
        !(Number.isInteger(volume) && volume >= 0 && volume <= 100) && {
          volume: 'A number from 0 to 100.',
        }),
      ...(this.action === 'credits' &&
        !(Number.isInteger(amount) && amount >= 1 && amount <= 1000) && {
          amount: 'A number from 1 to 1000.',
        }),
      ...(!this.candidate &&
        textIn(data, 'filter') === '' && { filter: 'Give the topic it speaks on.' }),
    };
  }

  #bodyOf(data: FormData): object {
    const { action, binding, candidate, soundId } = this;
    const owner = textIn(data, 'owner');
    const taken = (candidate?.suggestion ?? binding)?.extract ?? null;
    const extract = extractFor(action, taken);
    const payload = data.has('payload') ? textIn(data, 'payload') : null;
    const typed = {
      ...(candidate ? {} : { filter: textIn(data, 'filter') }),
      ...(payload === null ? {} : { match: payload === '' ? 'any' : { equals: payload } }),
    };
    const chosen = {
      soundId,
      tag: textIn(data, 'tag'),
      playlistId: textIn(data, 'playlist'),
      volume: Number(textIn(data, 'volume')),
      text: textIn(data, 'text'),
      userId: textIn(data, 'user_id'),
      amount: Number(textIn(data, 'amount')),
    };
    return {
      ...candidate?.suggestion,
      ...typed,
      ...(extract === taken ? {} : { extract }),
      name: textIn(data, 'name'),
      owner_id: owner === house ? null : owner,
      ...(action === null ? { command: binding?.command } : { command: commandOf(action, chosen) }),
    };
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
    this.errors = this.#faults(data);
    if (Object.keys(this.errors).length > 0) return this.#focusFault();
    if (this.busy) return;
    this.busy = true;
    try {
      await this.#tagSound();
      // The reader is bound already: the card alone was new.
      if (!this.#isKnownReader)
        await this.buttons.save(this.binding?.id ?? null, this.#bodyOf(data));
      this.#leave();
    } catch (error) {
      this.errors = fieldErrorsOf(error, form);
      void this.#focusFault();
    } finally {
      this.busy = false;
    }
  };

  async #focusFault(): Promise<void> {
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
