import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { base } from '../design/base.styles.ts';
import { cssProps } from '../design/css-props.ts';
import {
  layoutOf,
  moved,
  visibleRows,
  type Cells,
  type Layout,
  type Move,
  type RowRange,
} from './range.ts';
import { RowSlots } from './row-slots.ts';
import { virtualGridStyles } from './virtual-grid.styles.ts';

export type Keyed = { id: string };
export type CellRenderer = (item: Keyed, current: boolean) => TemplateResult | typeof nothing;

const keys: Record<string, Move> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'home',
  End: 'end',
  PageUp: 'page-up',
  PageDown: 'page-down',
};

/**
 * A scrolling grid of fixed cells that keeps only the rows around the view in the document, in
 * order, and moves one focus through all of them by the arrow keys. It knows nothing of sounds.
 */
@customElement('enc-virtual-grid')
export class EncVirtualGrid extends LitElement {
  static override readonly styles = [base, virtualGridStyles];

  @property({ attribute: false }) items: readonly Keyed[] = [];
  /** Cell geometry for a width, px. */
  @property({ attribute: false }) cells: (width: number) => Cells = () => ({
    minWidth: 200,
    height: 124,
    gap: 12,
  });
  @property({ attribute: false }) renderCell: CellRenderer = () => nothing;
  @property() label = '';

  @state() private width = 0;
  @state() private viewport = 0;
  @state() private current = 0;

  #top = 0;

