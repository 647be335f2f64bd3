import { signal } from '@preact/signals-core';
import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Board } from '../../server/boards/contract.ts';
import type { User } from '../../server/users/contract.ts';
import type { SessionStore } from '../api/session.ts';
import { createRouter, type Router } from '../app/router.ts';
import type { Stores } from '../app/stores.ts';
import { createLibrary } from '../board/library.ts';
import { createView } from '../board/view.ts';
import type { Account } from '../credits/account.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import type { Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { aBoard, ownKeysBoard } from '../testing/boards.ts';
import { connected } from '../testing/connected.ts';
import { problem, type Answers } from '../testing/fake-server.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { settled } from '../testing/settled.ts';
import { aSound } from '../testing/sounds.ts';
import { allSounds, setWallLock, wallLock } from './lock.ts';
import './wall.ts';

const mira: User = { id: 'mira', name: 'Mira', role: 'user', plan: 'free' };
const sounds = [
  aSound(),
  aSound({ id: 'coin', name: 'Coin' }),
  aSound({ id: 'gong', name: 'صوت الجرس 🔔' }),
  aSound({ id: 'long', name: `Ω${'very '.repeat(1_999)}long` }),
];

let feed: Feed;
let router: Router;
let toasts: ToastEvent[];
const hearToast = (event: ToastEvent): void => void toasts.push(event);

const open = async (
  answers: Answers = {},
  { path = '/wall?board=kitchen', ready = true } = {},
): Promise<void> => {
  history.replaceState(null, '', path);
  const line = connected(
    {
      '/sounds/catalogue': () => ({ items: sounds }),
      '/sounds/waveforms': () => ({ items: {} }),
      '/boards?limit=500': () => ({ items: [board()], next_cursor: null }),
      '/boards/own': () => ownKeysBoard(),
      '/boards/kitchen': () => board(),
      '/auth/me': () => ({ ...mira, email: null, has_password: true }),
      ...answers,
    },
    mira,
  );
  ({ feed } = line);
  const library = createLibrary(line.http);
  router = createRouter();
  const stores: Stores = {
    session: { http: line.http, state: signal(null) } as unknown as SessionStore,
    feed: line.feed,
    library,
    view: createView(library),
    account: {} as Account,
    router,
  };
  const loaded = library.load();
  if (ready) await loaded;
  render(
    html`<enc-wall .stores=${stores} .user=${mira} .url=${router.url.peek()}></enc-wall>`,
    document.body,
  );
  router.url.subscribe((url) => {
    const wall = document.querySelector('enc-wall');
    if (wall) wall.url = url;
  });
  await expect.element(page.getByRole('button', { name: 'Stop all' })).toBeVisible();
};
const board = (part: Partial<Board> = {}): Board =>
  aBoard({ keys: [{ key: 2, sound_id: 'coin' }], ...part });
const poor = { code: 'not_enough_credits', detail: 'You need 1 credit more.' };
const pad = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) });
const corner = () => page.getByRole('button', { name: /^Locked/ });
const password = () => page.getByLabelText('Password of Mira');
const names = (): string[] =>
  page
    .getByRole('list')
    .elements()
    .flatMap((list) => [...list.querySelectorAll('enc-wall-pad')])
    .map((one) => one.sound.id);
const commands = (): string[] =>
  FakeSocket.last.sent.map(({ command }) => command).filter((one) => one !== 'ping');
const faultsInBoth = async (): Promise<string[]> => {
  const faults: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    inTheme(theme);
    await settled();
    faults.push(...(await accessibilityFaults(document.body)));
  }
  return faults;
};
const heldFor = (ms: number): void => void vi.advanceTimersByTime(ms);
const holdByKey = async (ms: number): Promise<void> => {
  (corner().element() as HTMLElement).focus();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const key = (type: string): void =>
    void corner()
      .element()
      .dispatchEvent(new KeyboardEvent(type, { key: 'Enter', bubbles: true }));
  key('keydown');
  heldFor(ms);
  key('keyup');
  vi.useRealTimers();
};

beforeEach(() => {
  localStorage.clear();
  setWallLock(null);
  toasts = [];
  document.body.addEventListener('enc-toast', hearToast);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  document.body.removeEventListener('enc-toast', hearToast);
  setWallLock(null);
  router.stop();
  feed.stop();
  render(nothing, document.body);
  history.replaceState(null, '', '/');
  vi.unstubAllGlobals();
});

