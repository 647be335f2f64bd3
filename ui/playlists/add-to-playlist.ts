import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Playlist } from '../../server/playlists/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import '../design/dialog.ts';
import { DialogLeftEvent } from '../design/dialog.ts';
import { fieldStyles } from '../design/field.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { soundsWord } from '../library/words.ts';
import { textIn } from '../people/form-values.ts';
import { allOf, pathOf } from './playlists.ts';
import { playlistHref, sizeWords } from './playlist-words.ts';
import { addToPlaylistStyles } from './add-to-playlist.styles.ts';

/**
 * Puts sounds at the end of a playlist that the person chooses, or of a new one; open for as long
 * as it is in the page. Says with a toast that it is done.
 *
 *     html`<enc-add-to-playlist .http=${http} .sounds=${[{ id, name }]}
 *       @enc-dialog-left=${leave}></enc-add-to-playlist>`
 *
 * @event {DialogLeftEvent} enc-dialog-left - it is done, or not wanted
 */
@customElement('enc-add-to-playlist')
export class EncAddToPlaylist extends LitElement {
  static override readonly styles = [base, buttons, fieldStyles, addToPlaylistStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) sounds: readonly { id: string; name: string }[] = [];
  @state() private lists: readonly Playlist[] | null = null;
  @state() private problem = '';
  @state() private busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override render(): TemplateResult {
    return html`<enc-dialog heading="Add ${this.#what()} to" @enc-dialog-left=${this.#leave}>
      <ul aria-label="Playlists">
        ${(this.lists ?? []).map(
          (list) =>
            html`<li>
              <button
                type="button"
                class="list"
                ?disabled=${this.busy}
                @click=${() => this.#work(async () => list)}
              >
                ${list.name}<small>${sizeWords(list)}</small>
              </button>
            </li>`,
        )}
      </ul>
      <form @submit=${this.#make}>
        <div class="box">
          <input
            name="name"
            aria-label="Name of a new playlist"
            placeholder="New playlist"
            maxlength="200"
            autocomplete="off"
          />
        </div>
        <button class="button" ?disabled=${this.busy}>Make and add</button>
      </form>
      ${this.problem ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
    </enc-dialog>`;
  }

  async #load(): Promise<void> {
    try {
      const all = await allOf<Playlist>(this.http, '/playlists/');
      this.lists = all.filter((list) => list.may_edit && list.rules === null && !list.main);
    } catch (error) {
      this.problem = sentenceOf(error);
    }
  }

  readonly #make = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = textIn(new FormData(event.target as HTMLFormElement), 'name');
    if (name === '') {
      this.problem = 'Give the new playlist a name.';
      return;
    }
    void this.#work(() => this.http.post<Playlist>('/playlists/', { name }));
  };

  #what(): string {
    const [first, ...others] = this.sounds;
    return first && others.length === 0 ? first.name : soundsWord(this.sounds.length);
  }

  /** Adds the sounds to the list that `of` gives. */
  async #work(of: () => Promise<Playlist>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      const list = await of();
      for (const { id } of this.sounds) {
        await this.http.post(`${pathOf(list.id)}/sounds`, { sound_id: id });
      }
      const way = { href: playlistHref(list.id), label: 'Open it' };
      const text = `${this.#what()} ${this.sounds.length === 1 ? 'is' : 'are'} in ${list.name}.`;
      this.dispatchEvent(new ToastEvent(text, way, 'done'));
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
    'enc-add-to-playlist': EncAddToPlaylist;
  }
}
