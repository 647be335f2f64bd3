import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Board } from '../../server/boards/contract.ts';
import type { SoundPolicy } from '../../server/sounds/contract.ts';
import type { User } from '../../server/users/contract.ts';
import type { Http } from '../api/http.ts';
import { sentenceOf } from '../api/problem.ts';
import type { Boards } from '../boards/boards.ts';
import { boardIcons } from '../boards/board-icons.ts';
import { takeOff } from '../boards/take-off.ts';
import type { Favourites } from '../board/favourites.ts';
import { facetsOf, type BoardSound } from '../board/sounds.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icons } from '../design/icons.ts';
import '../design/menu.ts';
import type { EncMenu, MenuChoiceEvent } from '../design/menu.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { countWord } from '../design/words.ts';
import { libraryIcons } from '../library/library-icons.ts';
import { progressStyles } from '../library/progress.styles.ts';
import { progressBar } from '../library/progress.ts';
import { padIcons } from '../pad-menu/pad-icons.ts';
import { policyWords } from '../pad-menu/sound-words.ts';
import { createBulkActions, type BulkActions, type Keeper } from './bulk-actions.ts';
import { pickedBarStyles } from './picked-bar.styles.ts';
import './tag-dialog.ts';
import type { TagChosenEvent } from './tag-dialog.ts';

/** Nothing is to be picked any more. */
export class PickedNoneEvent extends Event {
  constructor() {
    super('enc-picked-none');
  }
}

const policies = Object.keys(policyWords) as SoundPolicy[];

/**
 * What is picked and what can be done to it; while it is done, how far it is. Without anything
 * picked it is there only while `open`. In its slot, what picks more.
 *
 * @event {PickedNoneEvent} enc-picked-none - the way out was pressed
 */
