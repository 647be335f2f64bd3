import { html, nothing, render } from 'lit';
import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { User } from '../../server/users/contract.ts';
import type { Catalogue } from '../../server/sounds/contract.ts';
import { createHttp } from '../api/http.ts';
import type { SessionState, SessionStore } from '../api/session.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import { createFeed, type Feed } from '../feed/feed.ts';
import { accessibilityFaults } from '../testing/axe.ts';
import { fakeServer, type Answers } from '../testing/fake-server.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import { aSound, manySounds } from '../testing/sounds.ts';
import './board.ts';
import type { EncBoard } from './board.ts';
import { createLibrary, type Library } from './library.ts';
import { createView } from './view.ts';

let feed: Feed;
let library: Library;

const board = async (
  items: Catalogue['items'],
  answers: Answers = {},
  may: 'scan' | 'add' | 'listen' = 'scan',
): Promise<{ element: EncBoard; asked: string[] }> => {
  const { asked } = fakeServer({
    '/sounds/catalogue': () => ({ items }),
    '/sounds/waveforms': () => ({ items: {} }),
    ...answers,
  });
  const user: User = {
    id: 'u',
    name: 'Mira',
    role: may === 'scan' ? 'admin' : may === 'listen' ? 'guest' : 'user',
    plan: 'admin',
  };
  const none = async (): Promise<void> => {};
  const http = createHttp(() => expect.unreachable());
  const state = signal<SessionState>({ status: 'signed-in', user });
  const session: SessionStore = {
    state,
    http,
    check: none,
    login: none,
    setup: none,
    register: none,
    know: () => {},
    logout: none,
  };
  FakeSocket.all.length = 0;
  feed = createFeed(session, (url) => new FakeSocket(url) as unknown as WebSocket);
  library = createLibrary(http);
  const view = createView(library);
  feed.start();
  FakeSocket.last.hello();
  await library.load();
  render(
    html`<enc-board
      .library=${library}
      .feed=${feed}
      .view=${view}
      .http=${http}
      .user=${user}
      ?may-add=${may !== 'listen'}
    ></enc-board>`,
    document.body,
  );
  const element = document.querySelector('enc-board');
  if (!element) throw new Error('no board');
  element.style.setProperty('block-size', '700px');
  await element.updateComplete;
  return { element, asked };
};
const progress = (done: number, total: number): void =>
  FakeSocket.last.say({ type: 'job_progress', at: '', data: { job: 'scan', done, total } });
const heading = () => page.getByRole('heading', { level: 2 });

beforeEach(() => localStorage.clear());
afterEach(() => {
  feed.stop();
  render(nothing, document.body);
  vi.unstubAllGlobals();
});

test('an empty board lets the administrator look through the folders', async () => {
  const found = Promise.withResolvers<void>();
  const items: Catalogue['items'] = [];
  const { element, asked } = await board(items, {
    '/sounds/scan': async () => {
      await found.promise;
      items.push(aSound());
      return { added: ['horn.wav'], errors: [] };
    },
  });
  await expect.element(heading()).toHaveTextContent('No sounds yet');
  expect(await accessibilityFaults(document.body)).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Look again' }));
  await expect.element(heading()).toHaveTextContent('Scanning the folders');
  progress(3, 12);
  await expect.element(heading()).toHaveTextContent('Scanning 3 of 12');
  expect(await accessibilityFaults(document.body)).toEqual([]);
  // Once is enough.
  (page.getByRole('button', { name: 'Looking…' }).element() as HTMLElement).click();
  found.resolve();
  await expect.element(page.getByRole('button', { name: /^Air horn/ })).toBeVisible();
  expect(asked.filter((one) => one === 'POST /sounds/scan')).toHaveLength(1);
  expect(element.renderRoot.querySelector('enc-notice')).toBeNull();
});

test('a look that finds nothing says so', async () => {
  await board([], {
    '/sounds/scan': () => ({ added: [], errors: [{ file: 'a.txt', reason: 'not audio' }] }),
  });
  await userEvent.click(page.getByRole('button', { name: 'Look again' }));
  await expect
    .element(page.getByText('1 file could not be read. a.txt: not audio.'))
    .toBeInTheDocument();
});

test('who may only listen is told who brings sounds', async () => {
  await board([], {}, 'listen');
  await expect.element(page.getByText(/Somebody who may add sounds/)).toBeVisible();
  expect(page.getByRole('button', { name: /Look again|Add sounds/ }).elements()).toEqual([]);
  progress(1, 2);
  await expect.element(heading()).toHaveTextContent('Scanning 1 of 2');
});

test('Escape clears the words and goes back to the start of the list', async () => {
  const { element } = await board(manySounds(400));
  await userEvent.keyboard('/sound');
  await expect.element(page.getByLabelText('Search sounds')).toHaveValue('sound');
  const grid = element.renderRoot.querySelector('enc-virtual-grid');
  if (!grid) throw new Error('no grid');
  grid.scrollTop = 2_000;
  await expect.poll(() => grid.scrollTop).toBe(2_000);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByLabelText('Search sounds')).toHaveValue('');
  expect(grid.scrollTop).toBe(0);
});

test('a measured press is shown without drawing the pads again', async () => {
  const { element } = await board([aSound()]);
  await expect.element(page.getByRole('button', { name: /^Air horn/ })).toBeVisible();
  const drawn = vi.fn();
  element.addController({ hostConnected: () => {}, hostUpdate: drawn });
  const press = feed.play('horn');
  const id = FakeSocket.last.sent.find(({ command }) => command === 'play_sound')?.id;
  FakeSocket.last.say({ type: 'ack', id, data: { play_id: 'p' } });
  await press;
  const data = { play_id: 'p', sound_id: 'horn', latency_ms: 23 };
  FakeSocket.last.say({ type: 'sound_played', position: 2, at: '', data });
  await expect.element(page.getByText('Live · 23 ms')).toBeVisible();
  expect(drawn).not.toHaveBeenCalled();
});

