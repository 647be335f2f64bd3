import { expect, test } from 'vitest';
import { layoutOf, moved, tilesMax, visibleRows, type Cells } from './range.ts';

const cells: Cells = { minWidth: 184, height: 124, gap: 12 };

test('as many columns as fit, and never none', () => {
  expect(layoutOf(cells, 836, 20)).toEqual({ columns: 4, rows: 5, rowPitch: 136, height: 668 });
  expect(layoutOf(cells, 90, 3).columns).toBe(1);
  expect(layoutOf({ ...cells, columnsMax: 2 }, 836, 3).columns).toBe(2);
});

test('an empty grid has no rows and no height', () => {
  expect(layoutOf(cells, 836, 0)).toEqual({ columns: 4, rows: 0, rowPitch: 136, height: 0 });
  expect(visibleRows(layoutOf(cells, 836, 0), 0, 700)).toEqual({ from: 0, to: 0 });
});

test('the rows in view and two spare ones on each side', () => {
  const layout = layoutOf(cells, 836, 5_000);
  expect(visibleRows(layout, 0, 700)).toEqual({ from: 0, to: 8 });
  expect(visibleRows(layout, 13_600, 700)).toEqual({ from: 98, to: 108 });
});

test('never rows behind the end', () => {
  const layout = layoutOf(cells, 836, 10);
  expect(visibleRows(layout, 99_999, 700)).toEqual({ from: 1, to: 3 });
});

test('at most 80 tiles at every scroll position, one row of them kept for the focus', () => {
  for (const width of [358, 836, 1_156, 1_600]) {
    const layout = layoutOf({ minWidth: 152, height: 76, gap: 8 }, width, 5_000);
    for (let top = 0; top < layout.height; top += 977) {
      const { from, to } = visibleRows(layout, top, 500);
      expect((to - from + 1) * layout.columns).toBeLessThanOrEqual(tilesMax);
    }
  }
});

test('arrows move in the grid and stop at its edges', () => {
  const at = (index: number, move: Parameters<typeof moved>[1]): number =>
    moved(index, move, 4, 10, 2);
  expect(at(0, 'left')).toBe(0);
  expect(at(0, 'right')).toBe(1);
  expect(at(9, 'right')).toBe(9);
  expect(at(5, 'up')).toBe(1);
  expect(at(1, 'up')).toBe(1);
  expect(at(1, 'down')).toBe(5);
  expect(at(7, 'down')).toBe(9);
  expect(at(8, 'down')).toBe(8);
  expect(at(5, 'home')).toBe(0);
  expect(at(5, 'end')).toBe(9);
  expect(at(1, 'page-down')).toBe(9);
  expect(at(9, 'page-up')).toBe(1);
});
