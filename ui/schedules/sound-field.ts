import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { fold } from '../board/fold.ts';
import type { Library } from '../board/library.ts';
import type { BoardSound } from '../board/sounds.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { Watch } from '../design/watch.ts';
import '../player/track-row.ts';

const shownMax = 4;

/** A sound was chosen. */
export class SoundChosenEvent extends Event {
  readonly soundId: string;

  constructor(soundId: string) {
    super('enc-sound-chosen');
    this.soundId = soundId;
  }
}

const matching = (sounds: readonly BoardSound[], words: string): readonly BoardSound[] => {
  const terms = fold(words).split(/\s+/).filter(Boolean);
  return sounds.filter(({ folded, foldedTags }) =>
    terms.every((term) => folded.includes(term) || foldedTags.includes(term)),
  );
};

/**
 * One sound of the library: what is chosen as a row, or a search with what it finds.
 *
 * @event {SoundChosenEvent} enc-sound-chosen - another one is chosen
 */
@customElement('enc-sound-field')
export class EncSoundField extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    fieldStyles,
    css`
      :host {
        display: block;
      }

      .field {
        margin: 0;
      }

      .chosen {
        display: flex;
        align-items: center;
        gap: 8px;
        padding-inline-end: 8px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface-2);
      }

      enc-track-row {
        flex: 1;
        block-size: 56px;
      }

      ul {
        margin: 6px -12px 0;
        padding: 0;
        list-style: none;
      }

      p {
        margin: 8px 0 0;
        color: var(--text-2);
        font-size: 13px;
      }
    `,
  ];

  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) soundId: string | null = null;
  @property() error = '';
  @state() private words = '';
  @state() private searching = false;
  @query('input') private readonly input!: HTMLInputElement | null;
  @query('#change') private readonly change!: HTMLElement | null;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        for (const one of [this.library.sounds, this.library.waveforms]) void one.value;
      }),
    );
  }

  /** The row that had the focus is gone once the choice comes back as a property. */
  #justChosen = false;

  protected override updated(): void {
    if (!this.#justChosen || !this.change) return;
    this.#justChosen = false;
    this.change.focus();
  }

  override focus(): void {
    (this.input ?? this.change)?.focus();
  }

  override render(): TemplateResult {
    const sound = this.soundId === null ? undefined : this.library.byId.value.get(this.soundId);
    return sound && !this.searching ? this.#chosen(sound) : this.#search();
  }

  #chosen(sound: BoardSound): TemplateResult {
    return html`<div class="field" role="group" aria-label=${msg('Sound')}>
      <label for="change">${msg('Sound')}</label>
      <div class="chosen">
        <enc-track-row
          still
          .sound=${sound}
          .waveform=${this.library.waveforms.value[sound.id]}
        ></enc-track-row>
        <button
          type="button"
          id="change"
          class="button"
          aria-label=${msg(str`Change the sound, now ${sound.name}`)}
          @click=${this.#startSearch}
        >
          ${msg('Change')}
        </button>
      </div>
    </div>`;
  }

  #search(): TemplateResult {
    const found = matching(this.library.sounds.value, this.words);
    return html`<div class="field">
      <label for="search">${msg('Sound')}</label>
      <div class="box">
        <input
          id="search"
          type="search"
          placeholder=${msg('Search sounds')}
          autocomplete="off"
          aria-describedby="search-note"
          aria-invalid=${this.error ? 'true' : nothing}
          .value=${this.words}
          @input=${this.#onInput}
          @keydown=${(event: KeyboardEvent) => this.#onKeyDown(event, found[0])}
        />
      </div>
      <div id="search-note" class="note" ?hidden=${!this.error}>
        <span class="error" role="alert">${this.error}</span>
      </div>
      <ul aria-label=${msg('Sounds found')}>
        ${found.slice(0, shownMax).map(
          (sound) =>
            html`<li>
              <enc-track-row
                verb="Choose"
                current
                .sound=${sound}
                .waveform=${this.library.waveforms.value[sound.id]}
                @enc-row=${() => this.#choose(sound)}
              ></enc-track-row>
            </li>`,
        )}
      </ul>
      ${found.length === 0 ? html`<p role="status">${msg('No sound has these words.')}</p>` : nothing}
    </div>`;
  }

  readonly #startSearch = (): void => {
    this.searching = true;
    void this.updateComplete.then(() => this.input?.focus());
  };

  #choose({ id }: BoardSound): void {
    this.searching = false;
    this.words = '';
    this.#justChosen = true;
    this.dispatchEvent(new SoundChosenEvent(id));
  }

  /** Enter takes the first hit; the form is not sent by it. */
  #onKeyDown(event: KeyboardEvent, first: BoardSound | undefined): void {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (first && this.words.trim() !== '') this.#choose(first);
  }

  readonly #onInput = (event: Event): void => {
    this.words = (event.target as HTMLInputElement).value;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-sound-field': EncSoundField;
  }
  interface HTMLElementEventMap {
    'enc-sound-chosen': SoundChosenEvent;
  }
}
