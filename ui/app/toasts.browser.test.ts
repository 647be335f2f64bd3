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
