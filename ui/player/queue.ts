import { msg, str } from '@lit/localize';
import { computed } from '@preact/signals-core';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Library } from '../board/library.ts';
import type { Cells } from '../board/range.ts';
import '../board/virtual-grid.ts';
import type { CellRenderer, EncVirtualGrid } from '../board/virtual-grid.ts';
import { base } from '../design/base.styles.ts';
import '../design/menu.ts';
import type { EncMenu, MenuChoiceEvent } from '../design/menu.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { attempt } from './attempt.ts';
import { minutesWord, tracksWord } from './player-words.ts';
import type { Player } from './player.ts';
import { moveIn } from './move-in.ts';
import { queueStyles } from './queue.styles.ts';
import { moveEntries, placeAfter } from './row-menu.ts';
import { dropStyles, RowMoves } from './row-moves.ts';
import './track-row.ts';
import type { RowEvent } from './track-row.ts';
import { orderWord, upNext, type Following } from './up-next.ts';

const rowCells = (): Cells => ({ minWidth: 120, height: 56, gap: 0, columnsMax: 1 });
const none: readonly Following[] = [];

/** "Up next": what waits in the queue, then what follows from the loaded list. */
@customElement('enc-queue')
export class EncQueue extends LitElement {
  static override readonly styles = [base, dropStyles, queueStyles];

  @property({ attribute: false }) player!: Player;
  @property({ attribute: false }) library!: Library;
  /** Whether this person may do more than look. */
  @property({ type: Boolean }) control = false;

  /** What the menu is about: an item of the queue. */
  @state() private chosen = '';
  @query('enc-virtual-grid') private readonly grid!: EncVirtualGrid | null;
  @query('enc-menu') private readonly menu!: EncMenu;

  #unwant: (() => void) | undefined;
  readonly #moves = new RowMoves(this, {
    grid: () => this.grid,
    ids: () => (this.control ? this.#queueIds() : []),
    nameOf: (id) => this.#queued(id)?.sound.name ?? '',
    move: (id, to) => {
      const ids = moveIn(this.#queue(), id, to).map((item) => item.id);
      return attempt(this, this.player.orderQueue(ids));
    },
  });
  readonly #items = computed(() => {
    const state = this.player.state.value;
    return state ? upNext(state, this.player.tracks.value ?? []) : none;
  });

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        const { state, tracks } = this.player;
        for (const one of [state, tracks, this.library.waveforms]) void one.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unwant = this.player.wantTracks();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwant?.();
  }

  override render(): TemplateResult {
    const items = this.#items.value;
    const lengthMs = items.reduce((sum, { sound }) => sum + sound.duration, 0);
    const order = orderWord[this.player.state.value?.mode ?? 'continuous'];
    return html`<div class="head">
        <h2>${msg('Up next')}</h2>
        <span
          >${items.length > 0 ? `${tracksWord(items.length)} · ${minutesWord(lengthMs)}` : nothing}${
            order && items.length > 0 ? html` · <i>${order}</i>` : nothing
          }</span
        >
      </div>
      ${items.length > 0 ? this.#rows(items) : this.#isKnown() ? this.#empty(order) : nothing}`;
  }

  /** Before the list has come, "nothing follows" may be wrong. */
  #isKnown(): boolean {
    const { state, tracks } = this.player;
    return state.value !== null && (tracks.value !== null || state.value.playlist === null);
  }

  #empty(order: string): TemplateResult {
    const words = order ? msg(str`Nothing follows: ${order}.`) : msg('Nothing follows.');
    return html`<p>${words} ${msg('Queue a sound from its pad, or play a playlist.')}</p>`;
  }

  #rows(items: readonly Following[]): TemplateResult {
    const ids = this.#queueIds();
    return html`<div class="rows" @keydown=${this.#moves.onKeyDown}>
        <enc-virtual-grid
          label=${msg('Up next')}
          .items=${items}
          .cells=${rowCells}
          .renderCell=${this.#row}
        ></enc-virtual-grid>
        ${this.#moves.dropLine()}
        <enc-menu
          bare
          label=${msg('More')}
          .entries=${moveEntries(ids.indexOf(this.chosen), ids.length)}
          @enc-menu-choice=${({ id }: MenuChoiceEvent) => this.#onChoice(id)}
        ></enc-menu>
      </div>
      ${this.#moves.said()}`;
  }

  readonly #row: CellRenderer = (item, current) => {
    const one = item as Following;
    const queued = 'queueId' in one.from;
    return html`<enc-track-row
      .sound=${one.sound}
      .waveform=${this.library.waveforms.value[one.sound.id]}
      about=${queued ? msg('In the queue') : ''}
      ?current=${current}
      ?still=${!this.control}
      ?has-menu=${queued && this.control}
      ?grip=${queued && this.control}
      @enc-row=${(event: RowEvent) => this.#onRow(event, one)}
    ></enc-track-row>`;
  };

  #onRow({ act, at }: RowEvent, one: Following): void {
    if (act === 'press') void attempt(this, this.#play(one));
    if (!('queueId' in one.from)) return;
    const { queueId } = one.from;
    if (act === 'grab') this.#moves.grab(queueId);
    if (act !== 'menu') return;
    this.chosen = queueId;
    void this.updateComplete.then(() => this.menu.openAt(at.x, at.y));
  }

  #onChoice(choice: string): void {
    const ids = this.#queueIds();
    const item = this.#queued(this.chosen);
    if (!item) return;
    const to = placeAfter(choice, ids.indexOf(item.id), ids.length);
    if (to !== null) void this.#moves.move(item.id, to);
    if (choice === 'remove') void this.#remove(item.id, item.sound);
  }

  /** What is queued comes to its front, and then its turn. */
  async #play({ from }: Following): Promise<void> {
    if ('index' in from) return this.player.play(from.index);
    const rest = this.#queueIds().filter((id) => id !== from.queueId);
    if (rest.length > 0) await this.player.orderQueue([from.queueId, ...rest]);
    return this.player.next();
  }

  #queue(): { id: string; sound: Following['sound'] }[] {
    const queue = this.player.state.peek()?.queue ?? [];
    return queue.map(({ queue_id, sound }) => ({ id: queue_id, sound }));
  }

  #queued(id: string): { id: string; sound: Following['sound'] } | undefined {
    return this.#queue().find((item) => item.id === id);
  }

  #queueIds(): string[] {
    return this.#queue().map(({ id }) => id);
  }

  async #remove(queueId: string, sound: Following['sound']): Promise<void> {
    const before = this.#queueIds();
    if (!(await attempt(this, this.player.unqueue(queueId)))) return;
    const undo = async (): Promise<void> => {
      const again = await this.player.queue(sound.id, 'end');
      const now = new Set([...this.#queueIds(), again]);
      const known = before.map((id) => (id === queueId ? again : id)).filter((id) => now.has(id));
      const order = [...known, ...[...now].filter((id) => !known.includes(id))];
      await this.player.orderQueue(order);
    };
    const run = (): void => void attempt(this, undo());
    const text = msg(str`${sound.name} is out of the queue.`);
    this.dispatchEvent(new ToastEvent(text, { label: msg('Undo'), run }, 'done'));
  }

  protected override updated(): void {
    // Cells are drawn by the grid, which does not know of what they show beside the items.
    this.grid?.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-queue': EncQueue;
  }
}
