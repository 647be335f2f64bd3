import { msg, str } from '@lit/localize';
import {
  css,
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import type { EncVirtualGrid } from '../board/virtual-grid.ts';
import { cssProps } from '../design/css-props.ts';
import { dragRow } from './row-drag.ts';

type Ports = {
  grid: () => EncVirtualGrid | null;
  /** What can be moved, in order: the first so many rows of the grid. None: nothing can. */
  ids: () => readonly string[];
  nameOf: (id: string) => string;
  /** Puts one at another place of those; answers whether it is there. */
  move: (id: string, to: number) => Promise<boolean>;
};

/**
 * Rows of a list that a pointer, Alt with an arrow, or a menu takes elsewhere; a voice says where to.
 * Render `dropLine()` in a box around the grid that listens to `onKeyDown`, and `said()` anywhere.
 */
export class RowMoves implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #ports: Ports;
  #dropPx: number | null = null;
  #said = '';

  constructor(host: ReactiveControllerHost, ports: Ports) {
    this.#host = host;
    this.#ports = ports;
    host.addController(this);
  }

  hostConnected(): void {
    this.#dropPx = null;
    this.#said = '';
  }

  dropLine(): TemplateResult | typeof nothing {
    if (this.#dropPx === null) return nothing;
    return html`<div class="drop" ${cssProps({ top: `${this.#dropPx - 1}px` })}></div>`;
  }

  said(): TemplateResult {
    return html`<span class="sr-only" role="status">${this.#said}</span>`;
  }

  /** A pointer has taken hold of one. */
  grab(id: string): void {
    const { grid, ids } = this.#ports;
    dragRow({
      grid,
      count: () => ids().length,
      show: (drop) => {
        const topPx = drop?.topPx ?? null;
        if (topPx === this.#dropPx) return;
        this.#dropPx = topPx;
        this.#host.requestUpdate();
      },
      drop: (gap) => void this.move(id, gap > ids().indexOf(id) ? gap - 1 : gap),
    });
  }

  async move(id: string, to: number): Promise<void> {
    const ids = this.#ports.ids();
    const place = Math.max(0, Math.min(ids.length - 1, to));
    if (place === ids.indexOf(id)) return;
    const name = this.#ports.nameOf(id);
    const moved = await this.#ports.move(id, place);
    this.#said = moved
      ? msg(str`${name} is now ${place + 1} of ${ids.length}.`)
      : msg(str`${name} stays where it was.`);
    this.#host.requestUpdate();
  }

  readonly onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!event.altKey || step === 0) return;
    const cell = event
      .composedPath()
      .find((node) => node instanceof HTMLElement && node.dataset['index'] !== undefined);
    const at = cell instanceof HTMLElement ? Number(cell.dataset['index']) : -1;
    const id = this.#ports.ids()[at];
    if (id === undefined) return;
    event.preventDefault();
    void this.move(id, at + step);
  };
}

export const dropStyles = css`
  .drop {
    position: absolute;
    inset-inline: 20px;
    z-index: 1;
    block-size: 2px;
    border-radius: 1px;
    background: var(--accent);
    pointer-events: none;
  }
`;
