import { msg, str } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { fold } from '../board/fold.ts';
import type { Library } from '../board/library.ts';
import type { BoardSound } from '../board/sounds.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { Watch } from '../design/watch.ts';
import { attempt } from '../player/attempt.ts';
import '../player/track-row.ts';
import type { Entries } from './entries.ts';

const shownMax = 40;

/** Sounds that have all the words, in the order of the catalogue. */
const found = (sounds: readonly BoardSound[], words: string): readonly BoardSound[] => {
  const terms = fold(words).split(/\s+/).filter(Boolean);
  return sounds.filter(({ folded, foldedTags }) =>
    terms.every((term) => folded.includes(term) || foldedTags.includes(term)),
  );
};

/**
 * Adds sounds to a playlist, one press each, for as long as it is open.
 *
 * @event {DialogLeftEvent} enc-dialog-left - enough are added
 */
@customElement('enc-add-sounds-dialog')
export class EncAddSoundsDialog extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    fieldStyles,
    css`
      ul {
        block-size: min(420px, 46dvh);
        margin: 0 -12px;
        padding: 0;
        overflow: auto;
        list-style: none;
      }

      li {
        block-size: 56px;
      }

      p {
        margin: 0;
        padding: 8px 12px;
        color: var(--text-2);
        font-size: 13px;
      }
    `,
  ];

  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) entries!: Entries;
  @state() private words = '';
  @state() private said = '';

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        for (const one of [this.library.sounds, this.library.waveforms, this.entries.entries])
          void one.value;
      }),
    );
  }

  override render(): TemplateResult {
    const all = found(this.library.sounds.value, this.words);
    const inList = new Set(this.entries.entries.value.map((entry) => entry.sound.id));
    return html`<enc-dialog heading=${msg('Add sounds')} @enc-dialog-left=${this.#leave}>
      <div class="field">
        <div class="box">
          <input
            type="search"
            aria-label=${msg('Search sounds to add')}
            placeholder=${msg('Search sounds')}
            autocomplete="off"
            autofocus
            .value=${this.words}
            @input=${this.#onInput}
          />
        </div>
      </div>
      <ul aria-label=${msg('Sounds')}>
        ${all.slice(0, shownMax).map(
          (sound) =>
            html`<li>
              <enc-track-row
                verb="Add"
                current
                about=${inList.has(sound.id) ? msg('In this playlist') : ''}
                .sound=${sound}
                .waveform=${this.library.waveforms.value[sound.id]}
                @enc-row=${() => this.#add(sound)}
              ></enc-track-row>
            </li>`,
        )}
        ${all.length === 0 ? html`<li><p>${msg('No sound has these words.')}</p></li>` : ''}
      </ul>
      <span class="sr-only" role="status">${this.said}</span>
      <button slot="actions" class="button primary" @click=${this.#leave}>${msg('Done')}</button>
    </enc-dialog>`;
  }

  async #add({ id, name }: BoardSound): Promise<void> {
    if (await attempt(this, this.entries.add(id))) this.said = msg(str`${name} added.`);
  }

  readonly #onInput = (event: Event): void => {
    this.words = (event.target as HTMLInputElement).value;
  };

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-add-sounds-dialog': EncAddSoundsDialog;
  }
}
