import { signal } from '@preact/signals-core';
import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createHttp } from '../api/http.ts';
import type { Feed } from '../feed/feed.ts';
import type { Link } from '../feed/socket-client.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { fakeServer } from '../testing/fake-server.ts';
import { FakeUpload } from '../testing/fake-upload.ts';
import { aFullSound } from '../testing/library.ts';
import { settled } from '../testing/settled.ts';
import './intake.ts';

const link = signal<Link>('live');
const play = vi.fn(async () => {});
const feed = { link, play } as unknown as Feed;

const open = (may = true): void => {
  render(
    html`<enc-intake
      .http=${createHttp(() => expect.unreachable())}
      .feed=${feed}
      ?open=${may}
    ></enc-intake>`,
    document.body,
  );
};
const carrying = (...names: string[]): DataTransfer => {
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File(['sound'], name));
  return data;
};
const drag = (type: string, dataTransfer: DataTransfer): DragEvent => {
  const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);
  return event;
};
const paste = (...names: string[]): void => {
  const clipboardData = carrying(...names);
  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
};
const begun = (count: number): Promise<void> =>
  vi.waitFor(() => expect(FakeUpload.all).toHaveLength(count));

beforeEach(() => {
  link.value = 'live';
  play.mockClear();
  FakeUpload.all.length = 0;
  vi.stubGlobal('XMLHttpRequest', FakeUpload);
  fakeServer({ '/auth/me': () => ({}) });
});
afterEach(() => {
  render(nothing, document.body);
  vi.unstubAllGlobals();
});

test('files that are dropped are sent, with how far each is, and play when they are there', async () => {
  open();
  drag('dragenter', carrying('Gong.wav'));
  await expect.element(page.getByText('Drop to add sounds')).toBeVisible();
  expect(await accessibilityFaults(document.body)).toEqual([]);
  drag('drop', carrying('Gong.wav', 'notes.txt'));
  await vi.waitFor(() => expect(page.getByText('Drop to add sounds').elements()).toEqual([]));
  await begun(1);
  await expect.element(page.getByText(/Encore takes sound files/)).toBeVisible();
  FakeUpload.last.sends(0.5);
  await expect.element(page.getByText('50 % of 1 kB')).toBeVisible();
  FakeUpload.last.sends(1);
  await expect.element(page.getByText('Checking')).toBeVisible();
  FakeUpload.last.answers(201, aFullSound({ id: 'gong', name: 'Gong' }));
  await expect
    .element(page.getByRole('heading', { name: '1 sound added, 1 refused' }))
    .toBeVisible();
  for (const theme of ['dark', 'light'] as const) {
    inTheme(theme);
    await settled();
    expect(await accessibilityFaults(document.body)).toEqual([]);
  }
  await userEvent.click(page.getByRole('button', { name: 'Play Gong' }));
  expect(play).toHaveBeenCalledExactlyOnceWith('gong');
  await userEvent.click(page.getByRole('button', { name: 'Close' }));
  expect(page.getByRole('region').elements()).toEqual([]);
});

test('the sentence of the server stands in the row, with another try where it may help', async () => {
  open();
  paste('Gong.wav');
  await begun(1);
  FakeUpload.last.answers(503, { code: 'disk_full', detail: 'There is too little room.' });
  await expect.element(page.getByText('There is too little room.')).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Retry Gong.wav' }));
  await begun(2);
  FakeUpload.last.answers(200, { existing: true, sound: aFullSound({ name: 'Gong' }) });
  await expect.element(page.getByText('Already in your library')).toBeVisible();
});

test('a cancelled file ends its request', async () => {
  open();
  paste('Gong.wav');
  await begun(1);
  FakeUpload.last.sends(0.2);
  await userEvent.click(page.getByRole('button', { name: 'Cancel Gong.wav' }));
  expect(FakeUpload.last.aborted).toBe(true);
  await vi.waitFor(() => expect(page.getByRole('region').elements()).toEqual([]));
});

test('leaving warns while something is on its way, and not after', async () => {
  const leave = (): boolean => {
    const event = new Event('beforeunload', { cancelable: true });
    dispatchEvent(event);
    return event.defaultPrevented;
  };
  open();
  expect(leave()).toBe(false);
  paste('Gong.wav');
  await begun(1);
  expect(leave()).toBe(true);
  FakeUpload.last.answers(201, aFullSound());
  await vi.waitFor(() => expect(leave()).toBe(false));
});

test('without a line files are not taken, and the hint says why', async () => {
  link.value = 'offline';
  open();
  const event = drag('dragenter', carrying('Gong.wav'));
  expect(event.defaultPrevented).toBe(true);
  await expect.element(page.getByText(/Encore is offline/)).toBeVisible();
  const told = vi.fn();
  document.body.addEventListener('enc-toast', told, { once: true });
  drag('drop', carrying('Gong.wav'));
  await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
  expect(FakeUpload.all).toEqual([]);
});

test('where nothing is taken in, a file let go does not take the place of the page', async () => {
  open(false);
  expect(drag('dragover', carrying('Gong.wav')).defaultPrevented).toBe(true);
  expect(drag('drop', carrying('Gong.wav')).defaultPrevented).toBe(true);
  paste('Gong.wav');
  await settled();
  expect(FakeUpload.all).toEqual([]);
  expect(page.getByText('Drop to add sounds').elements()).toEqual([]);
});
