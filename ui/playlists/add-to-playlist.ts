import { msg, str } from '@lit/localize';
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

/** As many as the server takes at once. */
const addedAtOnceMax = 500;

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

  /** By name, for the next try. */
  readonly #made = new Map<string, Playlist>();
  /** List → how many of the sounds are in it already. */
  readonly #added = new Map<string, number>();

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override render(): TemplateResult {
    return html`<enc-dialog
      heading=${msg(str`Add ${this.#what()} to`)}
      @enc-dialog-left=${this.#leave}
    >
      <ul aria-label=${msg('Playlists')}>
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
            aria-label=${msg('Name of a new playlist')}
            placeholder=${msg('New playlist')}
            maxlength="200"
            autocomplete="off"
          />
        </div>
        <button class="button" ?disabled=${this.busy}>${msg('Make and add')}</button>
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
      this.problem = msg('Give the new playlist a name.');
      return;
    }
    void this.#work(async () => {
      const list =
        this.#made.get(name) ?? (await this.http.post<Playlist>('/playlists/', { name }));
      this.#made.set(name, list);
      return list;
    });
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
      await this.#add(list.id);
      const way = { href: playlistHref(list.id), label: msg('Open it') };
      const text =
        this.sounds.length === 1
          ? msg(str`${this.#what()} is in ${list.name}.`)
          : msg(str`${this.#what()} are in ${list.name}.`);
      this.dispatchEvent(new ToastEvent(text, way, 'done'));
      this.#leave();
    } catch (error) {
      this.problem = sentenceOf(error);
    } finally {
      this.busy = false;
    }
  }

  /** What is left of them, where an earlier try came half the way. */
  async #add(listId: string): Promise<void> {
    const ids = this.sounds.map(({ id }) => id);
    let added = this.#added.get(listId) ?? 0;
    while (added < ids.length) {
      const sound_ids = ids.slice(added, added + addedAtOnceMax);
      await this.http.post(`${pathOf(listId)}/sounds`, { sound_ids });
      added += sound_ids.length;
      this.#added.set(listId, added);
    }
  }

  readonly #leave = (): void => void this.dispatchEvent(new DialogLeftEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-add-to-playlist': EncAddToPlaylist;
  }
}
