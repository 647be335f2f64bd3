import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Playlist } from '../../server/playlists/contract.ts';
import type { Http } from '../api/http.ts';
import type { Library } from '../board/library.ts';
import '../board/virtual-grid.ts';
import type { CellRenderer, EncVirtualGrid } from '../board/virtual-grid.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { cssProps } from '../design/css-props.ts';
import { hueClasses } from '../design/hues.styles.ts';
import '../design/menu.ts';
import type { EncMenu, MenuChoiceEvent } from '../design/menu.ts';
import '../design/notice.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import type { Feed } from '../feed/feed.ts';
import '../feed/offline-strip.ts';
import { artStyles } from '../player/art.ts';
import { attempt } from '../player/attempt.ts';
import { playerIcons } from '../player/player-icons.ts';
import { playerOf, type Player } from '../player/player.ts';
import '../player/track-row.ts';
import type { RowEvent } from '../player/track-row.ts';
import './add-sounds-dialog.ts';
import { cover, coverStyles } from './cover.ts';
import { createEntries, type Entries, type Entry } from './entries.ts';
import { entryEntries, listEntries, placeAfter } from './list-menu.ts';
import './playlist-dialog.ts';
import { playlistIcons } from './playlist-icons.ts';
import { badgeStyles, playlistViewStyles } from './playlist-view.styles.ts';
import { badges, sizeWords } from './playlist-words.ts';
import { pathOf } from './playlists.ts';
import { dragRow, rowHeight } from './row-drag.ts';

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
  @state() private drop: { gap: number; topPx: number } | null = null;
  @state() private said = '';
  @query('enc-virtual-grid') private readonly grid!: EncVirtualGrid | null;
  @query('#entry-menu') private readonly entryMenu!: EncMenu;

  #entries!: Entries;
  #leave: (() => void) | undefined;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const { status, list, entries } = (this.#entries ??= createEntries(this.http, this.listId));
        const { waveforms } = this.library;
        for (const one of [status, list, entries, waveforms, this.#player.state]) void one.value;
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
      return html`<enc-notice role="alert" heading="There is no such playlist">
        It was deleted, or it is somebody’s own.
        <a slot="actions" class="button primary" href="/playlists">To the playlists</a>
      </enc-notice>`;
    }
    if (status.value === 'error') {
      return html`<enc-notice role="alert" heading="The playlist did not load">
        ${error.value} The sounds still work.
        <button slot="actions" class="button primary" @click=${() => this.#entries.load()}>
          Retry
        </button>
      </enc-notice>`;
    }
    if (!list.value) return nothing;
    return html`${this.#top(list.value)}
      <enc-offline-strip .feed=${this.feed}></enc-offline-strip>
      ${this.#rows(list.value)}${this.#dialog(list.value)}
      <span class="sr-only" role="status">${this.said}</span>`;
  }

  #top(list: Playlist): TemplateResult {
    const sounds = this.#entries.entries.value.slice(0, 4).map((entry) => entry.sound);
    return html`<div class="top">
      <a class="back" href="/playlists">${playlistIcons.back}Playlists</a>
      ${cover(sounds, this.library.waveforms.value)}
      <div class="about">
        <h1>${list.name}</h1>
        ${list.description ? html`<p>${list.description}</p>` : nothing}
        <p>${sizeWords(list)}</p>
        <span class="badges">${badges(list)}</span>
      </div>
      <div class="tools">
        ${
          this.control
            ? html`<button
                type="button"
                class="button primary"
                ?disabled=${list.length === 0}
                @click=${() => attempt(this, this.#player.playFrom(list.id, 0))}
              >
                ${playerIcons.play}Play
              </button>`
            : nothing
        }
        ${
          this.#mayFill(list)
            ? html`<button type="button" class="button" @click=${() => (this.dialog = 'add')}>
                ${playlistIcons.plus}Add sounds
              </button>`
            : nothing
        }
        <enc-menu
          label="More for ${list.name}"
          .entries=${listEntries(list, this.control)}
          @enc-menu-choice=${({ id }: MenuChoiceEvent) => this.#onListChoice(id, list)}
        ></enc-menu>
      </div>
    </div>`;
  }

  #mayFill(list: Playlist): boolean {
    return this.control && list.may_edit && list.rules === null;
  }

  #rows(list: Playlist): TemplateResult {
    const entries = this.#entries.entries.value;
    if (entries.length === 0) {
      return html`<enc-notice heading="Nothing is in it yet">
        ${
          list.rules
            ? 'No sound matches its rules now.'
            : 'Add sounds here, or from the menu of a pad.'
        }
      </enc-notice>`;
    }
    const at = entries.findIndex((entry) => entry.id === this.chosen);
    return html`<div class="rows" @keydown=${this.#onKeyDown}>
      <enc-virtual-grid
        label=${list.name}
        .items=${entries}
        .cells=${rowCells}
        .renderCell=${this.#row}
      ></enc-virtual-grid>
      ${
        this.drop
          ? html`<div class="drop" ${cssProps({ top: `${this.drop.topPx - 1}px` })}></div>`
          : nothing
      }
      <enc-menu
        id="entry-menu"
        bare
        label="More"
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

  #at(id: string): number {
    return this.#entries.entries.peek().findIndex((entry) => entry.id === id);
  }

  #onRow({ act, at }: RowEvent, entry: Entry): void {
    if (act === 'press') {
      void attempt(this, this.#player.playFrom(this.listId, this.#at(entry.id)));
    }
    if (act === 'menu') {
      this.chosen = entry.id;
      void this.updateComplete.then(() => this.entryMenu.openAt(at.x, at.y));
    }
    if (act !== 'grab') return;
    dragRow({
      grid: () => this.grid,
      count: () => this.#entries.entries.peek().length,
      show: (drop) => {
        if (drop?.topPx !== this.drop?.topPx) this.drop = drop;
      },
      drop: (gap) => {
        const from = this.#at(entry.id);
        void this.#move(entry, gap > from ? gap - 1 : gap);
      },
    });
  }

  async #move(entry: Entry, to: number): Promise<void> {
    const count = this.#entries.entries.peek().length;
    const place = Math.max(0, Math.min(count - 1, to));
    if (place === this.#at(entry.id)) return;
    const moved = await attempt(this, this.#entries.move(entry.id, place));
    this.said = moved
      ? `${entry.sound.name} is now ${place + 1} of ${count}.`
      : `${entry.sound.name} stays where it was.`;
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    const list = this.#entries.list.peek();
    if (!event.altKey || step === 0 || !list || !this.#mayFill(list)) return;
    const cell = event
      .composedPath()
      .find((node) => node instanceof HTMLElement && node.dataset['index'] !== undefined);
    const at = cell instanceof HTMLElement ? Number(cell.dataset['index']) : -1;
    const entry = this.#entries.entries.peek()[at];
    if (!entry) return;
    event.preventDefault();
    void this.#move(entry, at + step);
  };

  #onEntryChoice(id: string): void {
    const entries = this.#entries.entries.peek();
    const at = this.#at(this.chosen);
    const entry = entries[at];
    if (!entry) return;
    const to = placeAfter(id, at, entries.length);
    if (to !== null) void this.#move(entry, to);
    if (id === 'remove') void this.#remove(entry, at);
    if (id === 'next' || id === 'queue') {
      const where = id === 'next' ? 'next' : 'end';
      void attempt(this, this.#player.queue(entry.sound.id, where));
    }
  }

  async #remove({ id, sound }: Entry, at: number): Promise<void> {
    if (!(await attempt(this, this.#entries.remove(id)))) return;
    const run = (): void => void attempt(this, this.#entries.add(sound.id, at));
    this.#done(`${sound.name} is out of the playlist.`, run);
  }

  #done(text: string, run: () => void): void {
    this.dispatchEvent(new ToastEvent(text, { label: 'Undo', run }, 'done'));
  }

  #onListChoice(id: string, list: Playlist): void {
    const path = pathOf(list.id);
    if (id === 'edit') this.dialog = 'edit';
    if (id === 'household' || id === 'private') {
      void attempt(this, this.#change(this.http.patch(path, { visibility: id })));
    }
    if (id === 'freeze') void attempt(this, this.#change(this.http.post(`${path}/materialise`)));
    if (id === 'm3u8' || id === 'json') {
      const link = document.createElement('a');
      link.href = `/api/v1${path}/export?format=${id}`;
      link.download = '';
      link.click();
    }
    if (id === 'delete') void this.#delete(list);
  }

  async #change(work: Promise<unknown>): Promise<void> {
    await work;
    await this.#entries.load();
  }

  async #delete(list: Playlist): Promise<void> {
    const path = pathOf(list.id);
    if (!(await attempt(this, this.http.delete(path)))) return;
    // This element goes away now; what is around it can still say that the undo failed.
    const [http, host] = [this.http, this.parentElement ?? this];
    const run = (): void => void attempt(host, http.post(`${path}/restore`));
    this.#done(`${list.name} is deleted.`, run);
    this.go('/playlists');
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