describe('what it shows', () => {
  test('the pads of its board, in their order, and nothing that comes with a pointer', async () => {
    await open();
    await expect.poll(names).toEqual(['horn', 'coin']);
    await userEvent.hover(pad('Air horn'));
    expect(page.getByRole('button', { name: /^(Favourite|More)/ }).elements()).toEqual([]);
    expect(await faultsInBoth()).toEqual([]);
    await userEvent.click(pad('Air horn'));
    expect(FakeSocket.last.sent.at(-1)).toMatchObject({
      command: 'play_sound',
      data: { sound_id: 'horn' },
    });
    const data = { play_id: 'p', sound_id: 'horn', latency_ms: 23 };
    FakeSocket.last.say({ type: 'sound_played', position: 2, at: '', data });
    await expect.element(page.getByText('23 ms').first()).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    await userEvent.click(page.getByRole('button', { name: 'Stop all' }));
    expect(commands().at(-1)).toBe('stop_sounds');
  });

  test('all sounds without a board; another one is chosen above them', async () => {
    await open({}, { path: '/wall' });
    await expect.poll(names).toEqual(['horn', 'coin', 'gong', 'long']);
    expect(await faultsInBoth()).toEqual([]);
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Board' }), 'Kitchen');
    await expect.poll(names).toEqual(['horn', 'coin']);
  });

  test('the keys of the board play', async () => {
    await open();
    await expect.element(pad('Coin')).toHaveAttribute('aria-keyshortcuts', '2');
    await userEvent.keyboard('2');
    expect(FakeSocket.last.sent.at(-1)?.data).toEqual({ sound_id: 'coin' });
  });

  test('skeletons while it loads', async () => {
    await open({ '/boards/kitchen': () => new Promise<never>(() => {}) });
    await expect.element(page.getByRole('list', { name: 'Loading sounds' })).toBeInTheDocument();
    expect(await faultsInBoth()).toEqual([]);
  });

  test('why there is nothing, and what to do', async () => {
    await open({ '/boards/kitchen': () => board({ sounds: [] }) });
    await expect.element(page.getByText('Nothing stands on Kitchen yet')).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
  });

  test('without a line it says so, and pads say why they do not play', async () => {
    await open();
    await expect.element(pad('Air horn')).toBeVisible();
    window.dispatchEvent(new Event('offline'));
    await expect.element(page.getByText(/Nothing can be played until/)).toBeVisible();
    await expect.element(pad('Air horn')).toHaveAttribute('aria-disabled', 'true');
    expect(await faultsInBoth()).toEqual([]);
  });

  test('sounds that did not load can be asked for again', async () => {
    let away = true;
    await open(
      { '/sounds/catalogue': () => (away ? 0 : { items: sounds }) },
      { path: '/wall', ready: false },
    );
    await expect.element(page.getByText('The sounds did not load')).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    away = false;
    await userEvent.click(page.getByRole('button', { name: 'Retry' }));
    await expect.poll(names).toEqual(['horn', 'coin', 'gong', 'long']);
  });

  test('a refused press says why', async () => {
    await open();
    await userEvent.click(pad('Coin'));
    const { id } = FakeSocket.last.sent.at(-1) ?? expect.unreachable();
    FakeSocket.last.say({ type: 'refused', id, ...poor });
    await expect.poll(() => toasts.at(-1)?.text).toBe('You need 1 credit more.');
    expect(toasts.at(-1)?.way).toMatchObject({ href: '/credits' });
  });
});

