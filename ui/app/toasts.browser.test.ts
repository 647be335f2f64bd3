import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import './toasts.ts';
import type { EncToasts } from './toasts.ts';

let toasts: EncToasts;

const texts = async (): Promise<(string | null)[]> => {
  await toasts.updateComplete;
  return [...toasts.renderRoot.querySelectorAll('.toast > span')].map((one) => one.textContent);
};
const dismissOf = (at: number): HTMLButtonElement => {
  const button = toasts.renderRoot.querySelectorAll('button')[at];
  if (!button) throw new Error('no such toast');
  return button;
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  render(html`<enc-toasts></enc-toasts>`, document.body);
  const found = document.querySelector('enc-toasts');
  if (!found) throw new Error('no toasts');
  toasts = found;
});
afterEach(() => {
  vi.useRealTimers();
  render(nothing, document.body);
});

test('go by themselves after a while', async () => {
  toasts.show('One');
  vi.advanceTimersByTime(5_999);
  expect(await texts()).toEqual(['One']);
  vi.advanceTimersByTime(1);
  expect(await texts()).toEqual([]);
});

test('the same sentence shows once, from its last time on', async () => {
  toasts.show('One');
  vi.advanceTimersByTime(4_000);
  toasts.show('One');
  vi.advanceTimersByTime(4_000);
  expect(await texts()).toEqual(['One']);
});

test('an offer stays until it is taken, and what comes beside it goes', async () => {
  const run = vi.fn();
  toasts.show('Encore has been updated.', { label: 'Load the new version', run, stays: true });
  for (const text of ['One', 'Two', 'Three']) toasts.show(text);
  expect(await texts()).toEqual(['Encore has been updated.', 'Two', 'Three']);
  vi.advanceTimersByTime(60_000);
  expect(await texts()).toEqual(['Encore has been updated.']);
  dismissOf(0).click();
  expect([await texts(), run.mock.calls.length]).toEqual([[], 1]);
});

test('one with the focus stays, whatever comes, and goes a while after', async () => {
  for (const text of ['One', 'Two', 'Three']) toasts.show(text);
  await texts();
  dismissOf(0).focus();
  toasts.show('One');
  vi.advanceTimersByTime(10_000);
  expect(await texts()).toEqual(['One']);
  for (const text of ['Four', 'Five', 'Six']) toasts.show(text);
  expect(await texts()).toEqual(['One', 'Five', 'Six']);
  dismissOf(0).blur();
  vi.advanceTimersByTime(6_000);
  expect(await texts()).toEqual([]);
});

test('what was done can be taken back, once, for a while', async () => {
  const undo = vi.fn();
  toasts.show('Removed “Coin”.', { label: 'Undo', run: undo }, 'done');
  await texts();
  dismissOf(0).click();
  expect(undo).toHaveBeenCalledOnce();
  expect(await texts()).toEqual([]);
  toasts.show('Removed “Coin”.', { label: 'Undo', run: undo }, 'done');
  toasts.show('Removed “Coin”.', { label: 'Undo', run: undo }, 'done');
  expect(await texts()).toHaveLength(2);
  vi.advanceTimersByTime(6_000);
  expect(await texts()).toEqual([]);
  expect(undo).toHaveBeenCalledOnce();
});

test('dismissed from the keyboard, the focus is on the next one, then where it was', async () => {
  const before = document.createElement('button');
  document.body.append(before);
  before.focus();
  for (const text of ['One', 'Two']) toasts.show(text);
  await texts();
  const [first, second] = [dismissOf(0), dismissOf(1)];
  first.focus();
  first.click();
  expect(await texts()).toEqual(['Two']);
  expect(toasts.shadowRoot?.activeElement).toBe(second);
  second.click();
  expect(document.activeElement).toBe(before);
  before.remove();
});