@customElement('enc-picked-bar')
export class EncPickedBar extends LitElement {
  static override readonly styles = [base, buttons, progressStyles, pickedBarStyles];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) user!: User;
  @property({ attribute: false }) sounds: readonly Pick<
    BoardSound,
    'id' | 'name' | 'tags' | 'type'
  >[] = [];
  /** Tags of the house, with how many sounds have them. */
  @property({ attribute: false }) tags: readonly [string, number][] = [];
  @property({ attribute: false }) keeper!: Keeper;
  /** Where they can be shown as such. */
  @property({ attribute: false }) favourites: Favourites | null = null;
  /** Where they can be put on one. */
  @property({ attribute: false }) boards: Boards | null = null;
  @property({ type: Boolean }) offline = false;
  @property({ type: Boolean }) open = false;
  /** The word on the way out. */
  @property() leave = msg('Clear');
  @state() private dialog: 'add' | 'remove' | 'list' | 'board' | null = null;
  @query('enc-menu') private readonly menu!: EncMenu;

  #bulk!: BulkActions;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const keeper: Keeper = {
          know: (sound) => this.keeper.know(sound),
          forget: (id) => this.keeper.forget(id),
        };
        this.#bulk ??= createBulkActions(this.http, keeper, (text, way, tone) =>
          this.dispatchEvent(new ToastEvent(text, way, tone)),
        );
        void this.#bulk.run.value;
        void this.favourites?.ids.value;
        void this.boards?.shown.value;
      }),
    );
  }

  override render(): TemplateResult | typeof nothing {
    const run = this.#bulk.run.value;
    if (run) {
      return html`<div class="bar" role="group" aria-label=${msg('Under way')}>
        ${progressBar(run.label, run)}
        <button type="button" class="button" @click=${() => this.#bulk.cancel()}>
          ${msg('Cancel')}
        </button>
      </div>`;
    }
    const count = this.sounds.length;
    if (count === 0 && !this.open) return nothing;
    return html`<div class="bar" role="group" aria-label=${msg('Picked sounds')}>
        <b role="status"
          >${count === 0 ? msg('None picked') : msg(str`${countWord(count)} picked`)}</b
        >
        <slot></slot>
        <button type="button" class="link" @click=${this.#none}>${this.leave}</button>
        ${count > 0 ? html`<div class="actions">${this.#actions()}</div>` : nothing}
      </div>
      <enc-menu
        bare
        label=${msg('Policy of the picked sounds')}
        .entries=${policies.map((id) => ({ id, label: policyWords[id].label }))}
        @enc-menu-choice=${this.#onPolicy}
      ></enc-menu>
      ${this.dialog ? this.#dialog(this.dialog) : nothing}`;
  }

  #actions(): TemplateResult[] {
    const { sounds, favourites, user } = this;
    const member = user.role !== 'guest';
    const board = this.boards?.shown.value?.board;
    const liked = favourites && sounds.every(({ id }) => favourites.ids.value.has(id));
    const actions: (TemplateResult | false | null | undefined)[] = [
      favourites &&
        this.#act(liked ? msg('Unfavourite') : msg('Favourite'), icons.heart, () => {
          void this.#bulk.favour(sounds, favourites);
        }),
      member && this.#act(msg('Add to playlist'), padIcons.list, () => void this.#to('list')),
      member &&
        this.boards &&
        this.#act(msg('Add to board'), boardIcons.board, () => void this.#to('board')),
      board?.may_edit &&
        this.#act(msg('Take off the board'), boardIcons.takeOff, () => void this.#takeOff(board)),
      member && this.#act(msg('Add tag'), libraryIcons.tag, () => (this.dialog = 'add')),
      member &&
        sounds.some(({ tags }) => tags.length > 0) &&
        this.#act(msg('Remove tag'), libraryIcons.tag, () => (this.dialog = 'remove')),
      member && this.#act(msg('Policy'), padIcons.gain, (button) => this.#choosePolicy(button)),
      user.role === 'admin' &&
        this.#act(msg('Normalise'), libraryIcons.level, () => void this.#bulk.normalise(sounds)),
      member && this.#act(msg('Delete'), libraryIcons.bin, () => void this.#bulk.remove(sounds)),
    ];
    return actions.filter((one) => typeof one === 'object' && one !== null);
  }

  #act(label: string, icon: TemplateResult, go: (button: HTMLElement) => void): TemplateResult {
    return html`<button
      type="button"
      class="button"
      aria-disabled=${this.offline ? 'true' : nothing}
      title=${this.offline ? msg('Encore is offline.') : nothing}
      @click=${(event: Event) => (this.offline ? undefined : go(event.currentTarget as HTMLElement))}
    >
      ${icon}${label}
    </button>`;
  }

  #dialog(kind: 'add' | 'remove' | 'list' | 'board'): TemplateResult {
    const left = (): void => void (this.dialog = null);
    if (kind === 'board') {
      return html`<enc-add-to-board
        .boards=${this.boards}
        .sounds=${this.sounds}
        @enc-dialog-left=${left}
      ></enc-add-to-board>`;
    }
    if (kind === 'list') {
      return html`<enc-add-to-playlist
        .http=${this.http}
        .sounds=${this.sounds}
        @enc-dialog-left=${left}
      ></enc-add-to-playlist>`;
    }
    const chosen = this.sounds;
    const chose = ({ tag }: TagChosenEvent): void => {
      left();
      void (kind === 'add' ? this.#bulk.addTag(chosen, tag) : this.#bulk.removeTag(chosen, tag));
    };
    return html`<enc-tag-dialog
      .mode=${kind}
      .count=${chosen.length}
      .tags=${kind === 'add' ? this.tags : facetsOf(chosen).tags}
      @enc-tag-chosen=${chose}
      @enc-dialog-left=${left}
    ></enc-tag-dialog>`;
  }

  async #to(where: 'list' | 'board'): Promise<void> {
    try {
      await (where === 'list'
        ? import('../playlists/add-to-playlist.ts')
        : import('../boards/add-to-board.ts'));
      this.dialog = where;
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    }
  }

  async #takeOff(board: Board): Promise<void> {
    if (this.boards && (await takeOff(this, this.boards, board, this.sounds))) this.#none();
  }

  #choosePolicy(button: HTMLElement): void {
    const { left, bottom } = button.getBoundingClientRect();
    this.menu.openAt(left, bottom + 4);
  }

  readonly #onPolicy = ({ id }: MenuChoiceEvent): void => {
    const policy = policies.find((one) => one === id);
    if (policy) void this.#bulk.setPolicy(this.sounds, policy);
  };

  readonly #none = (): void => void this.dispatchEvent(new PickedNoneEvent());
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-picked-bar': EncPickedBar;
  }
  interface HTMLElementEventMap {
    'enc-picked-none': PickedNoneEvent;
  }
}
