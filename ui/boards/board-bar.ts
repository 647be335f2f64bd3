import { msg, str } from '@lit/localize';
import { effect } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { BoardSummary } from '../../server/boards/contract.ts';
import type { User } from '../../server/users/contract.ts';
import type { Stores } from '../app/stores.ts';
import { ViewEvent } from '../board/filter-bar.ts';
import { PadPressEvent } from '../board/pad.ts';
import { base } from '../design/base.styles.ts';
import { hueClasses } from '../design/hues.styles.ts';
import { icons } from '../design/icons.ts';
import '../design/menu.ts';
import { InTurn } from '../design/in-turn.ts';
import type { MenuChoiceEvent } from '../design/menu.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { attempt } from '../player/attempt.ts';
import { boardBarStyles } from './board-bar.styles.ts';
import type { BoardSavedEvent } from './board-dialog.ts';
import { boardIcons } from './board-icons.ts';
import { barEntries, type BarChoice } from './board-menu.ts';
import { boardHref, wallHref } from './board-words.ts';
import { boardsOf } from './boards-of.ts';
import type { Boards, ShownBoard } from './boards.ts';
import { insteadOfPads } from './instead-of-pads.ts';
import { PinnedKeys } from './pinned-keys.ts';

/** Where the row of tabs fades out. */
const fadePx = 28;

/**
 * Which page of pads is shown, in the slot of the sounds. It keeps the view with the address, and
 * plays what is pinned to the keys 1 to 9.
 *
 * @event {ViewEvent} enc-view - another page: what narrowed the last one is no more
 * @event {PadPressEvent} enc-pad-press - the key of a pad was pressed
 */
@customElement('enc-board-bar')
export class EncBoardBar extends InTurn {
  static override readonly styles = [base, hueClasses, boardBarStyles];

  @property({ attribute: false }) stores!: Stores;
  @property({ attribute: false }) user: User | null = null;
  @state() private dialog: 'none' | 'make' | 'edit' = 'none';

  @query('nav') private readonly nav!: HTMLElement;

  #stops: (() => void)[] = [];
  /** The board whose tab was brought into view. */
  #revealed: string | null = null;

