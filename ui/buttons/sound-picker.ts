import { msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { fold } from '../board/fold.ts';
import type { Library } from '../board/library.ts';
import { base } from '../design/base.styles.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { Watch } from '../design/watch.ts';
import { lengthWord } from '../design/words.ts';

const shownMax = 30;

/** A sound was picked. */
export class PickedEvent extends Event {
  readonly soundId: string;

  constructor(soundId: string) {
    super('enc-picked');
    this.soundId = soundId;
  }
}

/**
 * A search with a short list of which one sound is chosen.
 *
 * @event {PickedEvent} enc-picked - another sound is chosen
 */
@customElement('enc-sound-picker')
export class EncSoundPicker extends LitElement {
  static override readonly styles = [
    base,
    fieldStyles,
    css`
      .field {
        margin-block-end: 8px;
      }

      .list {
        max-block-size: min(220px, 32dvh);
        padding: 3px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        overflow: auto;
      }

      label.sound {
        display: flex;
        align-items: center;
        gap: 10px;
        min-block-size: 38px;
        padding: 4px 10px;
        border-radius: var(--radius-s);
        font-size: 13px;
        cursor: pointer;
      }

      label.sound:has(:checked) {
        background: var(--surface-3);
        font-weight: 560;
      }

      input[type='radio'] {
        flex: none;
        inline-size: 16px;
        block-size: 16px;
        margin: 0;
        accent-color: var(--accent);
      }

      .name {
        flex: 1;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }

      .length {
        color: var(--text-2);
        font-size: 12px;
        font-weight: 400;
      }

      .nothing {
        margin: 0;
        padding: 10px;
        color: var(--text-2);
        font-size: 13px;
      }

      @media (pointer: coarse) {
        label.sound {
          min-block-size: 44px;
        }
      }
    `,
  ];

  @property({ attribute: false }) library!: Library;
  /** Id of the one that is chosen. */
  @property({ attribute: false }) chosen: string | null = null;
  @property() fault = '';
  @state() private words = '';

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.library.sounds.value));
  }

  override render(): TemplateResult {
    const terms = fold(this.words).split(/\s+/).filter(Boolean);
    const found = this.library.sounds.value.filter(({ folded, foldedTags }) =>
      terms.every((term) => folded.includes(term) || foldedTags.includes(term)),
    );
    const mine = this.chosen === null ? undefined : this.library.byId.value.get(this.chosen);
    const shown = found.slice(0, shownMax);
    const all = mine && terms.length === 0 && !shown.includes(mine) ? [mine, ...shown] : shown;
    return html`<div class="field">
        <label for="words">${msg('Sound')}</label>
        <div class="box">
          <input
            id="words"
            type="search"
            placeholder=${msg('Search sounds')}
            autocomplete="off"
            aria-describedby="words-note"
            aria-invalid=${this.fault ? 'true' : nothing}
            .value=${this.words}
            @input=${this.#onInput}
          />
        </div>
        <div id="words-note" class="note" ?hidden=${this.fault === ''}>
          <span class="error" role="alert">${this.fault}</span>
        </div>
      </div>
      <div class="list" role="radiogroup" aria-label=${msg('Sounds')}>
        ${all.map(
          ({ id, name, duration }) =>
            html`<label class="sound"
              ><input
                type="radio"
                name="sound"
                .checked=${id === this.chosen}
                @change=${() => this.#pick(id)}
              /><span class="name">${name}</span
              ><span class="length">${lengthWord(duration)}</span></label
            >`,
        )}
        ${all.length === 0 ? html`<p class="nothing">${msg('No sound has these words.')}</p>` : ''}
      </div>`;
  }

  override focus(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  readonly #onInput = (event: Event): void => {
    this.words = (event.target as HTMLInputElement).value;
  };

  #pick(id: string): void {
    this.chosen = id;
    this.dispatchEvent(new PickedEvent(id));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-sound-picker': EncSoundPicker;
  }
  interface HTMLElementEventMap {
    'enc-picked': PickedEvent;
  }
}
