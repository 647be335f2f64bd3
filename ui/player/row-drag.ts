import type { EncVirtualGrid } from '../board/virtual-grid.ts';

export const rowHeight = 56;
const edgePx = 48;
const stepPx = 14;

type Ports = {
  grid: () => EncVirtualGrid | null;
  count: () => number;
  /** Between which rows it would fall, and where that is below the grid's upper edge; null: nowhere. */
  show: (drop: { gap: number; topPx: number } | null) => void;
  drop: (gap: number) => void;
};

/** Follows a pointer that has taken a row, until it lets go or Escape takes it back. */
export const dragRow = ({ grid, count, show, drop }: Ports): void => {
  let gap: number | null = null;
  let y = 0;
  let frame = 0;

  const place = (): void => {
    const list = grid();
    const rows = list?.shadowRoot?.querySelector('.rows');
    if (!list || !rows) return;
    const { top, bottom } = list.getBoundingClientRect();
    if (y < top + edgePx) list.scrollTop -= stepPx;
    if (y > bottom - edgePx) list.scrollTop += stepPx;
    const start = rows.getBoundingClientRect().top;
    gap = Math.max(0, Math.min(count(), Math.round((y - start) / rowHeight)));
    show({ gap, topPx: start + gap * rowHeight - top });
    frame = requestAnimationFrame(place);
  };
  const end = (): void => {
    cancelAnimationFrame(frame);
    listening.abort();
    show(null);
  };
  const listening = new AbortController();
  const on = { signal: listening.signal };
  const move = (event: PointerEvent): void => {
    y = event.clientY;
    if (frame === 0) place();
  };
  window.addEventListener('pointermove', move, on);
  window.addEventListener('pointercancel', end, on);
  window.addEventListener(
    'pointerup',
    () => {
      end();
      if (gap !== null) drop(gap);
    },
    on,
  );
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      end();
    },
    { ...on, capture: true },
  );
};
