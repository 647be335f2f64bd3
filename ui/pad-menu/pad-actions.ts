import { msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Sound } from '../../server/sounds/contract.ts';
import type { User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import type { Library } from '../board/library.ts';
import { mayPin } from '../boards/pin.ts';
import { takeOff } from '../boards/take-off.ts';
import { PadActionEvent, PadPressEvent } from '../board/pad.ts';
import type { BoardSound } from '../board/sounds.ts';
import type { View } from '../board/view.ts';
import '../design/dialog.ts';
import '../design/menu.ts';
import type { EncMenu, MenuChoiceEvent } from '../design/menu.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { mayChange, padChoices, padEntries, type PadChoice } from './entries.ts';
import { createListening } from './listening.ts';
import './preview-pill.ts';
import type { SoundSavedEvent } from './sound-saved-event.ts';
import { cutOf } from './trim.ts';

/** A menu must not wait for a slow line: then it opens without what only the owner may. */
const ownerWaitMs = 400;

type Open =
  | { kind: 'edit'; part: 'rename' | 'tags' | 'gain'; sound: Sound }
  | { kind: 'trim'; sound: Sound }
  | { kind: 'plays' | 'list' | 'board' | 'pin'; sound: BoardSound };

/**
 * What can be done with a sound beside playing it: the menu of a pad and the dialogs behind it.
 *
 * @event {PadPressEvent} enc-pad-press - chosen in the menu
 * @event {PadActionEvent} enc-pad-action - with `focus` when a dialog is left
 */
@customElement('enc-pad-actions')
export class EncPadActions extends LitElement {
  /** It takes no room: all of it lies on top. */
  static override readonly styles = css`
    :host {
      position: absolute;
    }
  `;

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) view!: View;
  @property({ attribute: false }) user!: User;
  @property({ type: Boolean }) online = false;
  @state() private sound: BoardSound | null = null;
  @state() private change = false;
  @state() private open: Open | null = null;
  @query('enc-menu') private readonly menu!: EncMenu;

  #asked = 0;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        // What they allow may come after the menu was opened.
        const boards = this.view.boards.value;
        void boards?.shown.value;
        void boards?.keyed.value;
      }),
    );
  }

  override render(): TemplateResult {
    return html`<enc-menu
        bare
        label=${msg(str`More for ${this.sound?.name ?? msg('a sound')}`)}
        .entries=${padEntries(this.online, this.#may())}
        @enc-menu-choice=${this.#onChoice}
      ></enc-menu>
      ${this.open ? this.#dialog(this.open) : nothing}`;
  }

  #may(): Parameters<typeof padEntries>[1] {
    const member = this.user.role !== 'guest';
    const boards = this.view.boards.value;
    const here = boards?.shown.value?.board;
    const isOn = this.sound !== null && (here?.sounds.includes(this.sound.id) ?? false);
    return {
      member,
      change: this.change,
      board: member && boards !== null,
      // A key of a board plays a pad of it.
      pin: boards !== null && mayPin(boards) && (!boards.shown.value || isOn),
      arrange: isOn && here?.may_edit === true,
    };
  }

  /** Opens the menu of a sound at a point of the viewport, px. */
  async openMenu(sound: BoardSound, x: number, y: number): Promise<void> {
    const turn = ++this.#asked;
    const change = await this.#mayChange(sound.id);
    if (turn !== this.#asked) return;
    this.sound = sound;
    this.change = change;
    await this.updateComplete;
    await this.menu.updateComplete;
    this.menu.openAt(x, y);
  }

  /** Asks for another name, where the person may give one. */
  async rename(sound: BoardSound): Promise<void> {
    if (this.user.role === 'guest') return;
    this.sound = sound;
    await this.#choose('rename', sound);
  }

  async #mayChange(id: string): Promise<boolean> {
    if (this.user.role !== 'user') return mayChange(this.user, null);
    const late = new Promise<null>((resolve) => setTimeout(resolve, ownerWaitMs, null));
    const sound = this.http.get<Sound>(`/sounds/${id}`).catch(() => null);
    return mayChange(this.user, await Promise.race([sound, late]));
  }

  #dialog(open: Open): TemplateResult {
    switch (open.kind) {
      case 'edit':
        return html`<enc-edit-dialog
          .http=${this.http}
          .sound=${open.sound}
          .known=${this.library.facets.value.tags}
          focused=${open.part}
          @enc-sound-saved=${this.#onSaved}
          @enc-dialog-left=${this.#leave}
        ></enc-edit-dialog>`;
      case 'trim':
        return html`<enc-trim-dialog
          .http=${this.http}
          .sound=${open.sound}
          @enc-sound-saved=${this.#onSaved}
          @enc-dialog-left=${this.#leave}
        ></enc-trim-dialog>`;
      case 'list':
        return html`<enc-add-to-playlist
          .http=${this.http}
          .sounds=${[open.sound]}
          @enc-dialog-left=${this.#leave}
        ></enc-add-to-playlist>`;
      case 'board':
        return html`<enc-add-to-board
          .boards=${this.view.boards.value}
          .sounds=${[open.sound]}
          @enc-dialog-left=${this.#leave}
        ></enc-add-to-board>`;
      case 'pin':
        return html`<enc-pin-dialog
          .boards=${this.view.boards.value}
          .library=${this.library}
          .sound=${open.sound}
          @enc-dialog-left=${this.#leave}
        ></enc-pin-dialog>`;
      case 'plays':
        return html`<enc-plays-dialog
          .http=${this.http}
          .soundId=${open.sound.id}
          .name=${open.sound.name}
          @enc-dialog-left=${this.#leave}
        ></enc-plays-dialog>`;
    }
  }

  readonly #onChoice = ({ id }: MenuChoiceEvent): void => {
    const choice = padChoices.find((one) => one === id);
    if (choice && this.sound) void this.#choose(choice, this.sound);
  };

  async #choose(choice: PadChoice, sound: BoardSound): Promise<void> {
    try {
      await this.#do(choice, sound);
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    }
  }

  async #do(choice: PadChoice, sound: BoardSound): Promise<void> {
    switch (choice) {
      case 'play':
        return void this.dispatchEvent(new PadPressEvent(sound.id));
      case 'preview':
        return this.#preview(sound);
      case 'download':
        return this.#download(sound.id);
      case 'next':
        await this.http.post('/player/queue', { sound_id: sound.id, where: 'next' });
        this.dispatchEvent(
          new ToastEvent(msg(str`“${sound.name}” plays next.`), undefined, 'done'),
        );
        return;
      case 'list':
        await import('../playlists/add-to-playlist.ts');
        this.open = { kind: 'list', sound };
        return;
      case 'board':
        await import('../boards/add-to-board.ts');
        this.open = { kind: 'board', sound };
        return;
      case 'pin':
        await import('../boards/pin-dialog.ts');
        this.open = { kind: 'pin', sound };
        return;
      case 'arrange':
      case 'off':
        return this.#onBoard(choice, sound);
      case 'plays':
        await import('./plays-dialog.ts');
        this.open = { kind: 'plays', sound };
        return;
      case 'rename':
      case 'tags':
      case 'gain': {
        const [details] = await Promise.all([this.#details(sound.id), import('./edit-dialog.ts')]);
        this.open = { kind: 'edit', part: choice, sound: details };
        return;
      }
      case 'trim': {
        const [details] = await Promise.all([this.#details(sound.id), import('./trim-dialog.ts')]);
        this.open = { kind: 'trim', sound: details };
        return;
      }
      case 'select':
        return void this.dispatchEvent(new PadActionEvent(sound.id, 'pick'));
      case 'delete':
        return this.#delete(sound);
    }
  }

  async #onBoard(choice: 'arrange' | 'off', sound: BoardSound): Promise<void> {
    const boards = this.view.boards.peek();
    const board = boards?.shown.peek()?.board;
    if (!boards || !board) return;
    if (choice === 'off') return void takeOff(this, boards, board, [sound]);
    await import('../boards/arrange-board.ts');
    boards.arranging.value = true;
  }

  #details(id: string): Promise<Sound> {
    return this.http.get<Sound>(`/sounds/${id}`);
  }

  async #preview({ id, hue, name }: BoardSound): Promise<void> {
    const { previewing } = this.view;
    previewing.peek()?.stop();
    const listening = createListening(this.http);
    const mine = { name, hue, stop: () => listening.stop() };
    const { trim, duration, gain } = await this.#details(id);
    previewing.value = mine;
    try {
      await listening.start({ soundId: id, gainDb: gain, ...cutOf(trim, duration) });
    } finally {
      if (previewing.peek() === mine) previewing.value = null;
    }
  }

  async #download(id: string): Promise<void> {
    // A link cannot rotate a lapsed cookie; this can, and says so where there is no file.
    const { filename } = await this.#details(id);
    const link = document.createElement('a');
    link.href = `/api/v1/sounds/${id}/audio`;
    link.download = filename.slice(filename.lastIndexOf('/') + 1);
    link.click();
  }

  async #delete({ id, name }: BoardSound): Promise<void> {
    this.library.hide(id, true);
    try {
      await this.http.delete(`/sounds/${id}`);
      const undo = { label: msg('Undo'), run: () => void this.#restore(id) };
      this.dispatchEvent(new ToastEvent(msg(str`“${name}” is deleted.`), undo, 'done'));
      await this.library.load();
    } finally {
      this.library.hide(id, false);
    }
  }

  async #restore(id: string): Promise<void> {
    try {
      await this.http.post(`/sounds/${id}/restore`);
      await this.library.load();
      this.#focus(id);
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    }
  }

  readonly #onSaved = ({ sound }: SoundSavedEvent): void => {
    this.library.put(sound);
    this.#leave();
  };

  readonly #leave = (): void => {
    const id = this.open?.sound.id;
    this.open = null;
    // The dialog gives the focus back to the button it came from, which may be another sound's by now.
    if (id !== undefined) void this.updateComplete.then(() => this.#focus(id));
  };

  #focus(id: string): void {
    this.dispatchEvent(new PadActionEvent(id, 'focus'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-pad-actions': EncPadActions;
  }
}
