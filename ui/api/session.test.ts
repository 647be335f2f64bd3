import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Unreachable } from './problem.ts';
import { wasSignedIn } from './early.ts';
import { createSession } from './session.ts';

/** Path → status, of a server whose access cookie has lapsed until it is rotated. */
let answers: Record<string, () => number>;
let asked: string[];

beforeEach(() => {
  const kept = new Map([['encore.signed-in', 'yes']]);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  asked = [];
  vi.stubGlobal('fetch', async (url: string) => {
    const path = url.replace('/api/v1', '');
    asked.push(path);
    const status = answers[path]?.() ?? 200;
    return status === 204 ? new Response(null, { status }) : Response.json({}, { status });
  });
});
afterEach(() => vi.unstubAllGlobals());

test('signing out after a quiet quarter of an hour rotates the cookie first', async () => {
  let rotated = false;
  answers = {
    '/auth/refresh': () => ((rotated = true), 200),
    '/auth/logout': () => (rotated ? 204 : 401),
  };
  await createSession().logout();
  expect(asked).toEqual(['/auth/logout', '/auth/refresh', '/auth/logout']);
  expect(wasSignedIn()).toBe(false);
});

test('a session that has ended already is signed out', async () => {
  answers = { '/auth/refresh': () => 401, '/auth/logout': () => 401 };
  await createSession().logout();
  expect(wasSignedIn()).toBe(false);
});

test('a sign-out that nobody heard is none', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
  await expect(createSession().logout()).rejects.toBeInstanceOf(Unreachable);
  expect(wasSignedIn()).toBe(true);
});

test('a page stays behind the card also when it hears twice that its session has ended', async () => {
  const user = { id: 'u', name: 'Mira', role: 'user', plan: 'free' };
  let here: object | null = user;
  vi.stubGlobal('fetch', async (url: string) => {
    const path = url.replace('/api/v1', '');
    if (path === '/auth/session') return Response.json({ user: here });
    return Response.json({ providers: ['password'], setup_required: false });
  });
  const session = createSession();
  await session.check();
  here = null;
  await Promise.all([session.check(), session.check()]);
  await session.check();
  expect(session.state.value).toMatchObject({ status: 'signed-out', before: user });
});

test('where nobody answers, who was here last is shown what is known', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
  const user = { id: 'u', name: 'Mira', role: 'user', plan: 'free' } as const;
  const session = createSession(async () => user);
  await session.check();
  expect(session.state.value).toEqual({ status: 'signed-in', user });
});

test('nobody is shown what was known to somebody who has signed out', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
  localStorage.removeItem('encore.signed-in');
  const session = createSession(() => expect.unreachable());
  await session.check();
  expect(session.state.value).toEqual({ status: 'unreachable' });
});

test('signing out forgets the board that this browser has kept', async () => {
  const dropped: string[] = [];
  vi.stubGlobal('caches', { delete: async (name: string) => dropped.push(name) > 0 });
  answers = { '/auth/logout': () => 204 };
  await createSession().logout();
  expect(dropped).toEqual(['encore-last-known']);
});
