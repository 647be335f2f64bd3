import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { BoardSummary } from '../../server/boards/contract.ts';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { soundsWord } from '../library/words.ts';
import { textIn } from '../people/form-values.ts';
import { addToPlaylistStyles } from '../playlists/add-to-playlist.styles.ts';
import { boardHref, padsWord } from './board-words.ts';
import type { Boards } from './boards.ts';

/**
 * Puts sounds on a board that the person chooses, or on a new one; open for as long as it is in the
 * page. Says with a toast that it is done.
 *
 * @event {DialogLeftEvent} enc-dialog-left - it is done, or not wanted
 */
@customElement('enc-add-to-board')
export class EncAddToBoard extends LitElement {
  static override readonly styles = [base, buttons, fieldStyles, addToPlaylistStyles];

  @property({ attribute: false }) boards!: Boards;
  @property({ attribute: false }) sounds: readonly { id: string; name: string }[] = [];
  @state() private problem = '';
  @state() private busy = false;

  /** By name, for the next try. */
  readonly #made = new Map<string, BoardSummary>();

  constructor() {
    super();
    this.addController(new Watch(this, () => void this.boards.list.value));
  }

  override render(): TemplateResult {
    const mine = this.boards.list.value.filter(({ may_edit }) => may_edit);
    return html`<enc-dialog
      heading=${msg(str`Add ${this.#what()} to`)}
      @enc-dialog-left=${this.#leave}
    >
      <ul aria-label=${msg('Boards')}>
        ${mine.map(
          (board) =>
            html`<li>
              <button
                type="button"
                class="list"
                ?disabled=${this.busy}
                @click=${() => this.#work(async () => board)}
              >
                ${board.name}<small>${padsWord(board.pads)}</small>
              </button>
            </li>`,
        )}
      </ul>
      <form @submit=${this.#make}>
        <div class="box">
          <input
            name="name"
            aria-label=${msg('Name of a new board')}
            placeholder=${msg('New board')}
            maxlength="60"
            autocomplete="off"
          />
        </div>
        <button class="button" ?disabled=${this.busy}>${msg('Make and add')}</button>
      </form>
      ${this.problem ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
    </enc-dialog>`;
  }

  readonly #make = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = textIn(new FormData(event.target as HTMLFormElement), 'name');
    if (name === '') {
      this.problem = msg('Give the new board a name.');
      return;
    }
    void this.#work(async () => {
      const board = this.#made.get(name) ?? (await this.boards.make({ name }));
      this.#made.set(name, board);
      return board;
    });
  };

  #what(): string {
    const [first, ...others] = this.sounds;
    return first && others.length === 0 ? first.name : soundsWord(this.sounds.length);
  }

  /** Puts the sounds on the board that `of` gives. Those that stand there already stay. */
  async #work(of: () => Promise<BoardSummary>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      const { id, name } = await of();
      await this.boards.add(
        id,
        this.sounds.map((sound) => sound.id),
      );
      const text =
        this.sounds.length === 1
          ? msg(str`${this.#what()} stands on ${name}.`)
          : msg(str`${this.#what()} stand on ${name}.`);
      this.dispatchEvent(
        new ToastEvent(text, { href: boardHref(id), label: msg('Open it') }, 'done'),
      );
      this.#leave();
    } catch (error) {
      this.problem = sentenceOf(error);
    } finally {
      this.busy = false;
    }
  }

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-add-to-board': EncAddToBoard;
  }
}
