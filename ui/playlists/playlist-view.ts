import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Playlist } from '../../server/playlists/contract.ts';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import '../board/virtual-grid.ts';
import type { CellRenderer, EncVirtualGrid } from '../board/virtual-grid.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { hueClasses } from '../design/hues.styles.ts';
import '../design/menu.ts';
import type { EncMenu, MenuChoiceEvent } from '../design/menu.ts';
import '../design/notice.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import { meanwhile } from '../feed/meanwhile.ts';
import '../feed/offline-strip.ts';
import { artStyles } from '../player/art.ts';
import { attempt } from '../player/attempt.ts';
import { playerOf, type Player } from '../player/player.ts';
import { rowHeight } from '../player/row-drag.ts';
import { placeAfter } from '../player/row-menu.ts';
import { dropStyles, RowMoves } from '../player/row-moves.ts';
import '../player/track-row.ts';
import type { RowEvent } from '../player/track-row.ts';
import './add-sounds-dialog.ts';
import { coverStyles } from './cover.ts';
import { createEntries, type Entries, type Entry } from './entries.ts';
import { doWithList } from './list-actions.ts';
import { entryEntries } from './list-menu.ts';
import './playlist-dialog.ts';
import { playlistTop } from './playlist-top.ts';
import { badgeStyles, playlistViewStyles } from './playlist-view.styles.ts';

const rowCells = () => ({ minWidth: 120, height: rowHeight, gap: 0, columnsMax: 1 });

/** One playlist: what stands in it, to be played from, ordered, filled and emptied. */
@customElement('enc-playlist-view')
export class EncPlaylistView extends LitElement {
  static override readonly styles = [
    base,
    buttons,
    hueClasses,
    artStyles,
    coverStyles,
    badgeStyles,
    dropStyles,
    playlistViewStyles,
  ];

