import { signal } from '@preact/signals-core';
import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PlayerSummary } from '../../server/player/contract.ts';
import { createHttp } from '../api/http.ts';
import type { SessionState, SessionStore } from '../api/session.ts';
import { createLibrary } from '../board/library.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import { createFeed, type Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { fakeServer, type Answers } from '../testing/fake-server.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { aPlayer, aTrack, wholeState } from '../testing/player.ts';
import { settled } from '../testing/settled.ts';
import { aSound } from '../testing/sounds.ts';
import './player-area.ts';
import { queueOpen } from './queue-open.ts';

let feed: Feed;
let toasts: string[];
/** What the server says whichever way it is asked. */
let now: PlayerSummary;
const hearToast = (event: ToastEvent): void => void toasts.push(event.text);

type Given = { control?: boolean; answers?: Answers };

const open = async ({ control = true, answers = {} }: Given = {}): Promise<void> => {
  fakeServer({
    '/sounds/catalogue': () => ({ items: [aSound()] }),
    '/sounds/waveforms': () => ({ items: {} }),
    '/player/state': () => wholeState(now),
    '/player/state?tracks=false': () => wholeState(now),
    ...answers,
  });
  const http = createHttp(() => expect.unreachable());
  const none = async (): Promise<void> => {};
  const session: SessionStore = {
    state: signal<SessionState>({
      status: 'signed-in',
      user: { id: 'u', name: 'Mira', role: 'user', plan: 'family' },
    }),
    http,
    check: none,
    login: none,
    setup: none,
    register: none,
    know: () => {},
    logout: none,
  };
  feed = createFeed(session, (url) => new FakeSocket(url) as unknown as WebSocket);
  feed.start();
  FakeSocket.last.hello();
  const library = createLibrary(http);
  render(
    html`<enc-queue-panel
        .http=${http}
        .feed=${feed}
        .library=${library}
        ?control=${control}
      ></enc-queue-panel>
      <enc-player-area
        .http=${http}
        .feed=${feed}
        .library=${library}
        ?control=${control}
      ></enc-player-area>`,
    document.body,
  );
  document.querySelector<HTMLElement>('enc-queue-panel')?.style.setProperty('height', '400px');
  await library.load();
  await expect.element(page.getByText('8-bit overture').first()).toBeVisible();
};

const commands = () => FakeSocket.last.sent.filter(({ command }) => command !== 'ping');
const lastCommand = () => commands().at(-1);
const answer = (): void => FakeSocket.last.say({ type: 'ack', id: lastCommand()?.id, data: {} });
const refuse = (detail: string): void =>
  FakeSocket.last.say({ type: 'refused', id: lastCommand()?.id, code: 'no', detail });
const told = (state: Partial<PlayerSummary>): void => {
  now = aPlayer(state);
  FakeSocket.last.say({ type: 'player_state', at: '', data: now });
};

