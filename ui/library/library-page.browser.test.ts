import { signal } from '@preact/signals-core';
import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Sound } from '../../server/sounds/contract.ts';
import { createHttp } from '../api/http.ts';
import { createLibrary } from '../board/library.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import type { Feed } from '../feed/feed.ts';
import type { Link } from '../feed/socket-client.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { fakeServer, problem, type Answers } from '../testing/fake-server.ts';
import { aFullSound, aNormalization, aScan } from '../testing/library.ts';
import { settled } from '../testing/settled.ts';
import './library-page.ts';

const link = signal<Link>('live');
let listeners: Set<(message: FeedMessage) => void>;
let toasts: ToastEvent[];

const say = (type: string, data: object): void => {
  for (const listener of listeners) listener({ type, at: '', data });
};

/** The page at a path below /library, with a server that knows these sounds. */
const open = (
  path: string,
  options: { sounds?: Sound[]; answers?: Answers; role?: 'admin' | 'user' } = {},
): string[] => {
  const { sounds = [], answers = {}, role = 'admin' } = options;
  const { asked } = fakeServer({
    '/sounds/?limit=500': () => ({ items: sounds, next_cursor: null, total: sounds.length }),
    '/admin/users?limit=500': () => ({ items: [{ id: 'bo', name: 'Bo' }], next_cursor: null }),
    '/sounds/catalogue': () => ({ items: [] }),
    ...answers,
  });
  const http = createHttp(() => expect.unreachable());
  const feed = {
    link,
    on: (listener: (message: FeedMessage) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retryNow: () => {},
  } as unknown as Feed;
  render(
    html`<enc-library-page
      .http=${http}
      .feed=${feed}
      .library=${createLibrary(http)}
      .user=${{ id: 'mira', name: 'Mira', role, plan: 'free' }}
      .url=${new URL(`/library${path}`, location.href)}
    ></enc-library-page>`,
    document.body,
  );
  return asked;
};

const faultsInBoth = async (): Promise<string[]> => {
  const faults: string[] = [];
  for (const theme of ['dark', 'light'] as const) {
    inTheme(theme);
    await settled();
    faults.push(...(await accessibilityFaults(document.body)));
  }
  return faults;
};
const lastToast = (): ToastEvent => {
  const toast = toasts.at(-1);
  if (!toast) throw new Error('nothing was said');
  return toast;
};
const pick = (name: string) => page.getByRole('checkbox', { name: `Pick ${name}`, exact: true });
const onToast = (event: ToastEvent): void => void toasts.push(event);

beforeEach(() => {
  listeners = new Set();
  toasts = [];
  link.value = 'live';
  document.body.addEventListener('enc-toast', onToast);
});
afterEach(() => {
  document.body.removeEventListener('enc-toast', onToast);
  render(nothing, document.body);
  vi.unstubAllGlobals();
});

const three = [
  aFullSound({ id: 'a', name: 'Air horn', tags: ['house'], added_by: 'bo' }),
  aFullSound({ id: 'b', name: 'Bell', is_normalized: true, added_by: 'mira' }),
  aFullSound({ id: 'c', name: 'Crickets' }),
];

test('the table tells who brought each sound, and narrows by words, type, loudness and tags', async () => {
  open('', { sounds: three });
  const rows = (): number => page.getByRole('row').elements().length - 1;
  await expect.element(page.getByRole('cell', { name: 'Bo', exact: true })).toBeVisible();
  await expect.element(page.getByRole('cell', { name: 'Found in a folder' })).toBeVisible();
  expect(rows()).toBe(3);
  expect(await faultsInBoth()).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Without tags' }));
  await userEvent.selectOptions(page.getByLabelText('Loudness'), 'Not normalised');
  expect(rows()).toBe(1);
  await expect.element(page.getByText('1 sound found')).toBeVisible();
  await userEvent.fill(page.getByLabelText('Search the library'), 'zzz');
  await userEvent.click(page.getByRole('button', { name: 'Clear search and filters' }));
  expect(rows()).toBe(3);
});

test('Shift picks a range, a tag goes to those that lack it, and Undo takes it back', async () => {
  const sent: unknown[] = [];
  const patched = (id: string) => (body: unknown) => {
    sent.push([id, body]);
    const before = three.find((one) => one.id === id);
    return aFullSound({ ...before, ...(body as { tags: string[] }) });
  };
  open('', {
    sounds: three,
    answers: Object.fromEntries(three.map(({ id }) => [`PATCH /sounds/${id}`, patched(id)])),
  });
  await userEvent.click(pick('Air horn'));
  await userEvent.keyboard('{Shift>}');
  await userEvent.click(pick('Crickets'));
  await userEvent.keyboard('{/Shift}');
  await expect.element(page.getByText('3 picked')).toBeVisible();
  expect(await faultsInBoth()).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Add tag' }));
  await userEvent.click(page.getByRole('button', { name: 'house', exact: true }));
  await vi.waitFor(() => expect(toasts).toHaveLength(1));
  expect(lastToast().text).toBe('2 sounds tagged “house”.');
  expect(sent).toEqual([
    ['b', { tags: ['house'] }],
    ['c', { tags: ['house'] }],
  ]);
  const { way } = lastToast();
  if (!way || !('run' in way)) throw new Error('no way back');
  way.run();
  await vi.waitFor(() => expect(sent).toHaveLength(4));
  expect(sent.slice(2)).toEqual([
    ['b', { tags: [] }],
    ['c', { tags: [] }],
  ]);
});

test('deleting shows how far it is, and tells what was refused', async () => {
  const hold = Promise.withResolvers<number>();
  open('', {
    sounds: three,
    answers: {
      'DELETE /sounds/a': () => hold.promise,
      'DELETE /sounds/b': () => 204,
      'DELETE /sounds/c': () => problem(403, { detail: 'Not yours.' }),
    },
  });
  await userEvent.click(page.getByRole('checkbox', { name: 'Pick all on this page' }));
  await userEvent.click(page.getByRole('button', { name: 'Delete' }));
  await expect.element(page.getByText('2 of 3')).toBeVisible();
  expect(await faultsInBoth()).toEqual([]);
  hold.resolve(204);
  await vi.waitFor(() => expect(toasts).toHaveLength(1));
  expect(lastToast()).toMatchObject({
    text: '2 sounds deleted. “Crickets” was not: Not yours.',
    tone: 'alert',
    way: { label: 'Undo' },
  });
  await expect.element(page.getByText('1 picked')).toBeVisible();
});

test('without a line the actions rest, with the reason', async () => {
  open('', { sounds: three });
  await userEvent.click(pick('Bell'));
  link.value = 'offline';
  const remove = page.getByRole('button', { name: 'Delete' });
  await expect.element(remove).toHaveAttribute('aria-disabled', 'true');
  await expect.element(remove).toHaveAttribute('title', 'Encore is offline.');
  expect(await faultsInBoth()).toEqual([]);
});

test('a member sees the own sounds and the own trash, and nothing to scan or normalise', async () => {
  const asked = open('/scan', { sounds: three, role: 'user' });
  await expect.element(pick('Bell')).toBeVisible();
  expect(page.getByRole('row').elements()).toHaveLength(2);
  expect(
    page
      .getByRole('link')
      .elements()
      .map((one) => one.textContent),
  ).toEqual(['Your sounds', 'Trash']);
  await userEvent.click(pick('Bell'));
  expect(page.getByRole('button', { name: 'Normalise' }).elements()).toEqual([]);
  expect(asked.filter((one) => one.includes('admin'))).toEqual([]);
});

test('a list that does not load says so, and is asked for again', async () => {
  let fails = true;
  open('', {
    answers: {
      '/sounds/?limit=500': () =>
        fails
          ? problem(503, { detail: 'Encore is starting.' })
          : { items: three, next_cursor: null, total: 3 },
    },
  });
  await expect.element(page.getByText('Encore is starting.', { exact: false })).toBeVisible();
  fails = false;
  await userEvent.click(page.getByRole('button', { name: 'Retry' }));
  await expect.element(pick('Bell')).toBeVisible();
});

test('a scan that runs is shown with its numbers, and its report when it has ended', async () => {
  let scan = aScan({
    state: 'running',
    finished_at: null,
    report: null,
    progress: { done: 3, total: 40 },
  });
  open('/scan', { answers: { '/sounds/scan': () => ({ scan }) } });
  await expect.element(page.getByText('3 of 40')).toBeVisible();
  say('job_progress', { job: 'scan', job_id: 'scan-1', done: 21, total: 40, state: 'running' });
  await expect.element(page.getByText('21 of 40')).toBeVisible();
  expect(await faultsInBoth()).toEqual([]);
  scan = aScan();
  say('job_progress', { job: 'scan', job_id: 'scan-1', done: 40, total: 40, state: 'finished' });
  await expect.element(page.getByText('no audio in it')).toBeVisible();
  expect(page.getByRole('row').elements()).toHaveLength(5);
  expect(await faultsInBoth()).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: '2 Added' }));
  expect(page.getByRole('row').elements()).toHaveLength(3);
  await userEvent.fill(page.getByLabelText('Search the report'), 'cafe');
  await expect.element(page.getByText('1 file', { exact: true })).toBeVisible();
});