  @property({ attribute: false }) http!: Http;
  @property({ attribute: false }) feed!: Feed;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) go!: (href: string) => void;
  @property({ attribute: false }) listId = '';
  /** Whether this person may do more than look. */
  @property({ type: Boolean }) control = false;
  @state() private dialog: 'none' | 'edit' | 'add' = 'none';
  /** What the list menu and the entry menu are about. */
  @state() private chosen = '';
  @query('enc-virtual-grid') private readonly grid!: EncVirtualGrid | null;
  @query('#entry-menu') private readonly entryMenu!: EncMenu;

  #entries!: Entries;
  readonly #moves = new RowMoves(this, {
    grid: () => this.grid,
    ids: () => {
      const list = this.#entries.list.peek();
      return list && this.#mayFill(list) ? this.#ids() : [];
    },
    nameOf: (id) => this.#entries.entries.peek()[this.#at(id)]?.sound.name ?? '',
    move: (id, to) => attempt(this, this.#entries.move(id, to)),
  });
  #leave: (() => void) | undefined;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const { status, list, entries } = (this.#entries ??= createEntries(this.http, this.listId));
        const seen = [status, list, entries, this.library.waveforms, this.#player.state];
        for (const one of [...seen, this.feed.link]) void one.value;
      }),
    );
  }

  get #player(): Player {
    return playerOf(this.feed, this.http);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#leave = this.feed.on(this.#entries.hear);
    void this.#entries.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  override render(): TemplateResult | typeof nothing {
    const { status, error, list } = this.#entries;
    if (status.value === 'gone') {
      return html`<enc-notice role="alert" heading=${msg('There is no such playlist')}>
        ${msg('It was deleted, or it is somebody’s own.')}
        <a slot="actions" class="button primary" href="/playlists">${msg('To the playlists')}</a>
      </enc-notice>`;
    }
    if (status.value === 'error') {
      return html`<enc-notice role="alert" heading=${msg('The playlist did not load')}>
        ${error.value} ${meanwhile(this.feed, msg('The sounds still work.'))}
        <button slot="actions" class="button primary" @click=${() => this.#entries.load()}>
          ${msg('Retry')}
        </button>
      </enc-notice>`;
    }
    if (!list.value) return nothing;
    return html`${this.#top(list.value)}
      <enc-offline-strip .feed=${this.feed}></enc-offline-strip>
      ${this.#rows(list.value)}${this.#dialog(list.value)} ${this.#moves.said()}`;
  }

  #top(list: Playlist): TemplateResult {
    return playlistTop({
      list,
      entries: this.#entries.entries.value,
      waveforms: this.library.waveforms.value,
      control: this.control,
      mayFill: this.#mayFill(list),
      play: () => void attempt(this, this.#player.playFrom(list.id, 0)),
      add: () => (this.dialog = 'add'),
      choose: (id) => this.#onListChoice(id, list),
    });
  }

  #mayFill(list: Playlist): boolean {
    return this.control && list.may_edit && list.rules === null;
  }

  #rows(list: Playlist): TemplateResult {
    const entries = this.#entries.entries.value;
    if (entries.length === 0) {
      return html`<enc-notice heading=${msg('Nothing is in it yet')}>
        ${
          list.rules
            ? msg('No sound matches its rules now.')
            : msg('Add sounds here, or from the menu of a pad.')
        }
      </enc-notice>`;
    }
    const at = entries.findIndex((entry) => entry.id === this.chosen);
    return html`<div class="rows" @keydown=${this.#moves.onKeyDown}>
      <enc-virtual-grid
        label=${list.name}
        .items=${entries}
        .cells=${rowCells}
        .renderCell=${this.#row}
      ></enc-virtual-grid>
      ${this.#moves.dropLine()}
      <enc-menu
        id="entry-menu"
        bare
        label=${msg('More')}
        .entries=${entryEntries(at, entries.length, this.#mayFill(list))}
        @enc-menu-choice=${({ id }: MenuChoiceEvent) => this.#onEntryChoice(id)}
      ></enc-menu>
    </div>`;
  }

  readonly #row: CellRenderer = (item, current) => {
    const entry = item as Entry;
    const list = this.#entries.list.peek();
    const state = this.#player.state.peek();
    const sounding =
      state?.entry_id === entry.id && state.playlist?.id === this.listId && !state.from_queue;
    return html`<enc-track-row
      .sound=${entry.sound}
      .waveform=${this.library.waveforms.peek()[entry.sound.id]}
      ?current=${current}
      ?sounding=${sounding}
      ?still=${!this.control}
      ?has-menu=${this.control}
      ?grip=${list !== null && this.#mayFill(list)}
      @enc-row=${(event: RowEvent) => this.#onRow(event, entry)}
    ></enc-track-row>`;
  };

  protected override updated(): void {
    // Cells are drawn by the grid, which does not know of what they show beside the items.
    this.grid?.requestUpdate();
  }

  #ids(): string[] {
    return this.#entries.entries.peek().map(({ id }) => id);
  }

  #at(id: string): number {
    return this.#ids().indexOf(id);
  }

  #onRow({ act, at }: RowEvent, entry: Entry): void {
    if (act === 'press') {
      void attempt(this, this.#player.playFrom(this.listId, this.#at(entry.id)));
    }
    if (act === 'menu') {
      this.chosen = entry.id;
      void this.updateComplete.then(() => this.entryMenu.openAt(at.x, at.y));
    }
    if (act === 'grab') this.#moves.grab(entry.id);
  }

  #onEntryChoice(id: string): void {
    const entries = this.#entries.entries.peek();
    const at = this.#at(this.chosen);
    const entry = entries[at];
    if (!entry) return;
    const to = placeAfter(id, at, entries.length);
    if (to !== null) void this.#moves.move(entry.id, to);
    if (id === 'remove') void this.#remove(entry, at);
    if (id === 'next' || id === 'queue') {
      const where = id === 'next' ? 'next' : 'end';
      void attempt(this, this.#player.queue(entry.sound.id, where));
    }
  }

  async #remove({ id, sound }: Entry, at: number): Promise<void> {
    if (!(await attempt(this, this.#entries.remove(id)))) return;
    const run = (): void => void attempt(this, this.#entries.add(sound.id, at));
    const text = msg(str`${sound.name} is out of the playlist.`);
    this.dispatchEvent(new ToastEvent(text, { label: msg('Undo'), run }, 'done'));
  }

  #onListChoice(id: string, list: Playlist): void {
    if (id === 'edit') {
      this.dialog = 'edit';
      return;
    }
    const { http, go } = this;
    void doWithList(id, list, { host: this, http, go, reload: () => this.#entries.load() });
  }

  #dialog(list: Playlist): TemplateResult | typeof nothing {
    const leave = (): void => {
      this.dialog = 'none';
    };
    if (this.dialog === 'add') {
      return html`<enc-add-sounds-dialog
        .library=${this.library}
        .entries=${this.#entries}
        @enc-dialog-left=${leave}
      ></enc-add-sounds-dialog>`;
    }
    if (this.dialog === 'none') return nothing;
    const changed = (): void => {
      leave();
      void this.#entries.load();
    };
    return html`<enc-playlist-dialog
      .http=${this.http}
      .library=${this.library}
      .list=${list}
      @enc-playlist-made=${changed}
      @enc-dialog-left=${leave}
    ></enc-playlist-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-playlist-view': EncPlaylistView;
  }
}
