import type { EncVirtualGrid } from '../board/virtual-grid.ts';
import { layoutOf, type Cells } from '../board/range.ts';

const edgePx = 48;
const stepPx = 12;
/** A hand is never quite still. */
const liftPx = 6;

export type DragPoint = { x: number; y: number };

type Ports = {
  grid: () => EncVirtualGrid | null;
  cells: (width: number) => Cells;
  count: () => number;
  /** It has been taken up, and lies over the place `to`; `point` is where the pointer is. */
  over: (to: number, point: DragPoint) => void;
  /** It was let go there; null: it was taken back, or never taken up. */
  end: (to: number | null) => void;
};

/** Which place of a grid a point lies over. */
export const placeAt = (
  { x, y }: DragPoint,
  rows: DOMRectReadOnly,
  cells: Cells,
  count: number,
): number => {
  const { columns, rowPitch } = layoutOf(cells, rows.width, count);
  const columnPitch = (rows.width + cells.gap) / columns;
  const column = Math.max(0, Math.min(columns - 1, Math.floor((x - rows.left) / columnPitch)));
  const row = Math.max(0, Math.floor((y - rows.top) / rowPitch));
  return Math.max(0, Math.min(count - 1, row * columns + column));
};

/** Follows a pointer that may take a pad elsewhere, until it lets go or Escape takes it back. */
export const dragPad = (start: DragPoint, { grid, cells, count, over, end }: Ports): void => {
  let point = start;
  let to: number | null = null;
  let frame = 0;

  const place = (): void => {
    const list = grid();
    const rows = list?.shadowRoot?.querySelector('.rows');
    if (!list || !rows) return;
    const { top, bottom } = list.getBoundingClientRect();
    if (point.y < top + edgePx) list.scrollTop -= stepPx;
    if (point.y > bottom - edgePx) list.scrollTop += stepPx;
    const box = rows.getBoundingClientRect();
    to = placeAt(point, box, cells(box.width), count());
    over(to, point);
    frame = requestAnimationFrame(place);
  };
  const listening = new AbortController();
  const finish = (at: number | null): void => {
    cancelAnimationFrame(frame);
    listening.abort();
    end(at);
  };
  const on = { signal: listening.signal };
  window.addEventListener(
    'pointermove',
    ({ clientX: x, clientY: y }) => {
      point = { x, y };
      if (frame === 0 && Math.hypot(x - start.x, y - start.y) >= liftPx) place();
    },
    on,
  );
  window.addEventListener('pointercancel', () => finish(null), on);
  window.addEventListener('pointerup', () => finish(to), on);
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      finish(null);
    },
    { ...on, capture: true },
  );
};
