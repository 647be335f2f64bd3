import { html, nothing, render, type TemplateResult } from 'lit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { manySounds } from '../testing/sounds.ts';
import type { Cells } from './range.ts';
import { tilesMax } from './range.ts';
import './virtual-grid.ts';
import type { EncVirtualGrid, Keyed } from './virtual-grid.ts';

const cells = (): Cells => ({ minWidth: 184, height: 124, gap: 12 });
const cell = (item: Keyed, current: boolean): TemplateResult =>
  html`<button tabindex=${current ? 0 : -1}>${item.id}</button>`;

let grid: EncVirtualGrid;

const frame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(() => done(0)));
const settled = async (): Promise<void> => {
  for (let i = 0; i < 3; i++) await frame();
  await grid.updateComplete;
};
const shown = (): string[] =>
  [...grid.renderRoot.querySelectorAll('button')].map((button) => button.textContent);
const focused = (): string | undefined => grid.shadowRoot?.activeElement?.textContent;

const inView = (): boolean => {
  const pad = grid.shadowRoot?.activeElement?.getBoundingClientRect();
  const view = grid.getBoundingClientRect();
  return pad !== undefined && pad.top >= view.top && pad.bottom <= view.bottom;
};

beforeEach(async () => {
  render(
    html`<enc-virtual-grid
      .items=${manySounds(5_000)}
      .cells=${cells}
      .renderCell=${cell}
    ></enc-virtual-grid>`,
    document.body,
  );
  const found = document.querySelector('enc-virtual-grid');
  if (!found) throw new Error('no grid');
  grid = found;
  grid.style.setProperty('inline-size', '836px');
  grid.style.setProperty('block-size', '640px');
  await settled();
});
afterEach(() => {
  render(nothing, document.body);
});

test('5,000 cells, few in the document, in order', async () => {
  expect(grid.scrollHeight).toBe(1_250 * 136 - 12);
  expect(shown().slice(0, 3)).toEqual(['s0', 's1', 's2']);
  for (const top of [1_000, 90_000, 169_000, 40]) {
    grid.scrollTop = top;
    await settled();
    const ids = shown().map((id) => Number(id.slice(1)));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(ids.length).toBeLessThanOrEqual(tilesMax);
    expect(ids).toContain(Math.floor(top / 136) * 4);
  }
});

test('cells say their place in the whole list', async () => {
  grid.scrollTop = 13_600;
  await settled();
  const item = grid.renderRoot.querySelector('[data-index="400"]');
  expect(item?.getAttribute('aria-posinset')).toBe('401');
  expect(item?.getAttribute('aria-setsize')).toBe('5000');
});

test('one tab stop, moved by the arrow keys over everything', async () => {
  grid.focusCurrent();
  await settled();
  expect(focused()).toBe('s0');
  await userEvent.keyboard('{ArrowDown}{ArrowRight}');
  await settled();
  expect(focused()).toBe('s5');
  await userEvent.keyboard('{End}');
  await settled();
  expect(focused()).toBe('s4999');
  expect(grid.renderRoot.querySelectorAll('button[tabindex="0"]')).toHaveLength(1);
});

test('a focused cell keeps the focus when it is scrolled away', async () => {
  grid.focusCurrent();
  await settled();
  grid.scrollTop = 60_000;
  await settled();
  expect(focused()).toBe('s0');
  await userEvent.keyboard('{ArrowRight}');
  await settled();
  expect(focused()).toBe('s1');
  expect(grid.scrollTop).toBe(0);
});

test('the focus stays on its item when the list around it changes', async () => {
  grid.focusCurrent();
  await settled();
  await userEvent.keyboard('{ArrowRight}');
  await settled();
  grid.items = manySounds(5_000).slice(1);
  await settled();
  expect(focused()).toBe('s1');
});

test.each([
  ['at the start of the list', 0, '{ArrowRight}{ArrowRight}{ArrowDown}', 's6'],
  ['in the middle of it', 13_600, '{PageDown}{ArrowRight}', 's17'],
])('the focus stays on its item, and in view, when the columns change %s', async (...given) => {
  const [, top, keys, id] = given;
  grid.focusCurrent();
  await settled();
  await userEvent.keyboard(keys);
  await settled();
  if (top > 0) {
    // The focused item is far away: it keeps the focus, and the view stays where it is.
    grid.scrollTop = top;
    await settled();
  }
  expect(focused()).toBe(id);
  for (const width of ['500px', '1200px', '836px']) {
    grid.style.setProperty('inline-size', width);
    await settled();
    await settled();
    expect(focused()).toBe(id);
    const tabStops = [...grid.renderRoot.querySelectorAll('button[tabindex="0"]')];
    expect(tabStops.map((button) => button.textContent)).toEqual([id]);
    if (top === 0) expect(inView()).toBe(true);
    else expect(grid.scrollTop).toBeGreaterThan(1_000);
  }
});

test('larger cells keep the place in the list', async () => {
  grid.scrollTop = 13_600;
  await settled();
  grid.cells = () => ({ minWidth: 228, height: 172, gap: 16 });
  await settled();
  expect(grid.scrollTop).toBe(Math.floor(400 / 3) * 188);
});

test('a list without items is an empty grid', async () => {
  grid.items = [];
  await settled();
  expect(shown()).toEqual([]);
});
