import { html, nothing, render } from 'lit';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createHttp } from '../api/http.ts';
import type { ToastEvent } from '../design/toast-event.ts';
import { accessibilityFaults } from '../testing/axe.ts';
import { fakeServer, problem, type Answers } from '../testing/fake-server.ts';
import { settled } from '../testing/settled.ts';
import './add-to-playlist.ts';

const list = {
  id: 'a',
  name: 'Friday night',
  length: 2,
  duration: 9_000,
  rules: null,
  main: false,
};
const items = [
  { ...list, may_edit: true },
  { ...list, id: 'b', name: 'Of somebody', may_edit: false },
  { ...list, id: 'c', name: 'Newest', may_edit: true, rules: { sort: 'recent' } },
];

const open = async (answers: Answers, sounds = [{ id: 'horn', name: 'Air horn' }]) => {
  const { asked } = fakeServer({
    '/playlists/?limit=200': () => ({ items, next_cursor: null, total: 3 }),
    ...answers,
  });
  const left = vi.fn();
  const toasts: string[] = [];
  render(
    html`<enc-add-to-playlist
      .http=${createHttp(() => expect.unreachable())}
      .sounds=${sounds}
      @enc-dialog-left=${left}
      @enc-toast=${(event: ToastEvent) => toasts.push(event.text)}
    ></enc-add-to-playlist>`,
    document.body,
  );
  await expect.element(page.getByRole('button', { name: /^Friday night/ })).toBeVisible();
  return { asked, left, toasts };
};

afterEach(() => {
  render(nothing, document.body);
  vi.unstubAllGlobals();
});

test('offers the lists that take a sound, and adds it to the chosen one', async () => {
  const { asked, left, toasts } = await open({
    'POST /playlists/a/sounds': () => ({ entry_id: 'e', entry_ids: ['e'] }),
  });
  expect(page.getByRole('listitem').elements()).toHaveLength(1);
  await settled();
  expect(await accessibilityFaults(document.body)).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: /^Friday night/ }));
  await vi.waitFor(() => expect(left).toHaveBeenCalledOnce());
  expect(asked).toContain('POST /playlists/a/sounds');
  expect(toasts).toEqual(['Air horn is in Friday night.']);
});

test('makes a list for it', async () => {
  let added: unknown;
  const { left } = await open({
    'POST /playlists/': () => ({ ...list, id: 'n', name: 'Doors' }),
    'POST /playlists/n/sounds': (body) => {
      added = body;
      return { entry_id: 'e', entry_ids: ['e'] };
    },
  });
  await userEvent.fill(page.getByRole('textbox', { name: 'Name of a new playlist' }), 'Doors');
  await userEvent.click(page.getByRole('button', { name: 'Make and add' }));
  await vi.waitFor(() => expect(left).toHaveBeenCalledOnce());
  expect(added).toEqual({ sound_ids: ['horn'] });
});

test('a refusal is said, and the dialog stays', async () => {
  const detail = 'This playlist has room for no more.';
  const { left } = await open({
    'POST /playlists/a/sounds': () => problem(409, { code: 'playlist_full', detail }),
  });
  await userEvent.click(page.getByRole('button', { name: /^Friday night/ }));
  await expect.element(page.getByRole('alert')).toHaveTextContent(detail);
  expect(left).not.toHaveBeenCalled();
});

test('many are added in few requests, and a second try adds only what is missing', async () => {
  const sounds = Array.from({ length: 501 }, (_, at) => ({ id: `s${at}`, name: `Sound ${at}` }));
  const added: string[][] = [];
  let refused = false;
  const { asked, left } = await open(
    {
      'POST /playlists/': () => ({ ...list, id: 'n', name: 'Doors' }),
      'POST /playlists/n/sounds': (body) => {
        const { sound_ids } = body as { sound_ids: string[] };
        if (sound_ids.length === 1 && !refused) {
          refused = true;
          return problem(503, { code: 'disk_full', detail: 'The disk is full.' });
        }
        added.push(sound_ids);
        return { entry_id: 'e', entry_ids: ['e'] };
      },
    },
    sounds,
  );
  await userEvent.fill(page.getByRole('textbox', { name: 'Name of a new playlist' }), 'Doors');
  await userEvent.click(page.getByRole('button', { name: 'Make and add' }));
  await expect.element(page.getByRole('alert')).toHaveTextContent('The disk is full.');
  await userEvent.click(page.getByRole('button', { name: 'Make and add' }));
  await vi.waitFor(() => expect(left).toHaveBeenCalledOnce());
  expect(added.map(({ length }) => length)).toEqual([500, 1]);
  expect(added.flat()).toEqual(sounds.map(({ id }) => id));
  expect(asked.filter((one) => one === 'POST /playlists/')).toHaveLength(1);
});
