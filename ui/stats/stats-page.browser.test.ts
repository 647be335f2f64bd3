import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { createLibrary } from '../board/library.ts';
import { createView } from '../board/view.ts';
import type { Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { connected } from '../testing/connected.ts';
import { FakeSocket } from '../testing/fake-socket.ts';
import type { Answers } from '../testing/fake-server.ts';
import { settled } from '../testing/settled.ts';
import { aSound } from '../testing/sounds.ts';
import './stats-page.ts';

type Numbers = { horn: number; status?: number };

let feed: Feed;
let url: URL;
let asked: readonly string[];
const numbers: Numbers = { horn: 12 };

const hours = Array.from({ length: 7 }, (_, day) =>
  Array.from({ length: 24 }, (_hour, hour) => (day === 4 && hour === 20 ? 9 : 0)),
);
/** Answers by what is asked, whatever the period. */
const answerOf = (path: string): object | number => {
  if (numbers.status !== undefined) return numbers.status;
  if (path.startsWith('/credits/spent')) return { spent: 1_234 };
  if (path.startsWith('/stats/plays-per-day'))
    return {
      items: [
        { day: '2026-11-22', plays: 9 },
        { day: '2026-11-23', plays: 4 },
      ],
    };
  if (path.startsWith('/stats/top-sounds')) {
    if (numbers.horn === 0) return { items: [] };
    const items = [
      { sound_id: 'horn', name: 'Air horn', plays: numbers.horn },
      { sound_id: 'coin', name: 'Coin', plays: 2 },
      { sound_id: 'gone', name: 'Old bell', plays: 1 },
    ];
    return { items: items.toSorted((a, b) => b.plays - a.plays) };
  }
  if (path.startsWith('/stats/top-users')) {
    if (numbers.horn === 0) return { items: [] };
    return {
      items: [
        { user_id: 'bo', name: 'Bo', plays: 8 },
        { user_id: 'x', name: null, plays: 2 },
      ],
    };
  }
  return { items: hours };
};
const anyPeriod = new Proxy(
  {},
  {
    get: (_, path: string) =>
      /^\/(stats|credits)\//.test(path)
        ? () => answerOf(path)
        : path === '/sounds/catalogue'
          ? () => ({ items: [aSound(), aSound({ id: 'coin', name: 'Coin' })] })
          : path === '/sounds/waveforms'
            ? () => ({ items: {} })
            : undefined,
  },
) as Answers;

const open = async (query = ''): Promise<void> => {
  const made = connected(anyPeriod);
  feed = made.feed;
  asked = made.asked;
  const library = createLibrary(made.http);
  await library.load();
  const view = createView(library);
  url = new URL(`http://encore.local/stats${query}`);
  const show = (): unknown =>
    render(
      html`<enc-stats-page
        .http=${made.http}
        .feed=${feed}
        .library=${library}
        .view=${view}
        .user=${{ id: 'mira', name: 'Mira', role: 'guest', plan: 'free' }}
        .url=${url}
        .setQuery=${(name: string, value: string) => {
          url = new URL(url);
          url.searchParams.set(name, value);
          show();
        }}
        ?shown=${true}
      ></enc-stats-page>`,
      document.body,
    );
  show();
};
const faults = async () => {
  await settled();
  return accessibilityFaults(document.body);
};
const tile = (label: string) => {
  const terms = page.getByRole('term').elements();
  return terms.find((term) => term.textContent === label)?.nextElementSibling?.textContent?.trim();
};

beforeEach(() => {
  FakeSocket.all.length = 0;
  numbers.horn = 12;
  delete numbers.status;
  Object.assign(document.body.style, { blockSize: '800px', margin: '0' });
});
afterEach(() => {
  feed.stop();
  render(nothing, document.body);
  delete document.documentElement.dataset['theme'];
  vi.unstubAllGlobals();
});

test.each(['dark', 'light'] as const)('what was played, in numbers, %s', async (theme) => {
  inTheme(theme);
  await open();
  await expect.poll(() => tile('Plays today')).toBe('4');
  expect(tile('Plays this week')).toMatch(/^13/);
  expect(tile('Different sounds')).toMatch(/^3/);
  expect(tile('Plays most')).toMatch(/^Bo/);
  expect(tile('Credits you spent')).toMatch(/^1,234/);
  expect(await faults()).toEqual([]);
});

test('each chart has a table that says the same, removed sounds and forgotten people included', async () => {
  await open();
  await expect.poll(() => page.getByText('As a table').elements().length).toBe(4);
  for (const one of page.getByText('As a table').elements()) (one as HTMLElement).click();
  const cells = (name: string) =>
    page
      .getByRole('table', { name })
      .getByRole('row')
      .elements()
      .slice(1)
      .map((row) => [...row.children].map((cell) => cell.textContent));
  expect(cells('Plays per day')).toEqual([
    ['23 Nov', '4'],
    ['22 Nov', '9'],
  ]);
  expect(cells('Top sounds')).toEqual([
    ['Air horn', '12'],
    ['Coin', '2'],
    ['Old bell (removed)', '1'],
  ]);
  expect(cells('Top people')).toEqual([
    ['Bo', '8'],
    ['Somebody who was forgotten', '2'],
  ]);
  expect(cells('Hours of the week')[20]).toEqual(['20:00', '0', '0', '0', '0', '9', '0', '0']);
  expect(await faults()).toEqual([]);
});

test('top sounds are pads that play', async () => {
  await open();
  await page.getByRole('button', { name: /^Air horn/ }).click();
  expect(FakeSocket.last.sent.at(-1)).toMatchObject({
    command: 'play_sound',
    data: { sound_id: 'horn' },
  });
  expect(page.getByRole('button', { name: /^Old bell/ }).elements()).toEqual([]);
});

test('another period asks for its own numbers', async () => {
  await open('?period=7');
  await expect.element(page.getByRole('radio', { name: '7 days' })).toBeChecked();
  await page.getByRole('radio', { name: 'All' }).click();
  await expect.poll(() => asked).toContain('GET /stats/plays-per-day?limit=500');
  expect(url.searchParams.get('period')).toBe('all');
});

test('the numbers follow the presses', async () => {
  await open();
  await expect.element(page.getByText('12', { exact: true }).first()).toBeVisible();
  numbers.horn = 13;
  FakeSocket.last.say({
    type: 'sound_played',
    position: 9,
    at: '',
    data: {
      play_id: 'p',
      sound_id: 'horn',
      name: 'Air horn',
      user_id: 'bo',
      user_name: 'Bo',
      origin: 'ws',
      latency_ms: 12,
    },
  });
  await expect.element(page.getByText('13', { exact: true }).first()).toBeVisible();
});

test('pads follow their counts, but keep their places under the pointer', async () => {
  await open();
  const pads = () =>
    [
      ...(document.querySelector('enc-stats-page')?.shadowRoot?.querySelectorAll('enc-pad') ?? []),
    ].map(({ sound }) => sound.id);
  await expect.poll(pads).toEqual(['horn', 'coin']);
  await page.getByRole('button', { name: /^Coin/ }).hover();
  numbers.horn = 1;
  FakeSocket.last.say({ type: 'resync', at: '', data: {} });
  await expect.element(page.getByText('1 play', { exact: true }).first()).toBeVisible();
  expect(pads()).toEqual(['horn', 'coin']);
  await page.getByRole('heading', { name: 'Stats' }).hover();
  await expect.poll(pads).toEqual(['coin', 'horn']);
});

test('a house where nothing was played says so and shows the way', async () => {
  numbers.horn = 0;
  await open();
  await expect.element(page.getByText(/No sound was heard in the last 30 days/)).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Go to the sounds' })).toBeVisible();
  expect(await faults()).toEqual([]);
});

test('stats that do not load say what still works, and are asked for again', async () => {
  numbers.status = 500;
  await open();
  await expect.element(page.getByText('The stats did not load')).toBeVisible();
  expect(await faults()).toEqual([]);
  delete numbers.status;
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect.poll(() => tile('Plays today')).toBe('4');
});

test('without a line the numbers stay, and pads say why they do not play', async () => {
  await open();
  const pad = page.getByRole('button', { name: /^Air horn/ });
  await expect.element(pad).toBeVisible();
  FakeSocket.last.breaks();
  await expect.element(pad).toHaveAttribute('aria-disabled', 'true');
  await expect.element(page.getByText(/This is what was known at/)).toBeVisible();
  expect(await faults()).toEqual([]);
});
