import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { CatalogueItem } from '../../server/sounds/contract.ts';
import { createHttp } from '../api/http.ts';
import { createLibrary, type Library } from './library.ts';

type Answer = {
  path: string;
  with(body: object, status?: number, headers?: Record<string, string>): Promise<void>;
};

let library: Library;
/** Requests without an answer yet, oldest first. */
let open: Answer[];
let asked: string[];

beforeEach(() => {
  vi.useFakeTimers();
  open = [];
  asked = [];
  vi.stubGlobal('fetch', (url: string) => {
    const path = url.replace('/api/v1/sounds/', '');
    const { promise, resolve } = Promise.withResolvers<Response>();
    asked.push(path);
    open.push({
      path,
      async with(body, status = 200, headers = {}) {
        open = open.filter((one) => one !== this);
        resolve(Response.json(body, { status, headers }));
        await vi.advanceTimersByTimeAsync(0);
      },
    });
    return promise;
  });
  library = createLibrary(createHttp(() => expect.unreachable()));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const next = (path: string): Answer => {
  const found = open.find((one) => one.path === path);
  if (!found) throw new Error(`nobody asked for ${path}: ${asked.join()}`);
  return found;
};
const catalogue = (...ids: string[]): object => ({
  items: ids.map((id) => ({ id, type: 'SDB', name: id, duration: 1, play_count: 0, tags: [] })),
});
const waveforms = (...ids: string[]): object => ({
  items: Object.fromEntries(ids.map((id) => [id, '8'.repeat(44)])),
});
const shown = (): string => library.sounds.value.map((sound) => sound.id).join('');
const message = (type: string, data: object): FeedMessage => ({ type, at: '', data });
const changed = (id: string): void => library.hear(message('sound_changed', { sound_id: id }));
const loaded = async (...ids: string[]): Promise<void> => {
  void library.load();
  await next('catalogue').with(catalogue(...ids));
  if (ids.length > 0) await next('waveforms').with(waveforms(...ids));
  asked = [];
};

test('a scan that adds sound after sound is followed, not waited for', async () => {
  await loaded('a');
  for (let ms = 0; ms < 5_000; ms += 100) {
    changed(`new ${ms}`);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked).toEqual(['catalogue', 'catalogue', 'catalogue']);
});

test('many changes at once load once', async () => {
  await loaded('a');
  for (const id of ['b', 'c', 'd']) changed(id);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual(['catalogue']);
});

test('a reload that failed leaves the board, and is made up for when the line is back', async () => {
  await loaded('a');
  changed('b');
  await vi.advanceTimersByTimeAsync(400);
  await next('catalogue').with({}, 503);
  expect([library.status.value, shown()]).toEqual(['ready', 'a']);
  library.catchUp();
  await next('catalogue').with(catalogue('a', 'b'));
  expect(shown()).toBe('ab');
  asked = [];
  library.catchUp();
  expect(asked).toEqual([]);
});

test('the first load that failed is made up for too', async () => {
  void library.load();
  await next('catalogue').with({}, 503);
  expect(library.status.value).toBe('error');
  library.catchUp();
  await next('catalogue').with(catalogue('a'));
  expect([library.status.value, shown()]).toEqual(['ready', 'a']);
});

test('waveforms that did not come are asked for again', async () => {
  void library.load();
  await next('catalogue').with(catalogue('a'));
  await next('waveforms').with({}, 503);
  library.catchUp();
  await next('catalogue').with(catalogue('a'));
  await next('waveforms').with(waveforms('a'));
  expect(Object.keys(library.waveforms.value)).toEqual(['a']);
});

test('an answer that was overtaken does not turn the board back', async () => {
  await loaded('a');
  void library.load();
  void library.load();
  const [older, newer] = open;
  await newer?.with(catalogue('a', 'b'));
  await older?.with(catalogue('a'));
  expect(shown()).toBe('ab');
});

test('a failure that was overtaken by a success is forgotten', async () => {
  await loaded('a');
  void library.load();
  void library.load();
  const [older, newer] = open;
  await newer?.with(catalogue('a'));
  await older?.with({}, 503);
  asked = [];
  library.catchUp();
  expect(asked).toEqual([]);
});

test('waveforms are loaded for sounds that have none yet, or another one', async () => {
  await loaded('a', 'b');
  void library.load();
  await next('catalogue').with(catalogue('b', 'a'));
  expect(asked).toEqual(['catalogue']);

  void library.load();
  await next('catalogue').with(catalogue('a', 'b', 'c'));
  // One without a waveform is not asked for at every reload.
  await next('waveforms').with(waveforms('a', 'b'));
  void library.load();
  await next('catalogue').with(catalogue('a', 'b', 'c'));
  expect(open).toEqual([]);

  changed('a');
  await vi.advanceTimersByTimeAsync(400);
  await next('catalogue').with(catalogue('a', 'b', 'c'));
  await next('waveforms').with(waveforms('a', 'b', 'c'));
  expect(open).toEqual([]);
});

test('a scan tells how far it is, and is over when its sounds are here', async () => {
  await loaded();
  const scan = library.scan();
  expect(library.scanning.value).toEqual({ done: 0, total: 0 });
  library.hear(message('job_progress', { job: 'scan', done: 3, total: 12 }));
  library.hear(message('job_progress', { job: 'normalize', done: 1, total: 2 }));
  expect(library.scanning.value).toEqual({ done: 3, total: 12 });
  const report = { added: ['a.wav'], errors: [] };
  await next('scan').with(report);
  expect(library.scanning.value).not.toBeNull();
  await next('catalogue').with(catalogue('a'));
  await next('waveforms').with(waveforms('a'));
  expect(await scan).toEqual(report);
  expect([library.scanning.value, shown()]).toEqual([null, 'a']);
});

test('a scan of somebody else ends with its last file, or when it falls silent', async () => {
  await loaded();
  library.hear(message('job_progress', { job: 'scan', done: 12, total: 12 }));
  await vi.advanceTimersByTimeAsync(400);
  expect(library.scanning.value).not.toBeNull();
  await next('catalogue').with(catalogue());
  expect(library.scanning.value).toBeNull();
  library.hear(message('job_progress', { job: 'scan', done: 3, total: 12 }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(library.scanning.value).toBeNull();
});

test('what was known is shown until the box answers, and is asked for again when it does', async () => {
  const { items } = catalogue('a', 'b') as { items: CatalogueItem[] };
  library.restore({ items, waveforms: { a: '4'.repeat(44) }, favourites: ['b'] });
  expect([shown(), library.status.value, [...library.favourites.ids.value]]).toEqual([
    'ab',
    'ready',
    ['b'],
  ]);
  library.catchUp();
  expect(asked).toEqual(['catalogue', 'favourites']);
  await next('catalogue').with(catalogue('a'));
  expect(shown()).toBe('a');
});

test('what was known does not take the place of what the box has said', async () => {
  await loaded('a');
  const { items } = catalogue('b') as { items: CatalogueItem[] };
  library.restore({ items, waveforms: {}, favourites: [] });
  expect(shown()).toBe('a');
});

test('hearts that were known stay where nobody answers', async () => {
  library.restore({ items: [], waveforms: {}, favourites: ['b'] });
  void library.favourites.load();
  await next('favourites').with({}, 503);
  expect([...library.favourites.ids.value]).toEqual(['b']);
});

describe('a page that opens', () => {
  const first = 'catalogue?limit=80';

  beforeEach(() => {
    vi.stubGlobal('location', { pathname: '/', search: '' });
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw));
  });

  test('shows its first pads before it asks for all sounds', async () => {
    void library.open();
    await next(first).with(catalogue('a', 'b'));
    expect(library.first.value.map(({ id }) => id)).toEqual(['a', 'b']);
    expect([library.status.value, shown(), asked]).toEqual(['loading', '', [first]]);
    expect(library.byId.value.get('b')?.name).toBe('b');
    await vi.advanceTimersByTimeAsync(1_000);
    await next('catalogue').with(catalogue('a', 'b', 'c'));
    expect([library.status.value, shown()]).toEqual(['ready', 'abc']);
    expect(library.first.value).toEqual([]);
  });

  test('keeps the pads that it showed when all sounds are here', async () => {
    void library.open();
    await next(first).with(catalogue('a', 'b'));
    const [a] = library.first.value;
    await vi.advanceTimersByTimeAsync(1_000);
    await next('catalogue').with(catalogue('a', 'b', 'c'));
    expect(library.sounds.value[0]).toBe(a);
  });

  test('asks for all sounds where the first ones do not come', async () => {
    void library.open();
    await next(first).with({}, 503);
    await next('catalogue').with(catalogue('a'));
    expect([library.status.value, shown()]).toEqual(['ready', 'a']);
  });

  test('asks for all sounds at once where they stand in another order, or on a board', async () => {
    vi.stubGlobal('location', { pathname: '/', search: '?board=party' });
    void library.open();
    vi.stubGlobal('location', { pathname: '/', search: '' });
    vi.stubGlobal('localStorage', { getItem: () => 'name' });
    void library.open();
    expect(asked).toEqual(['catalogue', 'catalogue']);
  });
});

test('an answer that is the one of before draws no pad again', async () => {
  const tagged = { ETag: '"catalogue-7"' };
  void library.load();
  await next('catalogue').with(catalogue('a'), 200, tagged);
  await next('waveforms').with(waveforms('a'));
  const before = library.sounds.value;
  changed('a');
  await vi.advanceTimersByTimeAsync(10_000);
  await next('catalogue').with(catalogue('a'), 200, tagged);
  expect(library.sounds.value).toBe(before);
});
