import { html, nothing, render } from 'lit';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import './keep-password.ts';

const password = 'k7fm-2xqp-9rtw-hv4n';
const left = vi.fn();

const shown = async (): Promise<void> => {
  left.mockClear();
  render(
    html`<enc-keep-password
      name="admin"
      password=${password}
      @enc-password-kept=${left}
    ></enc-keep-password>`,
    document.body,
  );
  await document.querySelector('enc-keep-password')?.updateComplete;
};

afterEach(() => {
  vi.restoreAllMocks();
  render(nothing, document.body);
});

test('shows whose password it is, and copies it', async () => {
  const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  await shown();
  await expect.element(page.getByLabelText('Password', { exact: true })).toHaveValue(password);
  await expect.element(page.getByText(/“admin”/)).toBeVisible();
  // Where the focus starts.
  await expect.element(page.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
  await userEvent.keyboard('{Enter}');
  expect(written).toHaveBeenCalledExactlyOnceWith(password);
  await expect.element(page.getByRole('status')).toHaveTextContent('Copied');
});

test('the whole password is seen, also on a small phone', async () => {
  await page.viewport(320, 640);
  await shown();
  const field = page.getByLabelText('Password', { exact: true }).element();
  expect(field.scrollWidth).toBeLessThanOrEqual(field.clientWidth);
  await page.viewport(1280, 800);
});

test('without a clipboard, as on plain http, the selected field is copied', async () => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
  const copied = vi.spyOn(document, 'execCommand').mockReturnValue(true);
  await shown();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('status')).toHaveTextContent('Copied');
  expect(copied).toHaveBeenCalledExactlyOnceWith('copy');
});

test('is left by its button, not by Escape', async () => {
  await shown();
  await userEvent.keyboard('{Escape}{Escape}');
  await expect.element(page.getByRole('dialog')).toBeVisible();
  expect(left).not.toHaveBeenCalled();
  await userEvent.click(page.getByRole('button', { name: 'Go to the board' }));
  expect(left).toHaveBeenCalledOnce();
});

test.each(['dark', 'light'] as const)('accessible, %s', async (theme) => {
  inTheme(theme);
  await shown();
  const dialog = document.querySelector('enc-keep-password')?.renderRoot.querySelector('dialog');
  await Promise.all(dialog?.getAnimations().map((one) => one.finished) ?? []);
  expect(await accessibilityFaults(document.body)).toEqual([]);
});
