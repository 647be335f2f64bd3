import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Board } from '../../server/boards/contract.ts';
import { cellsOf, type Density } from '../board/density.ts';
import type { Library } from '../board/library.ts';
import { EncPad, type PadActionEvent, type PadPressEvent } from '../board/pad.ts';
import { layoutOf } from '../board/range.ts';
import type { BoardSound } from '../board/sounds.ts';
import '../board/virtual-grid.ts';
import type { EncVirtualGrid, Keyed } from '../board/virtual-grid.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { cssProps } from '../design/css-props.ts';
import { inLayer } from '../design/keys.ts';
import '../design/menu.ts';
import type { EncMenu, MenuChoiceEvent } from '../design/menu.ts';
import { Watch } from '../design/watch.ts';
import { attempt } from '../player/attempt.ts';
import { arrangeBoardStyles } from './arrange-board.styles.ts';
import { moveEntries, placeAfter, steps } from './arrange-moves.ts';
import './arrange-pad.ts';
import { beforeAt } from './board-guess.ts';
import type { Boards } from './boards.ts';
import { dragPad, type DragPoint } from './pad-drag.ts';
import { takeOff } from './take-off.ts';

/** What is being dragged, where it would fall, and where it hangs on the pointer. */
type Drag = { id: string; to: number; left: number; top: number; width: number; height: number };

/**
 * A board that is put in order: pads are dragged, moved by Alt with the arrow keys, or by their menu;
 * a voice says where to.
 */
@customElement('enc-arrange-board')
export class EncArrangeBoard extends LitElement {
  static override readonly styles = [base, buttons, arrangeBoardStyles];

  @property({ attribute: false }) boards!: Boards;
  @property({ attribute: false }) board!: Board;
  @property({ attribute: false }) library!: Library;
  @property({ attribute: false }) density: Density = 'comfortable';
  @state() private drag: Drag | null = null;
  @state() private said = '';
  /** What the menu is about. */
  @state() private chosen = '';
  @query('enc-virtual-grid') private readonly grid!: EncVirtualGrid | null;
  @query('enc-menu') private readonly menu!: EncMenu;

  /** The press that let a pad go is none. */
  #dragged = false;

  constructor() {
    super();
    this.addController(
      new Watch(this, () => {
        void this.library.byId.value;
        void this.library.waveforms.value;
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#onEscape, { capture: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#onEscape, { capture: true });
  }

  protected override firstUpdated(): void {
    this.grid?.focusCurrent();
  }

  override render(): TemplateResult {
    const sounds = this.#sounds();
    const at = sounds.findIndex(({ id }) => id === this.chosen);
    return html`<div class="bar">
        <p>
          <b><bdi>${msg(str`Arranging ${this.board.name}`)}</bdi></b>
          ${msg('Drag pads where they belong, or press one for its menu.')}
          <span class="long">${msg('Alt with an arrow key moves one too.')}</span>
        </p>
        <button type="button" class="button primary" @click=${this.#leave}>${msg('Done')}</button>
      </div>
      <div
        class="pads"
        @keydown=${this.#onKeyDown}
        @pointerdown=${this.#onPointerDown}
        @enc-pad-press=${this.#onPress}
        @enc-pad-action=${this.#onAction}
      >
        <enc-virtual-grid
          label=${msg(str`Pads of ${this.board.name}`)}
          .items=${this.drag ? shifted(sounds, this.drag) : sounds}
          .cells=${this.#cells}
          .renderCell=${(item: Keyed, current: boolean) => this.#pad(item as BoardSound, current)}
        ></enc-virtual-grid>
      </div>
      ${this.drag ? this.#ghost(this.drag) : nothing}
      <enc-menu
        bare
        label=${sounds[at] ? msg(str`Move ${sounds[at].name}`) : msg('Move a pad')}
        .entries=${moveEntries(at, sounds.length)}
        @enc-menu-choice=${({ id }: MenuChoiceEvent) => void this.#onChoice(id)}
      ></enc-menu>
      <span class="sr-only" role="status">${this.said}</span>`;
  }

  readonly #cells = (width: number) => cellsOf(this.density, width);

  #sounds(): readonly BoardSound[] {
    return this.board.sounds.flatMap((id) => this.library.byId.value.get(id) ?? []);
  }

  #pad(sound: BoardSound, current: boolean): TemplateResult {
    return html`<enc-arrange-pad
      .sound=${sound}
      .waveform=${this.library.waveforms.value[sound.id]}
      .density=${this.density}
      .current=${current}
      ?lifted=${this.drag?.id === sound.id}
    ></enc-arrange-pad>`;
  }

  #ghost({ id, left, top, width, height }: Drag): TemplateResult | typeof nothing {
    const sound = this.library.byId.value.get(id);
    if (!sound) return nothing;
    const place = {
      transform: `translate(${left}px, ${top}px) rotate(1.5deg)`,
      width: `${width}px`,
      height: `${height}px`,
    };
    return html`<div class="ghost" aria-hidden="true" inert ${cssProps(place)}>
      <enc-pad
        .sound=${sound}
        .waveform=${this.library.waveforms.value[id]}
        .density=${this.density}
      ></enc-pad>
    </div>`;
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    this.#dragged = false;
    if (event.button !== 0 || !event.isPrimary) return;
    const path = event.composedPath();
    const pad = path.find((node) => node instanceof EncPad);
    const grip = path.some((node) => node instanceof Element && node.classList.contains('grip'));
    // A finger elsewhere on the pad scrolls.
    if (!pad || (event.pointerType === 'touch' && !grip)) return;
    if (grip) event.preventDefault();
    const { id } = pad.sound;
    const box = pad.getBoundingClientRect();
    const hold = { x: event.clientX - box.left, y: event.clientY - box.top };
    const over = (to: number, { x, y }: DragPoint): void => {
      this.#dragged = true;
      const { width, height } = box;
      this.drag = { id, to, left: x - hold.x, top: y - hold.y, width, height };
    };
    dragPad(
      { x: event.clientX, y: event.clientY },
      {
        grid: () => this.grid,
        cells: this.#cells,
        count: () => this.#sounds().length,
        over,
        end: (to) => {
          this.drag = null;
          if (to !== null) void this.#move(id, to);
        },
      },
    );
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const pad = event.composedPath().find((node) => node instanceof EncPad);
    const step = steps[event.key];
    if (!event.altKey || !step || !pad) return;
    event.preventDefault();
    const sounds = this.#sounds();
    const rows = this.grid?.shadowRoot?.querySelector('.rows');
    const width = rows?.clientWidth ?? 0;
    const { columns } = layoutOf(this.#cells(width), width, sounds.length);
    const at = sounds.findIndex(({ id }) => id === pad.sound.id);
    const to = at + step.along + step.down * columns;
    if (to >= 0 && to < sounds.length) void this.#move(pad.sound.id, to);
  };

  /** Before what else the page does with Escape, and nothing else. */
  readonly #onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.drag || inLayer(event)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#leave();
  };

