import { html, nothing, render } from 'lit';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import './dialog.ts';
import { fieldStyles } from './field.styles.ts';
import { field } from './field.ts';
import { inLayer } from './keys.ts';

const left = vi.fn();

const show = async (open: boolean, firm = false): Promise<void> => {
  render(
    html`<button id="opener">Open</button> ${
        open
          ? html`<enc-dialog heading="New token" ?firm=${firm} @enc-dialog-left=${left}>
              <style>
                ${fieldStyles.cssText}
              </style>
              <p>Something to read.</p>
              ${field({ id: 'name', label: 'Name', value: '' })}
              <button slot="actions">Create</button>
            </enc-dialog>`
          : nothing
      }`,
    document.body,
  );
  await document.querySelector('enc-dialog')?.updateComplete;
};

const dialogOf = (): HTMLDialogElement => {
  const dialog = document.querySelector('enc-dialog')?.renderRoot.querySelector('dialog');
  if (!dialog) throw new Error('no dialog');
  return dialog;
};

/** A press and a release at a point, as a mouse does it. */
const clickAt = (x: number, y: number): void => {
  const target = document.querySelector('enc-dialog')?.shadowRoot?.elementFromPoint(x, y);
  const at = { bubbles: true, composed: true, clientX: x, clientY: y };
  target?.dispatchEvent(new PointerEvent('pointerdown', at));
  target?.dispatchEvent(new MouseEvent('click', at));
};

afterEach(() => {
  left.mockClear();
  render(nothing, document.body);
});

test('has its name, starts in the first field and shows its actions', async () => {
  await show(true);
  await expect.element(page.getByRole('dialog', { name: 'New token' })).toBeVisible();
  expect(document.activeElement?.id).toBe('name');
  await expect.element(page.getByRole('button', { name: 'Create' })).toBeVisible();
});

test('Escape leaves the dialog, and is nobody else’s', async () => {
  await show(true);
  const heard = vi.fn((event: KeyboardEvent) => inLayer(event));
  window.addEventListener('keydown', heard);
  // Also with the focus nowhere, as after a click on plain text.
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard('{Escape}');
  window.removeEventListener('keydown', heard);
  await vi.waitFor(() => expect(left).toHaveBeenCalledOnce());
  expect(heard).toHaveReturnedWith(true);
});

test('the close button leaves it', async () => {
  await show(true);
  await userEvent.click(page.getByRole('button', { name: 'Close' }));
  await vi.waitFor(() => expect(left).toHaveBeenCalledOnce());
});

test('a click beside it leaves it as long as nothing is typed', async () => {
  await show(true);
  await userEvent.fill(page.getByLabelText('Name'), 'Kitchen');
  clickAt(4, 4);
  expect(dialogOf().open).toBe(true);
  await show(false);
  await show(true);
  clickAt(4, 4);
  await vi.waitFor(() => expect(left).toHaveBeenCalledOnce());
});

test('a click in it does not', async () => {
  await show(true);
  const { left: x, top: y } = dialogOf().getBoundingClientRect();
  clickAt(x + 40, y + 70);
  expect(left).not.toHaveBeenCalled();
});

test('a firm one is left by its own buttons only', async () => {
  await show(true, true);
  await userEvent.keyboard('{Escape}{Escape}');
  clickAt(4, 4);
  expect(left).not.toHaveBeenCalled();
  expect(dialogOf().open).toBe(true);
});

test('the focus goes back to where it was, and the keys to the page', async () => {
  await show(false);
  document.querySelector<HTMLElement>('#opener')?.focus();
  await show(true);
  await show(false);
  expect(document.activeElement?.id).toBe('opener');
  expect(inLayer(new KeyboardEvent('keydown', { key: 'Escape' }))).toBe(false);
});

test('on a phone it stands on the lower edge', async () => {
  await page.viewport(390, 800);
  await show(true);
  await Promise.all(
    dialogOf()
      .getAnimations()
      .map((one) => one.finished),
  );
  const { left: x, bottom, width } = dialogOf().getBoundingClientRect();
  expect({ x, bottom, width }).toEqual({ x: 0, bottom: innerHeight, width: innerWidth });
  await page.viewport(1280, 800);
});

test.each(['dark', 'light'] as const)('accessible, %s', async (theme) => {
  inTheme(theme);
  await show(true);
  await Promise.all(
    dialogOf()
      .getAnimations()
      .map((one) => one.finished),
  );
  expect(await accessibilityFaults(document.body)).toEqual([]);
});
