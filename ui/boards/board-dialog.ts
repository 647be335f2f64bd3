import { msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Board } from '../../server/boards/contract.ts';
import { fieldErrorsOf, withoutTyped, type FieldErrors } from '../api/field-errors.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { field } from '../design/field.ts';
import { formStyles } from '../design/form.styles.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { hues } from '../design/hues.ts';
import { textIn } from '../people/form-values.ts';
import { hueWords } from './board-words.ts';
import type { Boards } from './boards.ts';

const nameCharactersMax = 60;
const form = { fields: ['name'], rest: 'name' } as const;

/** A board was made or changed. */
export class BoardSavedEvent extends Event {
  readonly id: string;

  constructor(id: string) {
    super('enc-board-saved');
    this.id = id;
  }
}

/**
 * Makes a board, or with `board` changes its name, colour and who sees it.
 *
 * @event {BoardSavedEvent} enc-board-saved - it is as it was asked for
 * @event {DialogLeftEvent} enc-dialog-left - nothing is wanted
 */
@customElement('enc-board-dialog')
export class EncBoardDialog extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    fieldStyles,
    formStyles,
    hueClasses,
    css`
      .hues {
        display: flex;
        flex-wrap: wrap;
        row-gap: 4px;
        margin-inline: -6px;
      }

      .hue {
        position: relative;
        display: grid;
        place-items: center;
        inline-size: 44px;
        block-size: 44px;
        border-radius: var(--radius);
        cursor: pointer;
      }

      .hue input {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }

      .swatch {
        display: grid;
        place-items: center;
        inline-size: 26px;
        block-size: 26px;
        border-radius: 8px;
        background: var(--h-line, transparent);
      }

      .none {
        border: 1.5px dashed var(--line-strong);
      }

      .hue:has(:checked) .swatch {
        outline: 2px solid var(--text-1);
        outline-offset: 3px;
      }

      .hue:has(:focus-visible) {
        outline: 2px solid var(--accent-text);
        outline-offset: -1px;
      }

      /* Five and four are fairer than seven and two. */
      @media (max-width: 759.98px) {
        .hues {
          max-inline-size: 240px;
        }
      }

      @media (forced-colors: active) {
        .swatch {
          forced-color-adjust: none;
        }

        .hue:has(:checked) .swatch {
          outline-color: Highlight;
        }
      }
    `,
  ];

  @property({ attribute: false }) boards!: Boards;
  @property({ attribute: false }) board: Board | null = null;
  @state() private busy = false;
  @state() private errors: FieldErrors<'name'> = {};

  override render(): TemplateResult {
    const { board, errors } = this;
    return html`<enc-dialog
      heading=${board ? msg('Name and colour') : msg('New board')}
      @enc-dialog-left=${this.#leave}
    >
      <form id="board" class="form" novalidate @submit=${this.#save} @input=${this.#onInput}>
        ${field({
          id: 'name',
          label: msg('Name'),
          value: board?.name ?? '',
          error: errors.name,
          maxLength: nameCharactersMax,
          autofocus: true,
        })}
        <fieldset>
          <legend>${msg('Colour')}</legend>
          <div class="hues">${this.#hue(null)} ${hues.map((hue) => this.#hue(hue))}</div>
        </fieldset>
        <label class="choice">
          <input type="checkbox" name="shared" .checked=${board?.shared ?? false} />
          <b>${msg('Share with everybody')}</b
          ><small>${msg('All see and play it. Its owner and administrators change it.')}</small>
        </label>
      </form>
      <button slot="actions" type="button" class="button" @click=${this.#leave}>
        ${msg('Cancel')}
      </button>
      <button
        slot="actions"
        type="submit"
        form="board"
        class="button primary"
        ?disabled=${this.busy}
      >
        ${this.busy ? msg('One moment…') : board ? msg('Save') : msg('Make the board')}
      </button>
    </enc-dialog>`;
  }

  #hue(hue: (typeof hues)[number] | null): TemplateResult {
    const word = hue === null ? msg('No colour') : hueWords[hue];
    return html`<label class="hue" title=${word}>
      <input
        type="radio"
        name="hue"
        .value=${String(hue ?? '')}
        aria-label=${word}
        .checked=${(this.board?.hue ?? null) === hue}
      />
      <span class=${hue === null ? 'swatch none' : `swatch hue-${hue}`}></span>
    </label>`;
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const data = new FormData(event.target as HTMLFormElement);
    const { board, boards } = this;
    const said = {
      name: textIn(data, 'name'),
      hue: hues.find((hue) => String(hue) === data.get('hue')) ?? null,
      shared: data.has('shared'),
    };
    if (said.name === '') {
      this.errors = { name: msg('A name is needed.') };
      return;
    }
    this.busy = true;
    try {
      if (board) await boards.change(board.id, said);
      const id = board?.id ?? (await boards.make(said)).id;
      this.dispatchEvent(new BoardSavedEvent(id));
    } catch (error) {
      this.errors = fieldErrorsOf(error, form);
    } finally {
      this.busy = false;
    }
  };

  readonly #onInput = (event: Event): void => {
    this.errors = withoutTyped(this.errors, event);
  };

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-board-dialog': EncBoardDialog;
  }
  interface HTMLElementEventMap {
    'enc-board-saved': BoardSavedEvent;
  }
}