  constructor() {
    super();
    void new PinnedKeys(this, this.#onKey);
  }

  get #boards(): Boards {
    const { feed, session } = this.stores;
    return boardsOf(feed, session.http);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) stop();
  }

  /** Not before: it may be in the page longer than its chunk, without its properties. */
  protected override firstUpdated(): void {
    this.#follow();
  }

  protected override updated(): void {
    const id = this.#boards.shown.peek()?.id ?? null;
    if (id === this.#revealed) return;
    const tab = this.renderRoot.querySelector<HTMLElement>('[aria-current]');
    if (!tab) return;
    this.#revealed = id;
    // Of this row alone: the page around it stays where it is.
    const { nav } = this;
    const end = tab.offsetLeft + tab.offsetWidth + fadePx;
    if (tab.offsetLeft < nav.scrollLeft) nav.scrollLeft = tab.offsetLeft;
    else if (end > nav.scrollLeft + nav.clientWidth) nav.scrollLeft = end - nav.clientWidth;
  }

  #follow(): void {
    const { router, view } = this.stores;
    const boards = this.#boards;
    view.boards.value = boards;
    let before: string | null | undefined;
    this.#stops = [
      effect(() => {
        // Another screen leaves the board as it is, for who comes back.
        if (router.place.value !== 'sounds') return;
        const id = router.url.value.searchParams.get('board');
        boards.open(id);
        if (before !== undefined && before !== id)
          this.dispatchEvent(new ViewEvent({ filter: null }));
        before = id;
      }),
      effect(() => {
        const shown = boards.shown.value;
        view.page.value = shown && {
          sounds: shown.board?.sounds ?? null,
          instead: this.#instead(shown),
        };
      }),
      effect(() => {
        const keys = boards.keyed.value?.keys ?? [];
        view.keys.value = new Map(keys.map(({ key, sound_id }) => [sound_id, key]));
      }),
      effect(() => {
        void boards.list.value;
        void boards.shown.value;
        this.requestUpdate();
      }),
    ];
  }

  #instead(shown: ShownBoard): TemplateResult | null {
    const boards = this.#boards;
    if (boards.arranging.value && shown.board) {
      return html`<enc-arrange-board
        .boards=${boards}
        .board=${shown.board}
        .library=${this.stores.library}
        .density=${this.stores.view.density.value}
      ></enc-arrange-board>`;
    }
    return insteadOfPads(shown, () => void boards.load());
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.user) return nothing;
    const { list, shown } = this.#boards;
    const id = shown.value?.id ?? null;
    const board = shown.value?.board ?? null;
    const member = this.user.role !== 'guest';
    return html`<nav aria-label=${msg('Boards')}>
        <a class="tab" href="/" aria-current=${id === null ? 'page' : nothing}
          >${msg('All sounds')}</a
        >
        ${repeat(
          list.value,
          (one) => one.id,
          (one) => this.#tab(one, one.id === id),
        )}
        ${member ? this.#new(list.value.length > 0) : nothing}
      </nav>
      <enc-menu
        label=${board ? msg(str`More for the board ${board.name}`) : msg('More for the boards')}
        .entries=${barEntries(board)}
        @enc-menu-choice=${(event: MenuChoiceEvent) => void this.#choose(event.id as BarChoice)}
      ></enc-menu>
      ${this.dialog === 'none' ? nothing : this.#dialog(this.dialog)}`;
  }

  #tab(
    { id, name, hue, shared, owner_name, owner_id }: BoardSummary,
    here: boolean,
  ): TemplateResult {
    const mine = owner_id === this.user?.id;
    const byOther =
      owner_name === null ? msg('Shared by somebody') : msg(str`Shared by ${owner_name}`);
    const whose = mine ? msg('Shared with everybody') : byOther;
    return html`<a
      class="tab"
      href=${boardHref(id)}
      title=${shared ? `${name} · ${whose}` : name}
      aria-current=${here ? 'page' : nothing}
      >${hue === null ? nothing : html`<span class="dot hue-${hue}"></span>`}<bdi class="name"
        >${name}</bdi
      >${shared ? html`${boardIcons.shared}<span class="sr-only">${msg(', shared')}</span>` : nothing}</a
    >`;
  }

  #new(short: boolean): TemplateResult {
    return html`<button
      type="button"
      class="new"
      title=${short ? msg('New board') : nothing}
      @click=${() => void this.#open('make')}
    >
      ${icons.add}<span class=${short ? 'sr-only' : ''}>${msg('New board')}</span>
    </button>`;
  }

  #dialog(kind: 'make' | 'edit'): TemplateResult {
    const board = kind === 'edit' ? (this.#boards.shown.value?.board ?? null) : null;
    const leave = (): void => void (this.dialog = 'none');
    return html`<enc-board-dialog
      .boards=${this.#boards}
      .board=${board}
      @enc-board-saved=${({ id }: BoardSavedEvent) => {
        leave();
        if (!board) this.stores.router.go(boardHref(id));
      }}
      @enc-dialog-left=${leave}
    ></enc-board-dialog>`;
  }

  async #open(kind: 'make' | 'edit'): Promise<void> {
    if (await attempt(this, import('./board-dialog.ts'))) this.dialog = kind;
  }

  async #choose(choice: BarChoice): Promise<void> {
    const boards = this.#boards;
    const { shown } = boards;
    const { router } = this.stores;
    const board = shown.peek()?.board;
    if (choice === 'wall') return router.go(wallHref(shown.peek()?.id ?? null));
    if (!board) return;
    switch (choice) {
      case 'edit':
        return this.#open('edit');
      case 'arrange':
        boards.arranging.value = await attempt(this, import('./arrange-board.ts'));
        return;
      case 'share':
      case 'unshare':
        await attempt(this, boards.change(board.id, { shared: choice === 'share' }));
        return;
      case 'delete':
        return this.#delete(board);
    }
  }

  async #delete({ id, name }: BoardSummary): Promise<void> {
    const { router } = this.stores;
    const boards = this.#boards;
    if (!(await attempt(this, boards.remove(id)))) return;
    router.go('/');
    const run = async (): Promise<void> => {
      if (await attempt(this, boards.restore(id))) router.go(boardHref(id));
    };
    const undo = { label: msg('Undo'), run: () => void run() };
    this.dispatchEvent(new ToastEvent(msg(str`The board ${name} is deleted.`), undo, 'done'));
  }

  readonly #onKey = (key: number): void => {
    const found = this.stores
      ? this.#boards.keyed.peek()?.keys.find((one) => one.key === key)
      : undefined;
    if (found) this.dispatchEvent(new PadPressEvent(found.sound_id));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-board-bar': EncBoardBar;
  }
}