beforeEach(() => {
  queueOpen.value = true;
  now = aPlayer();
  toasts = [];
  document.body.addEventListener('enc-toast', hearToast);
});
afterEach(() => {
  document.body.removeEventListener('enc-toast', hearToast);
  feed.stop();
  render(nothing, document.body);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const slider = page.getByRole('slider', { name: 'Volume of the music' });
const slide = (level: number): void => {
  const input = slider.element() as HTMLInputElement;
  input.value = String(level);
  input.dispatchEvent(new Event('input'));
};

test('the volume shows what the hand does, then what the server says', async () => {
  await open();
  await expect.element(slider).toHaveValue('64');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  slide(30);
  told({ volume: 90 });
  await vi.waitFor(() => expect((slider.element() as HTMLInputElement).value).toBe('30'));
  expect(lastCommand()).toMatchObject({ command: 'player_volume', data: { volume: 30 } });
  vi.advanceTimersByTime(400);
  await vi.waitFor(() => expect((slider.element() as HTMLInputElement).value).toBe('90'));
});

test('a slider that moves on sends its last value only, one at a time', async () => {
  await open();
  const before = commands().length;
  for (const level of [60, 50, 40]) slide(level);
  expect(commands()).toHaveLength(before + 1);
  answer();
  await vi.waitFor(() => expect(lastCommand()).toMatchObject({ data: { volume: 40 } }));
  expect(commands()).toHaveLength(before + 2);
});

test('a refused volume goes back and is explained', async () => {
  await open();
  slide(10);
  await expect.element(slider).toHaveValue('10');
  refuse('You may not change the volume.');
  await expect.element(slider).toHaveValue('64');
  expect(toasts).toEqual(['You may not change the volume.']);
});

test('a refused seek goes back to where the track was', async () => {
  await open();
  const place = page.getByRole('slider', { name: 'Place in the track' });
  await expect.element(place).toHaveAttribute('aria-valuetext', '0:49 of 2:33');
  (place.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(place).toHaveAttribute('aria-valuetext', '0:54 of 2:33');
  refuse('Nothing plays.');
  await expect.element(place).toHaveAttribute('aria-valuetext', '0:49 of 2:33');
  expect(toasts).toEqual(['Nothing plays.']);
});

test('positions move the track on', async () => {
  await open();
  FakeSocket.last.say({
    type: 'player_position',
    at: '',
    data: { position: 61_000, duration: 153_000 },
  });
  await expect.element(page.getByText('1:01', { exact: true })).toBeVisible();
});

test.each([
  ['k', 'player_play', {}],
  ['j', 'player_seek', { position_ms: 39_000 }],
  ['l', 'player_seek', { position_ms: 59_000 }],
  ['p', 'player_previous', {}],
  ['n', 'player_next', {}],
  ['r', 'player_mode', { mode: 'loop' }],
  ['m', 'player_volume', { volume: 0 }],
  ['-', 'player_volume', { volume: 59 }],
  ['+', 'player_volume', { volume: 69 }],
])('the key %s is %s', async (key, command, data) => {
  await open();
  await userEvent.keyboard(key);
  expect(lastCommand()).toMatchObject({ command, data });
});

test('a mode is chosen from a menu with words', async () => {
  await open();
  await userEvent.click(page.getByRole('button', { name: 'Mode: Play through once' }));
  await userEvent.click(page.getByRole('menuitemradio', { name: 'Shuffle' }));
  expect(lastCommand()).toMatchObject({ command: 'player_mode', data: { mode: 'random' } });
});

test('guests see what plays and can do nothing about it', async () => {
  await open({ control: false });
  expect(page.getByRole('button', { name: 'Play', exact: true }).elements()).toEqual([]);
  expect(page.getByRole('slider').elements()).toEqual([]);
  await userEvent.keyboard('k');
  expect(commands()).toEqual([]);
});

test('up next is the queue, then what follows in the list', async () => {
  await open();
  told({ queue: [{ queue_id: 'q1', sound: aTrack({ id: 'gong', name: 'Gong' }) }] });
  await expect.element(page.getByRole('button', { name: /^Play Gong/ })).toBeVisible();
  const names = page
    .getByRole('listitem')
    .elements()
    .map((row) => row.querySelector('enc-track-row')?.sound.name);
  expect(names).toEqual(['Gong', 'Night forest', 'Slap bass']);
  await userEvent.click(page.getByRole('button', { name: /^Play Slap bass/ }));
  expect(lastCommand()).toMatchObject({ command: 'player_play', data: { index: 2 } });
});

test('Q hides and shows up next', async () => {
  await open();
  const heading = page.getByRole('heading', { name: 'Up next' });
  await expect.element(heading).toBeVisible();
  await userEvent.keyboard('q');
  await expect.poll(() => heading.elements().length).toBe(0);
  expect(localStorage.getItem('encore.queue')).toBe('closed');
});

test.each(['light', 'dark'] as const)('is accessible when %s', async (theme) => {
  inTheme(theme);
  await open();
  told({ status: 'playing', sleep_timer: { ends_at: null, fade_ms: 0 } });
  await settled();
  expect(await accessibilityFaults(document.body)).toEqual([]);
});

test('a page that is hidden does without positions, also after the line was lost', async () => {
  await open();
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  const state = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  const turn = () => document.dispatchEvent(new Event('visibilitychange'));
  const watches = () =>
    commands().flatMap(({ command, data }) => (command === 'player_watch' ? [data] : []));
  turn();
  expect(watches()).toEqual([{ watch: false }]);
  const lost = FakeSocket.last;
  lost.breaks();
  feed.retryNow();
  await expect.poll(() => FakeSocket.last !== lost).toBe(true);
  FakeSocket.last.hello();
  expect(watches()).toEqual([{ watch: false }]);
  hidden.mockRestore();
  state.mockRestore();
  turn();
  // The line is checked first: a page that was away may have lost it.
  FakeSocket.last.say({ type: 'ack', id: FakeSocket.last.sent.at(-1)?.id, data: {} });
  await expect.poll(watches).toEqual([{ watch: false }, { watch: true }]);
});
