import type { Cells } from './range.ts';

export const densities = ['compact', 'comfortable', 'large'] as const;
export type Density = (typeof densities)[number];

const wide: Record<Density, Cells> = {
  compact: { minWidth: 152, height: 76, gap: 8 },
  comfortable: { minWidth: 184, height: 124, gap: 12 },
  large: { minWidth: 228, height: 172, gap: 16 },
};

const phone: Record<Density, Cells> = {
  compact: { minWidth: 140, height: 72, gap: 8, columnsMax: 2 },
  comfortable: { minWidth: 140, height: 118, gap: 10, columnsMax: 2 },
  large: { minWidth: 280, height: 156, gap: 12, columnsMax: 1 },
};

/** Cells for a density in a grid of this width, px. */
export const cellsOf = (density: Density, width: number): Cells =>
  (width < 600 ? phone : wide)[density];
