import { signal } from '@preact/signals-core';
import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createHttp } from '../api/http.ts';
import type { SessionState, SessionStore } from '../api/session.ts';
import { createLibrary } from '../board/library.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import { createFeed, type Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { fakeServer, problem, type Answers } from '../testing/fake-server.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { aPlayer, wholeState } from '../testing/player.ts';
import { aPlaylist } from '../testing/playlists.ts';
import { settled } from '../testing/settled.ts';
import './playlist-view.ts';

const list = aPlaylist();
const entries = ['Gong', 'Coin', 'Laser'].map((name, position) => ({
  entry_id: `e${position}`,
  position,
  sound: { id: `s${position}`, type: 'SDB', name, duration: 3_000, tags: [], missing: false },
}));

let feed: Feed;
let asked: readonly string[];
let toasts: ToastEvent[];
let gone: string[];
const hearToast = (event: ToastEvent): void => void toasts.push(event);

const open = async (answers: Answers = {}): Promise<void> => {
  ({ asked } = fakeServer({
    '/player/state': () => wholeState(aPlayer({ playlist: null })),
    '/player/state?tracks=false': () => wholeState(aPlayer({ playlist: null })),
    '/playlists/list': () => list,
    '/playlists/list/sounds?limit=200': () => ({ items: entries, next_cursor: null, total: 3 }),
    ...answers,
  }));
  const http = createHttp(() => expect.unreachable());
  const none = async (): Promise<void> => {};
  const user = { id: 'u', name: 'Mira', role: 'user' as const, plan: 'family' };
  const session: SessionStore = {
    state: signal<SessionState>({ status: 'signed-in', user }),
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
  gone = [];
  render(
    html`<enc-playlist-view
      .http=${http}
      .feed=${feed}
      .library=${createLibrary(http)}
      .go=${(href: string) => gone.push(href)}
      control
      .listId=${'list'}
    ></enc-playlist-view>`,
    document.body,
  );
  document.querySelector<HTMLElement>('enc-playlist-view')?.style.setProperty('height', '600px');
  await expect.element(page.getByRole('button', { name: /^Play Gong/ })).toBeVisible();
};

const names = (): (string | undefined)[] =>
  page
    .getByRole('listitem')
    .elements()
    .map((row) => row.querySelector('enc-track-row')?.sound.name);

const focusRow = (name: string): void =>
  (
    page.getByRole('button', { name: new RegExp(`^Play ${name}`) }).element() as HTMLElement
  ).focus();

beforeEach(() => {
  toasts = [];
  document.body.addEventListener('enc-toast', hearToast);
});
afterEach(() => {
  document.body.removeEventListener('enc-toast', hearToast);
  feed.stop();
  render(nothing, document.body);
  vi.unstubAllGlobals();
});

test('Alt and an arrow move an entry, and a voice says where it is', async () => {
  let before: unknown;
  await open({
    'POST /playlists/list/sounds/e0/move': (body) => {
      before = body;
      return 204;
    },
  });
  focusRow('Gong');
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await expect.poll(names).toEqual(['Coin', 'Gong', 'Laser']);
  await expect.element(page.getByText('Gong is now 2 of 3.')).toBeInTheDocument();
  expect(before).toEqual({ before: 'e2' });
});

test('a refused move goes back and is explained', async () => {
  await open({
    'POST /playlists/list/sounds/e1/move': () =>
      problem(403, { code: 'not_your_playlist', detail: 'This playlist is somebody else’s.' }),
  });
  focusRow('Coin');
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await vi.waitFor(() => expect(toasts[0]?.text).toBe('This playlist is somebody else’s.'));
  await expect.poll(names).toEqual(['Gong', 'Coin', 'Laser']);
});

test('the menu of an entry moves it to the end', async () => {
  await open({ 'POST /playlists/list/sounds/e0/move': () => 204 });
  await userEvent.hover(page.getByRole('button', { name: /^Play Gong/ }));
  await userEvent.click(page.getByRole('button', { name: 'More for Gong' }));
  await userEvent.click(page.getByRole('menuitem', { name: 'Move to the end' }));
  await expect.poll(names).toEqual(['Coin', 'Laser', 'Gong']);
});

test('an entry is taken out, and put back where it was', async () => {
  let added: unknown;
  await open({
    'DELETE /playlists/list/sounds/e1': () => 204,
    'POST /playlists/list/sounds': (body) => {
      added = body;
      return { entry_id: 'e9', entry_ids: ['e9'] };
    },
  });
  await userEvent.hover(page.getByRole('button', { name: /^Play Coin/ }));
  await userEvent.click(page.getByRole('button', { name: 'More for Coin' }));
  await userEvent.click(page.getByRole('menuitem', { name: 'Take out' }));
  await expect.poll(names).toEqual(['Gong', 'Laser']);
  await vi.waitFor(() => expect(toasts).toHaveLength(1));
  const way = toasts[0]?.way;
  if (way && 'run' in way) way.run();
  await vi.waitFor(() => expect(added).toEqual({ sound_id: 's1', position: 1 }));
});

test('playing from a row loads the list and plays that place', async () => {
  await open({ 'POST /player/playlist/list': () => aPlayer() });
  await userEvent.click(page.getByRole('button', { name: /^Play Laser/ }));
  await vi.waitFor(() => expect(asked).toContain('POST /player/playlist/list'));
  await vi.waitFor(() =>
    expect(FakeSocket.last.sent.at(-1)).toMatchObject({
      command: 'player_play',
      data: { index: 2 },
    }),
  );
});

test('a deleted list can be brought back', async () => {
  await open({
    'DELETE /playlists/list': () => 204,
    'POST /playlists/list/restore': () => list,
  });
  await userEvent.click(page.getByRole('button', { name: 'More for Friday night' }));
  await userEvent.click(page.getByRole('menuitem', { name: 'Delete' }));
  await vi.waitFor(() => expect(gone).toEqual(['/playlists']));
  const way = toasts[0]?.way;
  if (way && 'run' in way) way.run();
  await vi.waitFor(() => expect(asked).toContain('POST /playlists/list/restore'));
});

test.each(['light', 'dark'] as const)('is accessible when %s', async (theme) => {
  inTheme(theme);
  await open();
  await settled();
  expect(await accessibilityFaults(document.body)).toEqual([]);
});
