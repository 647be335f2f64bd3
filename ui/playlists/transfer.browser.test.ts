import { html, nothing, render } from 'lit';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createLibrary } from '../board/library.ts';
import type { Feed } from '../feed/feed.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { connected } from '../testing/connected.ts';
import { problem, type Answers } from '../testing/fake-server.ts';
import { aPlayer, wholeState } from '../testing/player.ts';
import { aPlaylist } from '../testing/playlists.ts';
import { settled } from '../testing/settled.ts';
import './playlists-page.ts';

let feed: Feed;
let gone: string[];

const open = async (path: string, answers: Answers = {}): Promise<void> => {
  const user = { id: 'u', name: 'Mira', role: 'user' as const, plan: 'family' };
  const list = aPlaylist({ length: 0 });
  const line = connected(
    {
      '/player/state': () => wholeState(aPlayer({ playlist: null })),
      '/player/state?tracks=false': () => wholeState(aPlayer({ playlist: null })),
      '/playlists/?limit=200': () => ({ items: [list], next_cursor: null, total: 1 }),
      '/playlists/list': () => list,
      '/playlists/list/sounds?limit=200': () => ({ items: [], next_cursor: null, total: 0 }),
      ...answers,
    },
    user,
  );
  ({ feed } = line);
  gone = [];
  render(
    html`<enc-playlists-page
      .http=${line.http}
      .feed=${feed}
      .library=${createLibrary(line.http)}
      .user=${user}
      .url=${new URL(path, location.href)}
      .go=${(href: string) => gone.push(href)}
    ></enc-playlists-page>`,
    document.body,
  );
  await expect.element(page.getByText('Friday night').first()).toBeVisible();
};

const choose = async (file: File): Promise<void> => {
  await userEvent.click(page.getByRole('button', { name: 'Import', exact: true }));
  await userEvent.upload(page.getByLabelText('File'), file);
};
const send = () =>
  userEvent.click(page.getByRole('button', { name: 'Import', exact: true }).last());
const lines = '#EXTM3U\nGong.wav\nLost.wav\n';

afterEach(() => {
  feed.stop();
  render(nothing, document.body);
  vi.unstubAllGlobals();
});

test.each(['dark', 'light'] as const)(
  'a file becomes a playlist, and what is not in the library is named, %s',
  async (theme) => {
    inTheme(theme);
    let sent: unknown;
    await open('/playlists', {
      'POST /playlists/import': (body) => {
        sent = body;
        const playlist = aPlaylist({ id: 'new', name: 'Party' });
        return { playlist, matched: 1, unmatched: ['Lost.wav'], unmatched_total: 1 };
      },
    });
    await choose(new File([lines], 'Party.m3u8'));
    await expect.element(page.getByLabelText('Name', { exact: true })).toHaveValue('Party');
    await settled();
    expect(await accessibilityFaults(document.body)).toEqual([]);
    await send();
    await expect.element(page.getByText('1 track found, 1 not in this library:')).toBeVisible();
    await expect.element(page.getByText('Lost.wav')).toBeVisible();
    expect(sent).toEqual({ name: 'Party', format: 'm3u8', content: lines });
    await settled();
    expect(await accessibilityFaults(document.body)).toEqual([]);
    await userEvent.click(page.getByRole('button', { name: 'Open the playlist' }));
    expect(gone).toEqual(['/playlists/new']);
  },
);

test("Encore's own format is told by the file's name", async () => {
  let sent: unknown;
  await open('/playlists', {
    'POST /playlists/import': (body) => {
      sent = body;
      return { playlist: aPlaylist(), matched: 3, unmatched: [], unmatched_total: 0 };
    },
  });
  await choose(new File(['{}'], 'Friday.JSON'));
  await send();
  await expect.element(page.getByText('3 tracks found, 0 not in this library.')).toBeVisible();
  expect(sent).toEqual({ name: 'Friday', format: 'json', content: '{}' });
});

test('no file, one too large and one that is refused are explained, and nothing is made', async () => {
  const detail = 'This is no playlist.';
  await open('/playlists', {
    'POST /playlists/import': () => problem(422, { code: 'invalid_fields', detail }),
  });
  await userEvent.click(page.getByRole('button', { name: 'Import', exact: true }));
  await send();
  await expect.element(page.getByText('Choose a file first.')).toBeVisible();
  const file = page.getByLabelText('File');
  await userEvent.upload(file, new File([new Uint8Array(1024 * 1024 + 1)], 'Large.m3u'));
  await send();
  await expect.element(page.getByText(/^This file is larger than 1 MB\./)).toBeVisible();
  await userEvent.upload(file, new File(['?'], 'Odd.m3u'));
  await send();
  await expect.element(page.getByText(detail)).toBeVisible();
  expect(gone).toEqual([]);
});

test.each([
  ['Export as M3U', 'm3u8'],
  ['Export as JSON', 'json'],
])('%s fetches the file as %s', async (entry, format) => {
  const fetched: HTMLAnchorElement[] = [];
  // The link is never part of the page, and the browser of a test has nowhere to keep files.
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click');
  click.mockImplementation(function (this: HTMLAnchorElement) {
    fetched.push(this);
  });
  await open('/playlists/list');
  await userEvent.click(page.getByRole('button', { name: 'More for Friday night' }));
  await userEvent.click(page.getByRole('menuitem', { name: entry }));
  click.mockRestore();
  expect(fetched.map(({ pathname, search }) => pathname + search)).toEqual([
    `/api/v1/playlists/list/export?format=${format}`,
  ]);
  expect(fetched[0]?.hasAttribute('download')).toBe(true);
});
