import { afterEach, expect, test, vi } from 'vitest';
import { createHttp } from './http.ts';
import { ApiProblem, Unreachable } from './problem.ts';

const json = (status: number, body: object): Response => Response.json(body, { status });

const serving = (answer: (path: string, call: number) => Response): ReturnType<typeof vi.fn> => {
  let call = 0;
  const fetch = vi.fn(async (path: string) => answer(path, call++));
  vi.stubGlobal('fetch', fetch);
  return fetch;
};
afterEach(() => vi.unstubAllGlobals());

test('an expired access cookie is rotated once and the call repeated', async () => {
  let rotated = false;
  const fetch = serving((path) => {
    if (path.endsWith('/auth/refresh')) {
      rotated = true;
      return json(200, {});
    }
    return rotated ? json(200, { items: [] }) : json(401, {});
  });
  const http = createHttp(() => expect.unreachable());
  await expect(http.get('/sounds/catalogue')).resolves.toEqual({ items: [] });
  expect(fetch).toHaveBeenCalledTimes(3);
});

test('callers at the same time share one rotation', async () => {
  let rotations = 0;
  serving((path) => {
    if (path.endsWith('/auth/refresh')) rotations++;
    return path.endsWith('/auth/refresh') ? json(200, {}) : json(rotations ? 200 : 401, {});
  });
  const http = createHttp(() => expect.unreachable());
  await Promise.all([http.get('/a'), http.get('/b'), http.get('/c')]);
  expect(rotations).toBe(1);
});

test('when the rotation is refused too, the person is signed out and the call fails', async () => {
  serving(() => json(401, { code: 'no_identity', detail: 'Sign in first.' }));
  const signedOut = vi.fn();
  const problem = await createHttp(signedOut)
    .get('/a')
    .catch((error: unknown) => error);
  expect(signedOut).toHaveBeenCalledOnce();
  expect(problem).toBeInstanceOf(ApiProblem);
  expect(problem).toMatchObject({ status: 401, code: 'no_identity', message: 'Sign in first.' });
});

test('a wrong password is an answer, not an expiry', async () => {
  const fetch = serving(() => json(401, { code: 'wrong_credentials', detail: 'No.' }));
  const http = createHttp(() => expect.unreachable());
  await expect(http.postOpen('/auth/login', {})).rejects.toMatchObject({
    code: 'wrong_credentials',
  });
  expect(fetch).toHaveBeenCalledOnce();
});

test('nobody there is not a problem document', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
  await expect(createHttp(() => {}).get('/a')).rejects.toBeInstanceOf(Unreachable);
});

test('an answer is new unless its tag is the known one, however it was packed', async () => {
  let tag = '"catalogue-7-br"';
  vi.stubGlobal('fetch', async () => Response.json({ items: [] }, { headers: { ETag: tag } }));
  const http = createHttp(() => expect.unreachable());
  const known = '"catalogue-7"';
  expect(await http.getNew('/sounds/catalogue', null)).toEqual({ body: { items: [] }, tag: known });
  expect(await http.getNew('/sounds/catalogue', known)).toBeNull();
  tag = '"catalogue-8"';
  expect(await http.getNew('/sounds/catalogue', known)).toEqual({ body: { items: [] }, tag });
});