  readonly #slots = new RowSlots();
  #drawn: Layout | undefined;
  readonly #resize = new ResizeObserver(() => this.#measure());
  #focusWanted = false;
  #hasFocus = false;
  /** Whether it had the focus before the update that runs. */
  #hadFocus = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
    this.addEventListener('scroll', this.#onScroll, { passive: true });
    this.addEventListener('keydown', this.#onKeyDown);
    this.addEventListener('focusin', this.#onFocusIn);
    this.addEventListener('focusout', this.#onFocusOut);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  /** Focuses the pad that the keyboard is on: the first one until it moved. */
  focusCurrent(): void {
    this.#focusWanted = true;
    this.#reveal(this.current);
    this.#top = this.scrollTop;
    this.requestUpdate();
  }

  /** Focuses an item of the list; one that is not in it leaves the focus where it is. */
  focusItem(id: string): void {
    const at = this.items.findIndex((item) => item.id === id);
    if (at < 0) return;
    this.current = at;
    this.focusCurrent();
  }

  /** Back to the start, for another list. */
  rewind(): void {
    this.scrollTop = 0;
    this.#top = 0;
    if (!this.#hasFocus) this.current = 0;
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    this.#hadFocus = this.#hasFocus;
    const before: readonly Keyed[] | undefined = changes.get('items');
    if (before === undefined) return;
    // The focus stays on its sound when the list around it changes.
    const id = before[this.current]?.id;
    const at = this.#hasFocus ? this.items.findIndex((item) => item.id === id) : -1;
    this.current = at >= 0 ? at : Math.max(0, Math.min(this.current, this.items.length - 1));
  }

  override render(): TemplateResult {
    const layout = this.#layout();
    const { columns, rowPitch, height } = layout;
    const cells = this.cells(this.width);
    const slots = this.#slots.assign(this.width === 0 ? [] : this.#rows(layout));
    const size = { 'block-size': `${height}px` };
    return html`<div class="rows" role="list" aria-label=${this.label} ${cssProps(size)}>
      ${repeat(
        slots,
        ({ slot }) => slot,
        ({ row }) => {
          const place = {
            top: `${row * rowPitch}px`,
            'block-size': `${cells.height}px`,
            gap: `${cells.gap}px`,
            'grid-template-columns': `repeat(${columns}, minmax(0, 1fr))`,
          };
          const from = row * columns;
          return html`<div class="row" role="presentation" ${cssProps(place)}>
            ${this.items
              .slice(from, from + columns)
              .map((item, column) => this.#cell(item, from + column))}
          </div>`;
        },
      )}
    </div>`;
  }

  #cell(item: Keyed, index: number): TemplateResult {
    return html`<div
      role="listitem"
      aria-setsize=${this.items.length}
      aria-posinset=${index + 1}
      data-index=${index}
    >
      ${this.renderCell(item, index === this.current)}
    </div>`;
  }

  protected override updated(changes: PropertyValues<this>): void {
    // A row that is filled anew or moved takes the focus to another cell, or drops it.
    if (this.#hadFocus && this.#focusedIndex() !== this.current) this.#focusWanted = true;
    if (!changes.has('items')) this.#keepPlace();
    this.#drawn = this.#layout();
    if (this.#focusWanted) this.#focus();
  }

  /** The first cell in view stays the first when the width or the size of the cells changes. */
  #keepPlace(): void {
    const [before, now] = [this.#drawn, this.#layout()];
    if (!before || before.height === now.height) return;
    const focusedTop = Math.floor(this.current / before.columns) * before.rowPitch;
    const focusShowed =
      focusedTop + before.rowPitch > this.#top && focusedTop < this.#top + this.viewport;
    if (this.#top > 0) {
      const first = Math.floor(this.#top / before.rowPitch) * before.columns;
      this.scrollTop = Math.floor(first / now.columns) * now.rowPitch;
    }
    // Whoever moves by keys must not lose sight of where they are.
    if (this.#focusWanted && focusShowed) this.#reveal(this.current);
  }

  #focusedIndex(): number {
    const cell = this.shadowRoot?.activeElement?.closest<HTMLElement>('[data-index]');
    return Number(cell?.dataset['index'] ?? -1);
  }

  #focus(): void {
    const cell = this.renderRoot.querySelector(`[data-index="${this.current}"]`);
    if (!(cell?.firstElementChild instanceof HTMLElement)) return;
    this.#focusWanted = false;
    const pad = cell.firstElementChild;
    void (pad instanceof LitElement ? pad.updateComplete : Promise.resolve()).then(() =>
      pad.focus({ preventScroll: true }),
    );
  }

  #layout(): Layout {
    return layoutOf(this.cells(this.width), this.width, this.items.length);
  }

  #range(): RowRange {
    return visibleRows(this.#layout(), this.#top, this.viewport);
  }

  #rows(layout: Layout): number[] {
    const { from, to } = this.#range();
    const rows = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
    const focused = Math.floor(this.current / layout.columns);
    // A pad that is scrolled away with the focus on it must not take the focus with it.
    if ((this.#hasFocus || this.#focusWanted) && focused < layout.rows) {
      if (focused < from) rows.unshift(focused);
      if (focused >= to) rows.push(focused);
    }
    return rows;
  }

  #measure(): void {
    const rows = this.renderRoot.querySelector('.rows');
    this.width = rows?.clientWidth ?? 0;
    this.viewport = this.clientHeight;
  }

  readonly #onScroll = (): void => {
    const before = this.#range();
    this.#top = this.scrollTop;
    const { from, to } = this.#range();
    // Most frames of a scroll show the same rows: then there is nothing to do.
    if (from !== before.from || to !== before.to) this.requestUpdate();
  };

  readonly #onFocusIn = (event: FocusEvent): void => {
    this.#hasFocus = true;
    const cell = event
      .composedPath()
      .find((node) => node instanceof HTMLElement && node.dataset['index'] !== undefined);
    if (cell instanceof HTMLElement) this.current = Number(cell.dataset['index']);
  };

  readonly #onFocusOut = (): void => {
    this.#hasFocus = false;
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const move = keys[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey || this.items.length === 0) return;
    event.preventDefault();
    const layout = this.#layout();
    const inView = Math.floor(this.viewport / layout.rowPitch);
    this.current = moved(this.current, move, layout.columns, this.items.length, inView);
    this.focusCurrent();
  };

  #reveal(index: number): void {
    const { columns, rowPitch } = this.#layout();
    const { height } = this.cells(this.width);
    const rows = this.renderRoot.querySelector<HTMLElement>('.rows');
    const start = Math.floor(index / columns) * rowPitch + (rows?.offsetTop ?? 0);
    // Room for the focus ring, and for the voice pills that float over the lower edge.
    const above = 8;
    const below = 72;
    if (start - above < this.scrollTop) this.scrollTop = Math.max(0, start - above);
    else if (start + height + below > this.scrollTop + this.viewport) {
      this.scrollTop = start + height + below - this.viewport;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-virtual-grid': EncVirtualGrid;
  }
}