  readonly #onPress = ({ soundId }: PadPressEvent): void => {
    if (this.#dragged) return;
    const active = this.grid?.shadowRoot?.activeElement?.getBoundingClientRect();
    this.#openMenu(soundId, (active?.left ?? 0) + 12, (active?.bottom ?? 0) - 12);
  };

  readonly #onAction = ({ action, soundId, x, y }: PadActionEvent): void => {
    if (action === 'menu' && !this.drag) this.#openMenu(soundId, x, y);
  };

  #openMenu(soundId: string, x: number, y: number): void {
    this.chosen = soundId;
    void this.updateComplete.then(async () => {
      await this.menu.updateComplete;
      this.menu.openAt(x, y);
    });
  }

  async #onChoice(choice: string): Promise<void> {
    const id = this.chosen;
    const sounds = this.#sounds();
    const sound = sounds.find((one) => one.id === id);
    if (!sound) return;
    if (choice === 'remove') return void takeOff(this, this.boards, this.board, [sound]);
    const to = placeAfter(choice, sounds.indexOf(sound), sounds.length);
    if (to === null) return;
    const moving = this.#move(id, to);
    await this.updateComplete;
    this.grid?.focusItem(id);
    return moving;
  }

  async #move(id: string, to: number): Promise<void> {
    const sounds = this.#sounds();
    const ids = sounds.map((sound) => sound.id);
    if (ids.indexOf(id) === to) return;
    const name = this.library.byId.value.get(id)?.name ?? '';
    const moved = await attempt(this, this.boards.move(this.board.id, id, beforeAt(ids, id, to)));
    this.said = moved
      ? msg(str`${name} is now ${to + 1} of ${ids.length}.`)
      : msg(str`${name} stays where it was.`);
  }

  readonly #leave = (): void => {
    this.boards.arranging.value = false;
  };
}

/** As they will stand when what is dragged is let go. */
const shifted = (sounds: readonly BoardSound[], { id, to }: Drag): readonly BoardSound[] => {
  const one = sounds.find((sound) => sound.id === id);
  return one ? sounds.filter((sound) => sound !== one).toSpliced(to, 0, one) : sounds;
};

declare global {
  interface HTMLElementTagNameMap {
    'enc-arrange-board': EncArrangeBoard;
  }
}
