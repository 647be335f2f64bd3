import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { password, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, cookiesOf, login, openSocket, type Person } from './testing/people.ts';

let app: TestApp;
let ben: Person;
beforeEach(async () => {
  app = await startTestApp();
  await app.setUp();
  ben = await addPerson(app, 'Ben', { email: 'ben@example.org' });
});
afterEach(() => app.stop());

const asBen = (method: string, path: string, body?: unknown) =>
  app.call(method, path, { token: ben.token, ...(body === undefined ? {} : { body }) });

describe('name and address', () => {
  it('are the owner’s to change, and sign in from then on', async () => {
    const changed = await asBen('PATCH', '/auth/me', { name: 'Benno', email: 'b@example.org' });
    expect([changed.status, changed.body]).toEqual([
      200,
      {
        id: ben.id,
        name: 'Benno',
        email: 'b@example.org',
        role: 'user',
        plan: 'free',
        has_password: true,
      },
    ]);
    expect((await login(app, 'b@example.org')).status).toBe(200);
    expect((await login(app, 'Ben')).status).toBe(401);
    await asBen('PATCH', '/auth/me', { email: null });
    expect((await login(app, 'b@example.org')).status).toBe(401);
    const log = await app.call('GET', `/admin/audit/events?stream=user-${ben.id}`);
    expect(JSON.stringify(log.body)).not.toMatch(/benno|example/i);
  });

  it.each([
    [{ name: 'MIRA' }, 409, 'name_taken'],
    // Either is enough to sign in: nobody may have the address of another for a name.
    [{ name: 'mira@example.org' }, 409, 'name_taken'],
    [{ email: 'Mira@Example.org' }, 409, 'email_taken'],
    [{ role: 'admin' }, 422, 'invalid_fields'],
    [{ plan: 'admin' }, 422, 'invalid_fields'],
    [{ id: 'mira' }, 422, 'invalid_fields'],
    [{ disabled: false }, 422, 'invalid_fields'],
  ])('%j is refused and changes nothing', async (body, status, code) => {
    await app.call('PATCH', '/auth/me', { body: { email: 'mira@example.org' } });
    const refused = await asBen('PATCH', '/auth/me', body);
    expect([refused.status, refused.body['code']]).toEqual([status, code]);
    const me = await asBen('GET', '/auth/me');
    expect(me.body).toMatchObject({ name: 'Ben', email: 'ben@example.org', role: 'user' });
  });
});

describe('the password', () => {
  const set = (current_password: string, new_password: string) =>
    asBen('POST', '/auth/me/password', { current_password, new_password });

  it('needs the current one, and ends every other session', async () => {
    const other = await login(app, 'Ben');
    const socket = await openSocket(app, other.body['access_token'] as string);
    const wrong = await set('wrong wrong wrong', 'staple battery horse');
    expect([wrong.status, wrong.body['code']]).toEqual([403, 'wrong_password']);
    const closed = once(socket, 'close');
    expect((await set(password, 'staple battery horse')).status).toBe(204);
    await closed;
    expect((await asBen('GET', '/auth/me')).status).toBe(200);
    const refresh = await app.call('POST', '/auth/refresh', {
      token: null,
      headers: { Cookie: `encore_refresh=${cookiesOf(other.headers)['encore_refresh']}` },
    });
    expect(refresh.status).toBe(401);
    expect((await login(app, 'Ben')).status).toBe(401);
    expect((await login(app, 'Ben', 'staple battery horse')).status).toBe(200);
  });

  it('cannot be guessed from an open session', async () => {
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push((await set(`wrong wrong ${n}`, password)).status);
    expect(answers).toEqual([403, 403, 403, 403, 403, 429]);
  });
});

describe('the owner', () => {
  const confirm = (secret: string) => asBen('POST', '/auth/me/confirm', { password: secret });

  it('is who knows the password, and nothing else comes of it', async () => {
    const sessions = async () => (await asBen('GET', '/auth/sessions')).body['items'];
    const before = await sessions();
    expect((await confirm(password)).status).toBe(204);
    const wrong = await confirm('wrong wrong wrong');
    expect([wrong.status, wrong.body['code']]).toEqual([403, 'wrong_password']);
    expect(await sessions()).toEqual(before);
  });

  it('cannot be guessed from an open session', async () => {
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push((await confirm(`wrong wrong ${n}`)).status);
    expect(answers).toEqual([403, 403, 403, 403, 403, 429]);
  });
});

describe('sessions', () => {
  const list = async () => (await asBen('GET', '/auth/sessions')).body['items'];
  const firefox = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:1) Gecko Firefox/140.0' };

  it('are listed with their device, and end one by one', async () => {
    const other = await login(app, 'Ben', password, firefox);
    const items = (await list()) as { id: string }[];
    expect(items).toMatchObject([
      { device: 'Firefox on Linux', current: false },
      { device: 'Unknown device', current: true },
    ]);
    const path = `/auth/sessions/${items[0]?.id}`;
    expect((await app.call('DELETE', path)).status).toBe(404);
    expect((await asBen('DELETE', path)).status).toBe(204);
    const token = other.body['access_token'] as string;
    expect((await app.call('GET', '/auth/me', { token })).status).toBe(401);
    expect(await list()).toMatchObject([{ current: true }]);
    expect((await asBen('DELETE', path)).status).toBe(404);
  });

  it('end all but the one that asks', async () => {
    await login(app, 'Ben');
    await login(app, 'Ben');
    expect((await asBen('DELETE', '/auth/sessions')).status).toBe(204);
    expect(await list()).toMatchObject([{ current: true }]);
  });
});
