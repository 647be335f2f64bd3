import type { Locator, Page } from 'playwright';
import { median, p95, type Row } from '../../../server/bench/bench.ts';

/** Of the board, or of the control. */
export const pads = (page: Page): Locator => page.locator('button.pad');

/** `control`: what the page without a script took for the same. */
export const row = (
  name: string,
  unit: string,
  samples: readonly number[],
  { control, goal }: { control?: readonly number[]; goal?: Row['goal'] } = {},
): Row => ({
  name,
  unit,
  median: median(samples),
  ...(samples.length > 1 && { p95: p95(samples) }),
  ...(control && median(control) > 0 && { ratio: median(samples) / median(control) }),
  ...(goal && { goal }),
});
