import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createLibrary } from '../board/library.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import type { Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { connected } from '../testing/connected.ts';
import { problem, type Answers } from '../testing/fake-server.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { aPlayer, aTrack, wholeState } from '../testing/player.ts';
import { settled } from '../testing/settled.ts';
import { playerOf } from './player.ts';
import './queue.ts';

const queue = ['Gong', 'Coin', 'Laser'].map((name, at) => ({
  queue_id: `q${at}`,
  sound: aTrack({ id: `s${at}`, name }),
}));

let feed: Feed;
let toasts: ToastEvent[];
const hearToast = (event: ToastEvent): void => void toasts.push(event);

const open = async (answers: Answers = {}, control = true): Promise<readonly string[]> => {
  const line = connected({
    '/player/state': () => wholeState(aPlayer({ queue })),
    '/player/state?tracks=false': () => wholeState(aPlayer({ queue })),
    ...answers,
  });
  ({ feed } = line);
  render(
    html`<enc-queue
      .player=${playerOf(feed, line.http)}
      .library=${createLibrary(line.http)}
      ?control=${control}
    ></enc-queue>`,
    document.body,
  );
  document.querySelector<HTMLElement>('enc-queue')?.style.setProperty('height', '500px');
  await expect.element(row('Slap bass')).toBeVisible();
  return line.asked;
};

const row = (name: string) => page.getByRole('button', { name: new RegExp(`^(Play )?${name}`) });
const names = (): (string | undefined)[] =>
  page
    .getByRole('listitem')
    .elements()
    .map((one) => one.querySelector('enc-track-row')?.sound.name);
const menu = async (name: string, entry: string): Promise<void> => {
  await userEvent.hover(row(name));
  await userEvent.click(page.getByRole('button', { name: `More for ${name}` }));
  await userEvent.click(page.getByRole('menuitem', { name: entry }));
};
const listed = ['Night forest', 'Slap bass'];

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

test('Alt and an arrow move what is queued, and a voice says where it is', async () => {
  let order: unknown;
  await open({
    'PUT /player/queue/order': (body) => {
      order = body;
      return 204;
    },
  });
  (row('Gong').element() as HTMLElement).focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await expect.poll(names).toEqual(['Coin', 'Gong', 'Laser', ...listed]);
  await expect.element(page.getByText('Gong is now 2 of 3.')).toBeInTheDocument();
  expect(order).toEqual({ queue_ids: ['q1', 'q0', 'q2'] });
});

test('the menu of a queued track moves it to the end of the queue, not of the list', async () => {
  await open({ 'PUT /player/queue/order': () => 204 });
  await menu('Gong', 'Move to the end');
  await expect.poll(names).toEqual(['Coin', 'Laser', 'Gong', ...listed]);
});

test('a refused order goes back and is explained', async () => {
  const detail = 'The queue has changed meanwhile.';
  await open({ 'PUT /player/queue/order': () => problem(409, { code: 'order_stale', detail }) });
  await menu('Laser', 'Move up');
  await expect.poll(() => toasts.map(({ text }) => text)).toEqual([detail]);
  await expect.poll(names).toEqual(['Gong', 'Coin', 'Laser', ...listed]);
  await expect.element(page.getByText('Laser stays where it was.')).toBeInTheDocument();
});

test('a pointer drags a queued track to another place', async () => {
  let order: unknown;
  await open({
    'PUT /player/queue/order': (body) => {
      order = body;
      return 204;
    },
  });
  const rows = page.getByRole('listitem').elements();
  const grip = rows[2]?.querySelector('enc-track-row')?.shadowRoot?.querySelector('.grip');
  const to = rows[0]?.getBoundingClientRect();
  const press = { bubbles: true, composed: true, button: 0 };
  grip?.dispatchEvent(new PointerEvent('pointerdown', press));
  window.dispatchEvent(new PointerEvent('pointermove', { clientY: (to?.top ?? 0) + 4 }));
  await expect
    .poll(() => document.querySelector('enc-queue')?.shadowRoot?.querySelector('.drop'))
    .not.toBeNull();
  window.dispatchEvent(new PointerEvent('pointerup'));
  await expect.poll(names).toEqual(['Laser', 'Gong', 'Coin', ...listed]);
  expect(order).toEqual({ queue_ids: ['q2', 'q0', 'q1'] });
});

test('nothing is said to follow before the list has come', async () => {
  const line = connected({
    '/player/state': () => wholeState(aPlayer({ mode: 'loop' })),
    '/player/state?tracks=false': () => aPlayer({ mode: 'loop' }),
  });
  ({ feed } = line);
  const player = playerOf(feed, line.http);
  await expect.poll(() => player.state.value).not.toBeNull();
  const unasked = { ...player, wantTracks: () => () => {} };
  const library = createLibrary(line.http);
  render(html`<enc-queue .player=${unasked} .library=${library}></enc-queue>`, document.body);
  await expect.element(page.getByRole('heading', { name: 'Up next' })).toBeVisible();
  expect(page.getByText(/Nothing follows/).elements()).toEqual([]);
});

test('what follows from the list cannot be moved', async () => {
  const asked = await open();
  (row('Night forest').element() as HTMLElement).focus();
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  expect(page.getByRole('button', { name: 'More for Night forest' }).elements()).toEqual([]);
  expect(asked).not.toContain('PUT /player/queue/order');
});

test('a track is taken out of the queue, and put back where it was', async () => {
  let order: unknown;
  const asked = await open({
    'DELETE /player/queue/q1': () => 204,
    'POST /player/queue': () => ({ queue_id: 'q9' }),
    'PUT /player/queue/order': (body) => {
      order = body;
      return 204;
    },
  });
  await menu('Coin', 'Take out');
  await expect.poll(() => asked).toContain('DELETE /player/queue/q1');
  await expect.poll(() => toasts.map(({ text }) => text)).toEqual(['Coin is out of the queue.']);
  const rest = queue.filter(({ queue_id }) => queue_id !== 'q1');
  FakeSocket.last.say({ type: 'player_state', at: '', data: aPlayer({ queue: rest }) });
  const way = toasts[0]?.way;
  if (way && 'run' in way) way.run();
  await expect.poll(() => order).toEqual({ queue_ids: ['q0', 'q9', 'q2'] });
});

test('guests see the queue and cannot change it', async () => {
  await open({}, false);
  expect(page.getByRole('button', { name: 'More for Gong' }).elements()).toEqual([]);
  (row('Gong').element() as HTMLElement).focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  expect(names()).toEqual(['Gong', 'Coin', 'Laser', ...listed]);
});

test.each(['light', 'dark'] as const)('is accessible when %s', async (theme) => {
  inTheme(theme);
  await open();
  await userEvent.hover(row('Gong'));
  await userEvent.click(page.getByRole('button', { name: 'More for Gong' }));
  await settled();
  expect(await accessibilityFaults(document.body)).toEqual([]);
});