describe('locked', () => {
  const lock = async (answers: Answers = {}): Promise<void> => {
    await open(answers);
    await expect.poll(names).toEqual(['horn', 'coin']);
    await userEvent.click(page.getByRole('button', { name: 'Lock', exact: true }));
    await expect.element(corner()).toBeVisible();
  };

  test('there is no way out: no link, no choice, no other address', async () => {
    await lock();
    expect(wallLock.value).toBe('kitchen');
    expect(localStorage.getItem('encore.wall')).toBe('kitchen');
    expect(page.getByRole('link').elements()).toEqual([]);
    expect(page.getByRole('combobox').elements()).toEqual([]);
    router.go('/credits');
    expect(router.place.value).toBe('wall');
    await expect.poll(names).toEqual(['horn', 'coin']);
    expect(await faultsInBoth()).toEqual([]);
    await userEvent.click(pad('Coin'));
    const { id } = FakeSocket.last.sent.at(-1) ?? expect.unreachable();
    FakeSocket.last.say({ type: 'refused', id, ...poor });
    await expect.poll(() => toasts.at(-1)?.text).toBe('You need 1 credit more.');
    expect(toasts.at(-1)?.way).toBeNull();
  });

  test('what it was locked to stays, whatever the address says', async () => {
    setWallLock(allSounds);
    await open();
    await expect.poll(names).toEqual(['horn', 'coin', 'gong', 'long']);
    await expect.element(page.getByRole('heading', { name: 'All sounds' })).toBeVisible();
  });

  test('the corner held for 3 seconds asks for the password, and not before', async () => {
    await lock({
      '/auth/me/confirm': (body) =>
        (body as { password: string }).password === 'right'
          ? 204
          : problem(403, { code: 'wrong_password', detail: 'This is not the password.' }),
    });
    await holdByKey(2_900);
    expect(password().elements()).toEqual([]);
    await expect.element(page.getByText('Hold for 3 seconds to unlock.')).toBeInTheDocument();
    await holdByKey(3_000);
    await expect.element(password()).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    await userEvent.keyboard('wrong{Enter}');
    await expect.element(page.getByText('This is not the password.')).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
    expect(wallLock.value).toBe('kitchen');
    await userEvent.fill(password(), 'right');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('link', { name: 'Leave' })).toBeVisible();
    expect(wallLock.value).toBeNull();
    expect(location.search).toBe('?board=kitchen');
  });

  test('a finger holds, too', async () => {
    await lock();
    const pointer = (type: string): void =>
      void corner()
        .element()
        .dispatchEvent(new PointerEvent(type, { isPrimary: true, bubbles: true, pointerId: 1 }));
    vi.spyOn(HTMLElement.prototype, 'setPointerCapture').mockImplementation(() => {});
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    pointer('pointerdown');
    heldFor(1_000);
    pointer('pointerup');
    heldFor(3_000);
    expect(password().elements()).toEqual([]);
    pointer('pointerdown');
    heldFor(3_000);
    vi.useRealTimers();
    await expect.element(password()).toBeVisible();
  });

  test('an account that lost its password is told what to do', async () => {
    await lock({ '/auth/me/confirm': () => problem(409, { code: 'no_password', detail: 'No.' }) });
    await holdByKey(3_000);
    await expect.element(password()).toBeVisible();
    await userEvent.keyboard('anything{Enter}');
    await expect.element(page.getByText(/has no password here/)).toBeVisible();
    expect(await faultsInBoth()).toEqual([]);
  });

  test('without an answer it stays locked and says why', async () => {
    await lock({ '/auth/me/confirm': () => 0 });
    await holdByKey(3_000);
    await expect.element(password()).toBeVisible();
    await userEvent.keyboard('right{Enter}');
    await expect.element(page.getByText('Encore does not answer.')).toBeVisible();
    expect(wallLock.value).toBe('kitchen');
  });

  test('a board that is gone says how to get out', async () => {
    await lock();
    const data = { board_id: 'kitchen', change: 'deleted', revision: 4 };
    FakeSocket.last.say({ type: 'board_changed', at: '', data });
    await expect.element(page.getByText(/Hold the lock in the corner/)).toBeVisible();
    expect(page.getByRole('link').elements()).toEqual([]);
    expect(await faultsInBoth()).toEqual([]);
  });
});

test('an account without a password cannot lock, and is led to where one is set', async () => {
  await open({ '/auth/me': () => ({ ...mira, email: null, has_password: false }) });
  await userEvent.click(page.getByRole('button', { name: 'Lock', exact: true }));
  await expect.poll(() => toasts.at(-1)?.way).toMatchObject({ href: '/account' });
  expect(wallLock.value).toBeNull();
});

test('another window of this browser is locked with it', async () => {
  await open();
  localStorage.setItem('encore.wall', 'kitchen');
  window.dispatchEvent(new StorageEvent('storage', { key: 'encore.wall' }));
  await expect.element(corner()).toBeVisible();
});

test('five minutes without a touch dim it; the touch that wakes it does not play', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await open();
  FakeSocket.last.answersPings = true;
  await vi.waitFor(() => expect(pad('Air horn').elements()).toHaveLength(1));
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  window.dispatchEvent(new PointerEvent('pointermove'));
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  const dim = (): Element | null =>
    document.querySelector('enc-wall')?.renderRoot.querySelector('.asleep') ?? null;
  await document.querySelector('enc-wall')?.updateComplete;
  expect(dim()).toBeNull();
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  await expect.poll(dim).not.toBeNull();
  const before = commands().length;
  const horn = pad('Air horn').element() as HTMLElement;
  horn.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
  horn.click();
  await expect.poll(dim).toBeNull();
  expect(commands()).toHaveLength(before);
  await userEvent.click(pad('Air horn'));
  expect(commands().at(-1)).toBe('play_sound');
});

test('a key that wakes it does nothing else', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await open();
  FakeSocket.last.answersPings = true;
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  vi.useRealTimers();
  const before = commands().length;
  await userEvent.keyboard('2');
  expect(commands()).toHaveLength(before);
  await userEvent.keyboard('2');
  expect(commands().at(-1)).toBe('play_sound');
});

test('the screen stays on while it is shown', async () => {
  const release = vi.fn(async () => {});
  const request = vi.fn(async () => ({ release }));
  vi.spyOn(navigator, 'wakeLock', 'get').mockReturnValue({ request } as unknown as WakeLock);
  await open();
  expect(request).toHaveBeenCalledExactlyOnceWith('screen');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(request).toHaveBeenCalledTimes(2);
  await Promise.resolve();
  render(nothing, document.body);
  await expect.poll(() => release.mock.calls.length).toBeGreaterThan(0);
});
