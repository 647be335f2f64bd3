import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PastState, RecordedEvent } from '../../server/audit/contract.ts';
import { createLibrary } from '../board/library.ts';
import type { Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { connected } from '../testing/connected.ts';
import { anEvent } from '../testing/events.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import type { Answers } from '../testing/fake-server.ts';
import { aPerson } from '../testing/people.ts';
import { settled } from '../testing/settled.ts';
import { aSound } from '../testing/sounds.ts';
import './timeline-page.ts';

const at = (second: number): string =>
  new Date(Date.UTC(2026, 10, 20, 7, 56, second)).toISOString();
const press = [
  anEvent({
    global_position: 1,
    type: 'PlayRequested',
    data: { play_id: 'p', sound_id: 'horn', user_id: 'mira' },
    recorded_at: at(0),
  }),
  anEvent({
    global_position: 2,
    type: 'PlayStarted',
    actor: 'system',
    origin: 'system',
    data: { play_id: 'p', sound_id: 'horn', latency_ms: 17 },
    recorded_at: at(1),
  }),
];
const volume = anEvent({ global_position: 3, recorded_at: at(2) });
const all = [volume, ...press.toReversed()];
const listPath = '/admin/audit/events?limit=100';
const past: PastState = {
  position: 2,
  recorded_at: at(1),
  balances: [{ user_id: 'bo', balance: 1_250 }],
  voices: [
    { play_id: 'p', sound: { id: 'horn', name: 'Foghorn' }, user_id: 'mira', started_at: at(1) },
  ],
  players: [
    {
      room: 'main',
      connected: true,
      status: 'paused',
      mode: 'loop',
      volume: 33,
      sound: { id: 'song', name: 'Overture' },
      playlist: { id: 'l', name: 'Friday night' },
      index: 0,
      queue_length: 2,
    },
  ],
};

const pageOf = (items: RecordedEvent[], next: string | null = null, total = items.length) => ({
  items,
  next_cursor: next,
  total,
});

let feed: Feed;
let asked: readonly string[];
let url: URL;
let show: () => void;

const open = async (query = '', answers: Answers = {}): Promise<void> => {
  const made = connected({
    '/sounds/catalogue': () => ({ items: [aSound()] }),
    '/sounds/waveforms': () => ({ items: {} }),
    '/admin/users?limit=500': () => pageOf([]),
    '/playlists/?limit=500': () => pageOf([]),
    '/admin/audit/density?buckets=120': () => ({
      from: at(0),
      to: at(59),
      total: 3,
      counts: [2, 1, ...Array.from({ length: 118 }, () => 0)],
    }),
    [listPath]: () => pageOf(all),
    '/admin/audit/why/e2': () => ({
      chain: press.map((one, index) => ({ ...one, after_ms: index * 1_000 })),
    }),
    '/admin/audit/why/e3': () => ({ chain: [{ ...volume, after_ms: 0 }] }),
    '/admin/audit/events?stream=player-main&cursor=3&limit=1&type=VolumeSet': () =>
      pageOf([anEvent({ data: { room: 'main', volume: 70 } })]),
    ...answers,
  });
  feed = made.feed;
  asked = made.asked;
  const library = createLibrary(made.http);
  await library.load();
  url = new URL(`http://encore.local/timeline${query}`);
  show = () =>
    render(
      html`<enc-timeline-page
        .http=${made.http}
        .feed=${feed}
        .library=${library}
        .user=${{ id: 'mira', name: 'Mira', role: 'admin', plan: 'admin' }}
        .url=${url}
        .setQuery=${(name: string, value: string | null) => {
          url = new URL(url);
          if (value === null) url.searchParams.delete(name);
          else url.searchParams.set(name, value);
          show();
        }}
        ?shown=${true}
      ></enc-timeline-page>`,
      document.body,
    );
  show();
};

const people = (): Answers => ({
  '/admin/users?limit=500': () =>
    pageOf([aPerson({ id: 'mira', name: 'Mira' }), aPerson()] as unknown as RecordedEvent[]),
});
const rows = () =>
  page
    .getByRole('list', { name: 'Events' })
    .getByRole('button')
    .elements()
    .map((row) => row.querySelector('.what > span')?.textContent);
const faults = async () => {
  await settled();
  return accessibilityFaults(document.body);
};

beforeEach(async () => {
  FakeSocket.all.length = 0;
  await page.viewport(1280, 800);
  Object.assign(document.body.style, { blockSize: '800px', margin: '0' });
});
afterEach(() => {
  feed.stop();
  render(nothing, document.body);
  delete document.documentElement.dataset['theme'];
  vi.unstubAllGlobals();
});

test.each(['dark', 'light'] as const)('the log in sentences, newest first, %s', async (theme) => {
  inTheme(theme);
  await open('', people());
  await expect
    .poll(rows)
    .toEqual([
      'Mira set the volume to 40',
      'Air horn sounded 17 ms after the press',
      'Mira pressed Air horn',
    ]);
  await expect.element(page.getByText('Here it all began.')).toBeVisible();
  expect(await faults()).toEqual([]);
});

test('an event tells its causes with the times between, and another of them can be picked', async () => {
  await open('', people());
  await page.getByRole('button', { name: /Air horn sounded/ }).click();
  const chain = page.getByRole('list', { name: /^Why/ });
  await expect.element(chain.getByRole('button', { name: /Mira pressed Air horn/ })).toBeVisible();
  await expect.element(chain.getByText('+1.0 s')).toBeVisible();
  await expect
    .element(page.getByRole('link', { name: 'Your credits then' }))
    .toHaveAttribute('href', `/credits?at=${encodeURIComponent(at(1))}`);
  expect(url.searchParams.get('event')).toBe('e2');
  expect(await faults()).toEqual([]);
});

test('an event tells what it changed', async () => {
  await open('?event=e3', people());
  await expect.element(page.getByText('Before and after')).toBeVisible();
  await expect.element(page.getByRole('deletion')).toHaveTextContent('70');
  await expect.element(page.getByRole('insertion')).toHaveTextContent('then 40');
  await expect.element(page.getByText(/it stands alone/)).toBeVisible();
});

test('an event that is not there says so', async () => {
  await open('?event=none');
  await expect.element(page.getByText(/The event did not load\./)).toBeVisible();
});

test.each(['dark', 'light'] as const)('the house as it was at a moment, %s', async (theme) => {
  inTheme(theme);
  const moment = encodeURIComponent(at(1));
  await open(`?at=${moment}`, {
    ...people(),
    [`${listPath}&at=${moment}`]: () => pageOf(press.toReversed()),
    [`${listPath}&order=asc&after=2`]: () => pageOf([volume]),
    [`/admin/audit/state?at=${moment}`]: () => past,
  });
  const then = page.getByRole('region', { name: 'State at this moment' });
  await expect.element(then.getByText(/Foghorn/)).toBeVisible();
  for (const words of ['Overture', 'Friday night', 'Repeat the list', '33', '1,250'])
    await expect.element(then.getByText(words, { exact: true })).toBeVisible();
  await expect.element(page.getByRole('button', { name: '1 newer event' })).toBeVisible();
  expect(rows()).toHaveLength(2);
  expect(await faults()).toEqual([]);
  await page.getByRole('button', { name: '1 newer event' }).click();
  await expect.poll(rows).toHaveLength(3);
  await then.getByRole('button', { name: 'Back to now' }).click();
  expect(url.searchParams.get('at')).toBeNull();
});

test('a state that does not load can be asked for again', async () => {
  const moment = encodeURIComponent(at(1));
  let answers = 0;
  await open(`?at=${moment}`, {
    [`${listPath}&at=${moment}`]: () => pageOf(press),
    [`${listPath}&order=asc&after=1`]: () => pageOf([]),
    [`/admin/audit/state?at=${moment}`]: () => (answers++ === 0 ? 500 : past),
  });
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect.element(page.getByText(/Foghorn/)).toBeVisible();
});

test('arrows on the slider go from bar to bar that has events', async () => {
  await open();
  const slider = page.getByRole('slider', { name: 'Moment' });
  await expect.element(slider).toHaveAttribute('aria-valuetext', 'Now');
  (slider.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.poll(() => url.searchParams.get('at')).toBe('2026-11-20T07:56:00.983Z');
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  await expect.poll(() => url.searchParams.get('at')).toBeNull();
});

test('what happens joins the list by itself while nobody points at it', async () => {
  const newest = anEvent({ global_position: 4, data: { room: 'main', volume: 55 } });
  await open('', { ...people(), [`${listPath}&order=asc&after=3`]: () => pageOf([newest]) });
  await expect.poll(rows).toHaveLength(3);
  await page.getByRole('heading', { name: 'Timeline' }).hover();
  FakeSocket.last.say({ type: 'player_state', position: 4, at: '', data: {} });
  await expect.poll(() => rows()[0]).toBe('Mira set the volume to 55');
});

test('while somebody goes through the list what is new waits behind a button', async () => {
  const newest = anEvent({ global_position: 4, data: { room: 'main', volume: 55 } });
  await open('', { ...people(), [`${listPath}&order=asc&after=3`]: () => pageOf([newest]) });
  await page.getByRole('button', { name: /Mira set the volume to 40/ }).hover();
  FakeSocket.last.say({ type: 'player_state', position: 4, at: '', data: {} });
  const pill = page.getByRole('button', { name: '1 new event' });
  await expect.element(pill).toBeVisible();
  expect(rows()).toHaveLength(3);
  await pill.click();
  await expect.poll(() => rows()[0]).toBe('Mira set the volume to 55');
});

test('filters go to the server and stand as chips that drop them', async () => {
  await open('', { ...people(), [`${listPath}&actor=bo`]: () => pageOf([]) });
  await page.getByRole('combobox', { name: 'Who' }).selectOptions('Bo');
  await expect.element(page.getByText('Nothing like that happened')).toBeVisible();
  expect(asked).toContain(`GET ${listPath}&actor=bo`);
  expect(await faults()).toEqual([]);
  await page.getByRole('button', { name: 'Drop: By Bo' }).click();
  await expect.poll(rows).toHaveLength(3);
});

test('words are looked for in the sentences, further and further back', async () => {
  const older = anEvent({ global_position: 0, event_id: 'e0', data: { room: 'main', volume: 11 } });
  await open('?text=volume+11', {
    ...people(),
    [listPath]: () => pageOf(all, '1', 4),
    [`${listPath}&cursor=1`]: () => pageOf([older], null, 4),
  });
  await expect.poll(rows).toEqual(['Mira set the volume to 11']);
});

test('a search that cannot go on says so once and leaves it to the person', async () => {
  let asks = 0;
  await open('?text=lantern', {
    [listPath]: () => pageOf(all, '1', 400),
    [`${listPath}&cursor=1`]: () => {
      asks++;
      return 503;
    },
  });
  await expect.element(page.getByText('Looked through 3 of 400 events.')).toBeVisible();
  expect(asks).toBe(1);
  await expect.element(page.getByRole('button', { name: 'Look further back' })).toBeVisible();
});

test('of a long log only what is in sight is in the page, and keys go through it', async () => {
  const many = Array.from({ length: 100 }, (_, index) =>
    anEvent({ global_position: 200 - index, data: { room: 'main', volume: 100 - index } }),
  );
  const rest = many.map((one) =>
    anEvent({ global_position: one.global_position - 100, data: one.data }),
  );
  await open('', {
    [listPath]: () => pageOf(many, '101', 200),
    [`${listPath}&cursor=101`]: () => pageOf(rest, null, 200),
  });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  expect(rows().length).toBeLessThan(50);
  (page.getByRole('button', { name: /set the volume to 100/ }).element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  await expect.poll(() => asked).toContain(`GET ${listPath}&cursor=101`);
  await userEvent.keyboard('{Home}{ArrowDown}{Enter}');
  await expect.poll(() => url.searchParams.get('event')).toBe('e199');
});

test('a log that does not load says what still works, and is asked for again', async () => {
  let answers = 0;
  await open('', { [listPath]: () => (answers++ === 0 ? 500 : pageOf(all)) });
  await expect.element(page.getByText('The log did not load')).toBeVisible();
  expect(await faults()).toEqual([]);
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect.poll(rows).toHaveLength(3);
});

test('without a line the log stays, and says of when it is', async () => {
  await open('', people());
  await expect.poll(rows).toHaveLength(3);
  FakeSocket.last.breaks();
  await expect.element(page.getByText(/This is what was known at/)).toBeVisible();
  expect(rows()).toHaveLength(3);
  expect(await faults()).toEqual([]);
});

test('on a phone an event opens in a sheet', async () => {
  await page.viewport(390, 800);
  await open('', people());
  await page.getByRole('button', { name: /Air horn sounded/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Event' });
  await expect.element(sheet).toBeVisible();
  await expect.element(page.getByRole('list', { name: /^Why/ })).toBeVisible();
  expect(await faults()).toEqual([]);
  await sheet.getByRole('button', { name: 'Close' }).click();
  expect(url.searchParams.get('event')).toBeNull();
});
