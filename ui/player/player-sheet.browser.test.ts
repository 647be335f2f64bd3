import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createLibrary } from '../board/library.ts';
import { deepActive } from '../design/focus.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import type { Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { connected } from '../testing/connected.ts';
import { problem, type Answers } from '../testing/fake-server.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { aPlayer, wholeState } from '../testing/player.ts';
import { settled } from '../testing/settled.ts';
import './player-area.ts';

let feed: Feed;
let toasts: string[];
const hearToast = ({ text }: ToastEvent): void => void toasts.push(text);

const open = async (answers: Answers = {}, control = true): Promise<readonly string[]> => {
  const line = connected({
    '/player/state': () => wholeState(),
    '/player/state?tracks=false': () => wholeState(),
    ...answers,
  });
  ({ feed } = line);
  render(
    html`<enc-player-area
      .http=${line.http}
      .feed=${feed}
      .library=${createLibrary(line.http)}
      ?control=${control}
    ></enc-player-area>`,
    document.body,
  );
  await expect.element(card()).toBeVisible();
  return line.asked;
};

const card = () => page.getByRole('button', { name: /open the player/ });
const sheet = () => page.getByRole('dialog', { name: 'Player' });
const openSheet = async (): Promise<void> => {
  await userEvent.click(card());
  await expect.element(sheet()).toBeVisible();
};
const sleeps = (timer: object | null): void =>
  FakeSocket.last.say({
    type: 'player_state',
    at: '',
    data: aPlayer({ sleep_timer: timer as null }),
  });
const last = () => FakeSocket.last.sent.findLast(({ command }) => command !== 'ping');

beforeEach(async () => {
  toasts = [];
  document.body.addEventListener('enc-toast', hearToast);
  await page.viewport(390, 844);
});
afterEach(async () => {
  document.body.removeEventListener('enc-toast', hearToast);
  feed.stop();
  render(nothing, document.body);
  vi.unstubAllGlobals();
  await page.viewport(1280, 800);
});

test('the card opens the whole player over the screen, and Close leads back to it', async () => {
  await open();
  await openSheet();
  const { width, height } = sheet().element().getBoundingClientRect();
  expect([width, height]).toEqual([390, 844]);
  await expect.element(page.getByRole('heading', { name: '8-bit overture' })).toBeVisible();
  await expect.element(page.getByRole('slider', { name: 'Place in the track' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^Play Night forest/ })).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Close the player' }));
  await expect.poll(() => sheet().elements()).toEqual([]);
  await expect.poll(() => deepActive()).toBe(card().element());
});

test('Escape leaves the sheet', async () => {
  await open();
  await openSheet();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => sheet().elements()).toEqual([]);
});

test('its buttons and its volume reach the player', async () => {
  await open();
  await openSheet();
  const inSheet = sheet();
  await userEvent.click(inSheet.getByRole('button', { name: 'Play', exact: true }));
  expect(last()).toMatchObject({ command: 'player_play', data: {} });
  await userEvent.click(inSheet.getByRole('button', { name: 'Next' }));
  expect(last()).toMatchObject({ command: 'player_next' });
  const volume = inSheet.getByRole('slider', { name: 'Volume of the music' });
  (volume.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(last()).toMatchObject({ command: 'player_volume', data: { volume: 65 } });
});

test('guests see what plays and can do nothing about it', async () => {
  await open({}, false);
  await openSheet();
  await expect.element(page.getByRole('heading', { name: '8-bit overture' })).toBeVisible();
  expect(page.getByRole('slider').elements()).toEqual([]);
  expect(page.getByRole('button', { name: /^Sleep timer/ }).elements()).toEqual([]);
});

test('the sleep timer is set, says when it stops, and is switched off', async () => {
  let asked: unknown;
  const calls = await open({
    'POST /player/sleep': (body) => {
      asked = body;
      return aPlayer();
    },
    'DELETE /player/sleep': () => 204,
  });
  await openSheet();
  await userEvent.click(page.getByRole('button', { name: 'Sleep timer', exact: true }));
  expect(page.getByRole('menuitem', { name: /^Off/ }).elements()).toEqual([]);
  await userEvent.click(page.getByRole('menuitem', { name: 'In 30 minutes' }));
  await expect.poll(() => asked).toEqual({ after_ms: 1_800_000, fade_ms: 10_000 });

  const ends = new Date(2026, 10, 20, 23, 40).toISOString();
  sleeps({ ends_at: ends, fade_ms: 10_000 });
  const running = page.getByRole('button', { name: 'Sleep timer: Stops at 23:40' });
  await expect.element(running).toBeVisible();
  await userEvent.click(running);
  await userEvent.click(page.getByRole('menuitem', { name: 'Off (stops at 23:40)' }));
  await expect.poll(() => calls).toContain('DELETE /player/sleep');
  sleeps(null);
  await expect
    .element(page.getByRole('button', { name: 'Sleep timer', exact: true }))
    .toBeVisible();
});

test('a timer that ends with the track says so', async () => {
  await open();
  await openSheet();
  sleeps({ ends_at: null, fade_ms: 0 });
  await expect
    .element(page.getByRole('button', { name: 'Sleep timer: Stops after this track' }))
    .toBeVisible();
});

test('a refused timer is explained', async () => {
  const detail = 'Nothing plays.';
  await open({ 'POST /player/sleep': () => problem(409, { code: 'nothing_plays', detail }) });
  await openSheet();
  await userEvent.click(page.getByRole('button', { name: 'Sleep timer', exact: true }));
  await userEvent.click(page.getByRole('menuitem', { name: 'At the end of the track' }));
  await expect.poll(() => toasts).toEqual([detail]);
});

test.each(['light', 'dark'] as const)(
  'card, sheet and its menu are accessible, %s',
  async (theme) => {
    inTheme(theme);
    await open();
    await settled();
    expect(await accessibilityFaults(document.body)).toEqual([]);
    await openSheet();
    sleeps({ ends_at: null, fade_ms: 0 });
    await settled();
    expect(await accessibilityFaults(document.body)).toEqual([]);
    await userEvent.click(page.getByRole('button', { name: /^Sleep timer/ }));
    await settled();
    expect(await accessibilityFaults(document.body)).toEqual([]);
  },
);
