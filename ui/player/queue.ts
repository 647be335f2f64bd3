import { computed } from '@preact/signals-core';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Library } from '../board/library.ts';
import type { Cells } from '../board/range.ts';
import '../board/virtual-grid.ts';
import type { CellRenderer, EncVirtualGrid } from '../board/virtual-grid.ts';
import { base } from '../design/base.styles.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { attempt } from './attempt.ts';
import { minutesWord, tracksWord } from './player-words.ts';
import type { Player } from './player.ts';
import './track-row.ts';
import type { RowEvent } from './track-row.ts';
import { orderWord, upNext, type Following } from './up-next.ts';

const rowCells = (): Cells => ({ minWidth: 120, height: 56, gap: 0, columnsMax: 1 });
const none: readonly Following[] = [];

/** "Up next": what waits in the queue, then what follows from the loaded list. */
@customElement('enc-queue')
export class EncQueue extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-block-size: 0;
      }

      .head {
        display: flex;
        flex: none;
        align-items: baseline;
        justify-content: space-between;
        gap: 12px;
        padding: 21px 20px 13px;
      }

      h2 {
        margin: 0;
        font-size: 15px;
        font-weight: 640;
        letter-spacing: -0.01em;
      }

      .head span {
        text-align: end;
      }

      .head span,
      p {
        color: var(--text-2);
        font-size: 12px;
      }

      p {
        margin: 0;
        padding: 4px 20px;
        text-wrap: pretty;
      }

      enc-virtual-grid {
        flex: 1;
        padding-inline: 8px 0;
        background: inherit;
      }
    `,
  ];

  @property({ attribute: false }) player!: Player;
  @property({ attribute: false }) library!: Library;
  /** Whether this person may do more than look. */
  @property({ type: Boolean }) control = false;

  #unwant: (() => void) | undefined;
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
        <h2>Up next</h2>
        <span
          >${items.length > 0 ? `${tracksWord(items.length)} · ${minutesWord(lengthMs)}` : nothing}${
            order && items.length > 0 ? html`<br />${order}` : nothing
          }</span
        >
      </div>
      ${items.length === 0 ? this.#empty(order) : this.#rows(items)}`;
  }

  #empty(order: string): TemplateResult {
    const words = order ? `Nothing follows: ${order}.` : 'Nothing follows.';
    return html`<p>${words} Queue a sound from its pad, or play a playlist.</p>`;
  }

  #rows(items: readonly Following[]): TemplateResult {
    return html`<enc-virtual-grid
      label="Up next"
      .items=${items}
      .cells=${rowCells}
      .renderCell=${this.#row}
    ></enc-virtual-grid>`;
  }

  readonly #row: CellRenderer = (item, current) => {
    const one = item as Following;
    const queued = 'queueId' in one.from;
    return html`<enc-track-row
      .sound=${one.sound}
      .waveform=${this.library.waveforms.value[one.sound.id]}
      about=${queued ? 'In the queue' : ''}
      ?current=${current}
      ?still=${!this.control}
      ?removable=${queued && this.control}
      @enc-row=${(event: RowEvent) => this.#onRow(event, one)}
    ></enc-track-row>`;
  };

  #onRow({ act }: RowEvent, one: Following): void {
    if (act === 'press') void attempt(this, this.#play(one));
    if (act === 'remove' && 'queueId' in one.from) void this.#remove(one.from.queueId, one.sound);
  }

  /** What is queued comes to its front, and then its turn. */
  async #play({ from }: Following): Promise<void> {
    if ('index' in from) return this.player.play(from.index);
    const rest = this.#queueIds().filter((id) => id !== from.queueId);
    if (rest.length > 0) await this.player.orderQueue([from.queueId, ...rest]);
    return this.player.next();
  }

  #queueIds(): string[] {
    return (this.player.state.peek()?.queue ?? []).map((item) => item.queue_id);
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
    const text = `${sound.name} is out of the queue.`;
    this.dispatchEvent(new ToastEvent(text, { label: 'Undo', run }, 'done'));
  }

  protected override updated(): void {
    // Cells are drawn by the grid, which does not know of what they show beside the items.
    this.renderRoot.querySelector<EncVirtualGrid>('enc-virtual-grid')?.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-queue': EncQueue;
  }
}
