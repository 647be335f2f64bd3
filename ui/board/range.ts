/** Geometry of a grid of fixed cells, in px. */
export type Cells = { minWidth: number; height: number; gap: number; columnsMax?: number };

export type Layout = { columns: number; rows: number; rowPitch: number; height: number };

export const layoutOf = (cells: Cells, width: number, count: number): Layout => {
  const fit = Math.floor((width + cells.gap) / (cells.minWidth + cells.gap));
  const columns = Math.max(1, Math.min(fit, cells.columnsMax ?? fit));
  const rows = Math.ceil(count / columns);
  const rowPitch = cells.height + cells.gap;
  return { columns, rows, rowPitch, height: Math.max(0, rows * rowPitch - cells.gap) };
};

/** Tiles in the document at once, whatever the size of the screen. */
export const tilesMax = 80;

/** Half-open range of rows. */
export type RowRange = { from: number; to: number };

/**
 * Rows to keep in the document for a scroll position: what shows, and spare rows around it shared
 * out of what `tilesMax` leaves. O(1) whatever the count.
 */
export const visibleRows = (layout: Layout, scrollTop: number, viewport: number): RowRange => {
  const { rows, rowPitch, columns } = layout;
  const first = Math.max(0, Math.floor(scrollTop / rowPitch));
  const last = Math.min(rows, Math.ceil((scrollTop + viewport) / rowPitch));
  // One row of the budget is left for the focused pad, which stays when it scrolls away.
  const spareMax = Math.max(0, Math.floor(tilesMax / columns) - 1 - (last - first));
  const before = Math.min(2, Math.floor(spareMax / 2));
  const after = Math.min(2, spareMax - before);
  return { from: Math.max(0, Math.min(first, rows) - before), to: Math.min(rows, last + after) };
};

export type Move = 'left' | 'right' | 'up' | 'down' | 'home' | 'end' | 'page-up' | 'page-down';

/** Index after a key; stays where there is nothing to go to. */
export const moved = (
  index: number,
  move: Move,
  columns: number,
  count: number,
  rowsInView: number,
): number => {
  const page = Math.max(1, rowsInView) * columns;
  const down = (step: number): number => {
    const to = index + step;
    if (to < count) return to;
    // Into a last row that is not full: its end, but never backwards.
    const lastRow = Math.floor((count - 1) / columns);
    return Math.floor(index / columns) < lastRow ? count - 1 : index;
  };
  switch (move) {
    case 'left':
      return Math.max(0, index - 1);
    case 'right':
      return Math.min(count - 1, index + 1);
    case 'up':
      return index >= columns ? index - columns : index;
    case 'down':
      return down(columns);
    case 'home':
      return 0;
    case 'end':
      return count - 1;
    case 'page-up':
      return index >= page ? index - page : index % columns;
    case 'page-down':
      return down(page);
  }
};
