import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHttp } from '../api/http.ts';
import { createFavourites, type Favourites } from './favourites.ts';

let favourites: Favourites;
let asked: string[];
/** What is asked and has no answer yet, oldest first. */
let open: ((status: number) => void)[];

const shown = (): string => [...favourites.ids.value].toSorted().join('');
const heard = (data: object): void => favourites.hear({ type: 'sound_changed', at: '', data });
const answer = async (status: number): Promise<void> => {
  open.shift()?.(status);
  await vi.waitFor(() => {});
};

beforeEach(() => {
  asked = [];
  open = [];
  vi.stubGlobal('fetch', (url: string, { method }: RequestInit) => {
    asked.push(`${method} ${url.replace('/api/v1/sounds/', '')}`);
    if (url.endsWith('/favourites')) return Response.json({ items: ['a'] });
    const { promise, resolve } = Promise.withResolvers<Response>();
    open.push((status) =>
      resolve(
        status === 204
          ? new Response(null, { status })
          : Response.json({ detail: 'No such sound.' }, { status }),
      ),
    );
    return promise;
  });
  favourites = createFavourites(createHttp(() => expect.unreachable()));
});
afterEach(() => vi.unstubAllGlobals());

test('a heart fills at once, and stays when the server has heard it', async () => {
  await favourites.load();
  const done = favourites.toggle('b');
  expect(shown()).toBe('ab');
  await answer(204);
  await done;
  expect(shown()).toBe('ab');
});

test('a refusal gives back what was there, and says so', async () => {
  await favourites.load();
  const done = favourites.toggle('a');
  expect(shown()).toBe('');
  await answer(404);
  await expect(done).rejects.toThrow('No such sound.');
  expect(shown()).toBe('a');
});

test('two presses in a row are heard in their order', async () => {
  const done = favourites.toggle('b');
  await favourites.toggle('b');
  expect(shown()).toBe('');
  expect(asked).toEqual(['POST b/favourite']);
  await answer(204);
  // The echo of the first press must not fill the heart again.
  heard({ sound_id: 'b', favourite: true });
  expect(shown()).toBe('');
  await vi.waitFor(() => expect(asked).toEqual(['POST b/favourite', 'DELETE b/favourite']));
  await answer(204);
  await done;
  expect(shown()).toBe('');
});

test('what another window does shows here', async () => {
  heard({ sound_id: 'b', favourite: true });
  expect(shown()).toBe('b');
  heard({ sound_id: 'b' });
  expect(shown()).toBe('b');
  heard({ sound_id: 'b', favourite: false });
  expect(shown()).toBe('');
});

test('what failed to load is loaded when the line is back', async () => {
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('nobody there')));
  await favourites.load();
  vi.stubGlobal('fetch', fetch);
  favourites.catchUp();
  await vi.waitFor(() => expect(shown()).toBe('a'));
  favourites.catchUp();
  expect(asked).toEqual(['GET favourites']);
});