test('a scan is cancelled', async () => {
  let scan = aScan({ state: 'running', finished_at: null, report: null, progress: null });
  const asked = open('/scan', {
    answers: {
      '/sounds/scan': () => ({ scan }),
      'POST /sounds/scan/cancel': () => {
        scan = aScan({ state: 'cancelled' });
        return { scan };
      },
    },
  });
  await userEvent.click(page.getByRole('button', { name: 'Cancel' }));
  await expect.element(page.getByText(/Cancelled; what it had found stays/)).toBeVisible();
  expect(asked).toContain('POST /sounds/scan/cancel');
});

test('loudness: how many, the job that runs, and what it could not do', async () => {
  let report = aNormalization({ state: 'running', done: 1, failed: 0, failures: [] });
  const started = vi.fn(() => aNormalization({ state: 'running' }));
  open('/loudness', {
    answers: {
      '/sounds/?limit=1&is_normalized=true': () => ({ items: [], total: 1 }),
      '/sounds/?limit=1': () => ({ items: [], total: 3 }),
      'GET /sounds/normalize': () => report,
      'POST /sounds/normalize/type/TTS?force=true&one_pass=false': started,
    },
  });
  // As after a reload: the job goes on, and is shown at once.
  await expect.element(page.getByText('1 of 3')).toBeVisible();
  const told = { job: 'normalize', job_id: 'norm-1', total: 3 };
  say('job_progress', { ...told, done: 2, state: 'running', title: 'Crickets' });
  await expect.element(page.getByText('2 of 3')).toBeVisible();
  await expect.element(page.getByText('Crickets')).toBeVisible();
  expect(await faultsInBoth()).toEqual([]);
  report = aNormalization();
  say('job_progress', { ...told, done: 3, state: 'finished' });
  await expect.element(page.getByText('1 sound could not be normalised')).toBeVisible();
  await userEvent.click(page.getByText('What the tool said'));
  await expect.element(page.getByText('ffmpeg: -inf LUFS')).toBeVisible();
  expect(await faultsInBoth()).toEqual([]);
  await userEvent.selectOptions(page.getByLabelText('Which sounds'), 'Speech');
  await userEvent.click(page.getByRole('checkbox', { name: 'Those that are normalised too' }));
  await userEvent.click(page.getByRole('button', { name: 'Normalise speech again' }));
  expect(started).toHaveBeenCalledOnce();
});

test('a removed sound comes back', async () => {
  const item = {
    ...aFullSound({ id: 'b', name: 'Bell' }),
    removed_at: new Date().toISOString(),
    removed_by: 'bo',
    purged_after: new Date(Date.now() + 29.5 * 86_400_000).toISOString(),
  };
  let items = [item];
  open('/trash', {
    answers: {
      '/sounds/trash': () => ({ items }),
      'POST /sounds/b/restore': () => {
        items = [];
        return aFullSound();
      },
    },
  });
  await expect.element(page.getByText('Gone for good in 29 days')).toBeVisible();
  await expect.element(page.getByText(/just now by Bo/)).toBeVisible();
  expect(await faultsInBoth()).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Restore Bell' }));
  await expect.element(page.getByText('Nothing was removed.')).toBeVisible();
  expect(lastToast().text).toBe('“Bell” is back on the board.');
});
