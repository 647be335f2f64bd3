import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { inLayer } from './keys.ts';
import './menu.ts';
import type { EncMenu, MenuEntry } from './menu.ts';

const entries: readonly MenuEntry[] = [
  { id: 'play', label: 'Play', key: 'Enter' },
  { id: 'preview', label: 'Preview on this device' },
  { id: 'trim', label: 'Trim, for administrators only', disabled: true },
  { id: 'remove', label: 'Remove', danger: true, rule: true },
];
const chosen = vi.fn();
let menu: EncMenu;

const button = () => page.getByRole('button', { name: 'More for Air horn' });
const focused = (): string | undefined =>
  menu.shadowRoot?.activeElement?.querySelector('span')?.textContent;
const onButton = (): boolean => menu.shadowRoot?.activeElement?.matches('.icon-button') ?? false;
const isOpen = (): boolean =>
  menu.renderRoot.querySelector('[popover]')?.matches(':popover-open') ?? false;

beforeEach(async () => {
  render(
    html`<enc-menu
      label="More for Air horn"
      .entries=${entries}
      @enc-menu-choice=${(event: { id: string }) => chosen(event.id)}
    ></enc-menu>`,
    document.body,
  );
  menu = document.querySelector('enc-menu') as EncMenu;
  await menu.updateComplete;
});
afterEach(() => {
  chosen.mockClear();
  render(nothing, document.body);
});

test('opens on the first entry; arrows, Home, End and letters move round', async () => {
  await userEvent.click(button());
  expect(focused()).toBe('Play');
  await userEvent.keyboard('{ArrowUp}');
  expect(focused()).toBe('Remove');
  await userEvent.keyboard('{ArrowDown}');
  expect(focused()).toBe('Play');
  await userEvent.keyboard('p');
  expect(focused()).toBe('Preview on this device');
  await userEvent.keyboard('{End}');
  expect(focused()).toBe('Remove');
  await userEvent.keyboard('{Home}');
  expect(focused()).toBe('Play');
});

test('an entry is chosen, and the focus is on the button again', async () => {
  await userEvent.click(button());
  await userEvent.keyboard('{End}{Enter}');
  expect(chosen).toHaveBeenCalledExactlyOnceWith('remove');
  expect(isOpen()).toBe(false);
  await vi.waitFor(() => expect(onButton()).toBe(true));
});

test('Escape closes it and is nobody else’s', async () => {
  await userEvent.click(button());
  const heard = vi.fn((event: KeyboardEvent) => inLayer(event));
  window.addEventListener('keydown', heard);
  await userEvent.keyboard('{Escape}');
  window.removeEventListener('keydown', heard);
  expect(heard).toHaveReturnedWith(true);
  expect(isOpen()).toBe(false);
  await vi.waitFor(() => expect(onButton()).toBe(true));
  await vi.waitFor(() => expect(inLayer(new KeyboardEvent('keydown'))).toBe(false));
});

test('what cannot be chosen says so and does nothing', async () => {
  await userEvent.click(button());
  await userEvent.keyboard('t{Enter}');
  expect(chosen).not.toHaveBeenCalled();
  expect(isOpen()).toBe(true);
});

test('opened at a point near the edge it stays on the screen', async () => {
  menu.openAt(innerWidth - 4, innerHeight - 4);
  const list = menu.renderRoot.querySelector('[popover]') as HTMLElement;
  await Promise.all(list.getAnimations().map((one) => one.finished));
  const { right, bottom } = list.getBoundingClientRect();
  expect(right).toBeLessThanOrEqual(innerWidth);
  expect(bottom).toBeLessThanOrEqual(innerHeight);
});

test.each(['dark', 'light'] as const)('accessible, %s', async (theme) => {
  inTheme(theme);
  await userEvent.click(button());
  const list = menu.renderRoot.querySelector('[popover]');
  await Promise.all(list?.getAnimations().map((one) => one.finished) ?? []);
  expect(await accessibilityFaults(document.body)).toEqual([]);
});

test('one that leaves the page while it opens leaves the keys to the page', async () => {
  const list = menu.renderRoot.querySelector('[popover]') as HTMLElement;
  const told = new Promise((resolve) => list.addEventListener('toggle', resolve, { once: true }));
  (button().element() as HTMLElement).click();
  render(nothing, document.body);
  await told;
  expect(inLayer(new KeyboardEvent('keydown'))).toBe(false);
});
