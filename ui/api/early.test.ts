import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { askEarly, firstPads, takeEarly } from './early.ts';
import { createHttp } from './http.ts';

const user = { id: 'u', name: 'Mira', role: 'user', plan: 'free' };
let asked: string[];
let remembered: Record<string, string>;
let session: object;
/** Whether the sounds are for nobody. */
let isRefused: boolean;

beforeEach(() => {
  asked = [];
  remembered = { 'encore.signed-in': 'yes' };
  session = { user };
  isRefused = false;
  vi.stubGlobal('location', { pathname: '/', search: '' });
  vi.stubGlobal('localStorage', { getItem: (key: string) => remembered[key] ?? null });
  vi.stubGlobal('fetch', async (url: string) => {
    const path = url.replace('/api/v1', '');
    asked.push(path);
    if (path === '/auth/session') return Response.json(session);
    return isRefused ? new Response(null, { status: 401 }) : Response.json({ items: [] });
  });
});
afterEach(() => {
  for (const path of ['/auth/session', firstPads]) void takeEarly(path);
  vi.unstubAllGlobals();
});

test('who is here and the first pads are asked for once, and the app hears the answers', async () => {
  askEarly();
  const http = createHttp(() => expect.unreachable());
  expect(await http.get('/auth/session')).toEqual({ user });
  expect(await http.get(firstPads)).toEqual({ items: [] });
  expect(asked).toEqual(['/auth/session', firstPads]);
  await http.get('/auth/session');
  expect(asked).toEqual(['/auth/session', firstPads, '/auth/session']);
});

test('nothing is asked for where nobody was signed in', () => {
  remembered = {};
  askEarly();
  expect(asked).toEqual([]);
});

test('the first pads do not wait for who is here', () => {
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url.replace('/api/v1', ''));
    return new Promise(() => {});
  });
  askEarly();
  expect(asked).toEqual(['/auth/session', firstPads]);
});

test('no sounds are shown to whose session has lapsed: they are asked for again in a new one', async () => {
  session = { user: null };
  isRefused = true;
  askEarly();
  const http = createHttp(() => expect.unreachable());
  expect(await http.get('/auth/session')).toEqual({ user: null });
  isRefused = false;
  expect(await http.get(firstPads)).toEqual({ items: [] });
  expect(asked).toEqual(['/auth/session', firstPads, firstPads]);
});

test('no first pads are asked for a board that begins with others', async () => {
  remembered['encore.sort'] = 'name';
  askEarly();
  vi.stubGlobal('location', { pathname: '/', search: '?board=party' });
  askEarly();
  vi.stubGlobal('location', { pathname: '/library', search: '' });
  askEarly();
  await takeEarly('/auth/session');
  expect(asked).toEqual(['/auth/session', '/auth/session', '/auth/session']);
});

test('what did not come is asked for again by the app', async () => {
  const answering = globalThis.fetch;
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('nobody there')));
  askEarly();
  vi.stubGlobal('fetch', answering);
  expect(await createHttp(() => expect.unreachable()).get('/auth/session')).toEqual({ user });
});
