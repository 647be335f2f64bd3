import type { Cells } from '../board/range.ts';

/** Pads near 236 × 172 px wherever there is room for two of them, and two in a row on phones. */
export const wallCells = (width: number): Cells =>
  width < 464
    ? { minWidth: 130, height: 132, gap: 12, columnsMax: 2 }
    : { minWidth: 224, height: 172, gap: 16 };