test('tags begin with a capital letter on their chips', async () => {
  await board([aSound({ tags: ['games'] })]);
  await expect.element(page.getByRole('button', { name: 'Games', exact: true })).toBeVisible();
});

test('members choose files for an empty board, and have no folders to look through', async () => {
  const { element } = await board([], {}, 'add');
  const asked = vi.fn();
  element.addEventListener('enc-add-sounds', asked);
  expect(page.getByRole('button', { name: 'Look again' }).elements()).toEqual([]);
  const buttons = page.getByRole('button', { name: 'Add sounds' });
  expect(buttons.elements()).toHaveLength(2);
  await userEvent.click(buttons.first());
  await userEvent.click(buttons.last());
  expect(asked).toHaveBeenCalledTimes(2);
});

const pad = (name: RegExp) => page.getByRole('button', { name });
const pressX = async (name: RegExp): Promise<void> => {
  await expect.element(pad(name)).toBeVisible();
  (pad(name).element() as HTMLElement).focus();
  await userEvent.keyboard('x');
};
const toasts = (): ToastEvent[] => {
  const told: ToastEvent[] = [];
  document.body.addEventListener('enc-toast', (event) => told.push(event), { once: true });
  return told;
};
const textsOf = (told: readonly ToastEvent[]): string[] => told.map(({ text }) => text);

test('X selects a pad; presses pick then instead of playing, Shift a range, and Escape ends it', async () => {
  const { element } = await board([...manySounds(4)]);
  const [first, second, third, fourth] = library.sounds.value.map(
    ({ name }) => new RegExp(`^${name}`),
  ) as [RegExp, RegExp, RegExp, RegExp];
  await pressX(first);
  await expect.element(page.getByText('1 picked')).toBeVisible();
  await expect.element(pad(first)).toHaveAttribute('aria-pressed', 'true');
  await userEvent.keyboard('{Shift>}');
  await userEvent.click(pad(third));
  await userEvent.keyboard('{/Shift}');
  await expect.element(page.getByText('3 picked')).toBeVisible();
  await userEvent.click(pad(second));
  await expect.element(page.getByText('2 picked')).toBeVisible();
  await expect.element(pad(fourth)).toHaveAttribute('aria-pressed', 'false');
  expect(await accessibilityFaults(element)).toEqual([]);
  await userEvent.keyboard('{Control>}a{/Control}');
  await expect.element(page.getByText('4 picked')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByText('4 picked')).not.toBeInTheDocument();
  await expect.element(pad(first)).not.toHaveAttribute('aria-pressed');
  expect(FakeSocket.last.sent.filter((one) => JSON.stringify(one).includes('play_sound'))).toEqual(
    [],
  );
});

test('picked sounds are deleted together, and Undo brings them back', async () => {
  const asked: string[] = [];
  const items = [...manySounds(3)];
  const [one, two] = items as [(typeof items)[0], (typeof items)[0]];
  const gone = (id: string) => () => {
    asked.push(`delete ${id}`);
    return 204;
  };
  await board(items, {
    [`DELETE /sounds/${one.id}`]: gone(one.id),
    [`DELETE /sounds/${two.id}`]: gone(two.id),
    [`POST /sounds/${one.id}/restore`]: () => one,
    [`POST /sounds/${two.id}/restore`]: () => two,
  });
  const told = toasts();
  await pressX(new RegExp(`^${one.name}`));
  await userEvent.click(pad(new RegExp(`^${two.name}`)));
  await userEvent.click(page.getByRole('button', { name: 'Delete' }));
  await vi.waitFor(() => expect(textsOf(told)).toEqual(['2 sounds deleted.']));
  expect(asked.toSorted()).toEqual([`delete ${one.id}`, `delete ${two.id}`].toSorted());
  await expect.element(page.getByText('None picked')).toBeVisible();
  expect(library.sounds.value).toHaveLength(1);
  const way = told[0]?.way;
  if (!way || !('run' in way)) return expect.unreachable();
  way.run();
  await vi.waitFor(() => expect(library.sounds.value).toHaveLength(3));
});

test('picked sounds are normalised as one batch', async () => {
  const bodies: unknown[] = [];
  const items = [...manySounds(3)];
  const [one] = items as [(typeof items)[0]];
  const job = { job_id: 'n', kind: 'picked', total: 1, done: 1, failed: 0, state: 'finished' };
  await board(items, {
    'POST /sounds/normalize': (body) => {
      bodies.push(body);
      return { ...job, done: 0, state: 'running' };
    },
    'GET /sounds/normalize': () => ({ ...job, failures: [] }),
  });
  const told = toasts();
  await pressX(new RegExp(`^${one.name}`));
  await userEvent.click(page.getByRole('button', { name: 'Normalise' }));
  await vi.waitFor(() => expect(textsOf(told)).toEqual(['1 sound normalised.']));
  expect(bodies).toEqual([{ sound_ids: [one.id] }]);
});

test('a guest may pick favourites and nothing else', async () => {
  await board([...manySounds(2)], {}, 'listen');
  const name = new RegExp(`^${library.sounds.value[0]?.name ?? ''}`);
  await pressX(name);
  await expect.element(page.getByRole('button', { name: 'Favourite', exact: true })).toBeVisible();
  for (const label of ['Delete', 'Add tag', 'Policy', 'Normalise', 'Add to playlist']) {
    await expect.element(page.getByRole('button', { name: label })).not.toBeInTheDocument();
  }
});
