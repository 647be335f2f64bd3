import { html, nothing, render } from 'lit';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Playlist, PlaylistRules } from '../../server/playlists/contract.ts';
import { createHttp } from '../api/http.ts';
import { createLibrary } from '../board/library.ts';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { fakeServer, problem } from '../testing/fake-server.ts';
import { aPlaylist } from '../testing/playlists.ts';
import { settled } from '../testing/settled.ts';
import './playlist-dialog.ts';

const every: PlaylistRules = {
  tags_any: ['games'],
  tags_all: ['loud', 'short, sweet'],
  types: ['SDB', 'EXT'],
  favourites: true,
  plays_min: 3,
  added_within_days: 30,
  sort: 'recent',
  entries_max: 50,
};

let sent: unknown;
let made: Playlist[];

const open = (list: Playlist | null, refusal?: Response): void => {
  [sent, made] = [undefined, []];
  const answer = (body: unknown) => {
    sent = body;
    return refusal ?? aPlaylist();
  };
  fakeServer({ 'PATCH /playlists/list': answer, 'POST /playlists/': answer });
  const http = createHttp(() => expect.unreachable());
  render(
    html`<enc-playlist-dialog
      .http=${http}
      .library=${createLibrary(http)}
      .list=${list}
      @enc-playlist-made=${({ playlist }: { playlist: Playlist }) => made.push(playlist)}
    ></enc-playlist-dialog>`,
    document.body,
  );
};
const field = (name: string) => page.getByLabelText(name, { exact: true });
const save = () => userEvent.click(page.getByRole('button', { name: 'Save' }));

afterEach(() => {
  render(nothing, document.body);
  vi.unstubAllGlobals();
});

test('what is only looked at is saved as it was, every rule of it', async () => {
  open(aPlaylist({ rules: every }));
  await expect.element(field('With any of these tags')).toHaveValue('games');
  await expect.element(field('With all of these tags')).toHaveValue('loud, short, sweet');
  await save();
  await expect.poll(() => made).toHaveLength(1);
  expect(sent).toEqual({ name: 'Friday night', description: '', rules: every });
});

test('a rule that this form does not know of yet stays', async () => {
  const rules = { ...every, loudness_min: -20 } as PlaylistRules;
  open(aPlaylist({ rules }));
  await save();
  await expect.poll(() => sent).toMatchObject({ rules: { loudness_min: -20 } });
});

test('tags that all have to be there take the place of any of them', async () => {
  open(aPlaylist({ rules: { tags_any: ['games'], sort: 'name', entries_max: 100 } }));
  await userEvent.fill(field('With any of these tags'), '');
  await userEvent.fill(field('With all of these tags'), ' games , loud,');
  await save();
  await expect
    .poll(() => sent)
    .toMatchObject({ rules: { tags_all: ['games', 'loud'], sort: 'name', entries_max: 100 } });
  expect((sent as { rules: object }).rules).not.toHaveProperty('tags_any');
});

test.each(['dark', 'light'] as const)('a new list by rules, and one refused, %s', async (theme) => {
  inTheme(theme);
  const detail = 'There are 20 playlists by rules already.';
  open(null, problem(409, { code: 'too_many_ruled_playlists', detail }));
  await userEvent.click(page.getByRole('radio', { name: /^By rules/ }));
  await userEvent.fill(field('Name'), 'Hits');
  await userEvent.click(page.getByRole('checkbox', { name: 'Favourites only' }));
  await userEvent.selectOptions(field('In the order of'), 'plays');
  await settled();
  expect(await accessibilityFaults(document.body)).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Make the playlist' }));
  await expect.element(page.getByText(detail)).toBeVisible();
  expect(sent).toEqual({
    name: 'Hits',
    description: '',
    visibility: 'private',
    rules: { favourites: true, sort: 'plays', entries_max: 100 },
  });
  expect(made).toEqual([]);
});
