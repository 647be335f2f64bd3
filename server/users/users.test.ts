import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { password, setupCode, startTestApp, type TestApp } from '../testing/test-app.ts';
import { login } from './testing/people.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
});
afterEach(() => app.stop());

const cookies = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    headers.getSetCookie().map((cookie) => {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );

describe('setup', () => {
  it('makes the first admin with the code, once and for ever', async () => {
    const before = await app.call('GET', '/auth/providers');
    expect(before.body).toEqual({
      providers: ['password'],
      registration: 'invite',
      setup_required: true,
    });
    const made = await app.setUp();
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      token_type: 'bearer',
      expires_in: 900,
      user: { name: 'Mira', role: 'admin', plan: 'admin' },
    });
    const again = { code: setupCode, name: 'Eve', password };
    const second = await app.call('POST', '/auth/setup', { body: again });
    expect([second.status, second.body['code']]).toEqual([409, 'setup_done']);
    app = await app.restart();
    const third = await app.call('POST', '/auth/setup', { body: again });
    expect([third.status, third.body['code']]).toEqual([409, 'setup_done']);
    const after = await app.call('GET', '/auth/providers');
    expect(after.body['setup_required']).toBe(false);
  });

  it('stays closed where the database file was restored from a copy', async () => {
    await app.setUp();
    const database = join(app.dir, 'data', 'encore.db');
    await app.stop(true);
    copyFileSync(database, `${database}.copy`);
    app = await startTestApp({ dir: app.dir });
    await login(app, 'Mira');
    await app.stop(true);
    for (const rest of ['-wal', '-shm']) rmSync(`${database}${rest}`, { force: true });
    renameSync(`${database}.copy`, database);
    app = await startTestApp({ dir: app.dir });
    const eve = { code: setupCode, name: 'Eve', password };
    const refused = await app.call('POST', '/auth/setup', { body: eve });
    expect([refused.status, refused.body['code']]).toEqual([409, 'setup_done']);
    expect((await app.call('GET', '/auth/providers')).body['setup_required']).toBe(false);
    expect((await login(app, 'Mira')).status).toBe(200);
  });

  it('refuses a wrong code and slows down who tries many', async () => {
    const guess = { code: 'AAAA-AAAA', name: 'Eve', password };
    const answers = [];
    for (let n = 0; n < 6; n++) {
      answers.push((await app.call('POST', '/auth/setup', { body: guess })).status);
    }
    expect(answers).toEqual([403, 403, 403, 403, 403, 429]);
    const refused = await app.call('POST', '/auth/setup', { body: guess });
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
  });

  it('takes the code without its dash and in small letters', async () => {
    const body = { code: 'testcode', name: 'Mira', password };
    expect((await app.call('POST', '/auth/setup', { body })).status).toBe(201);
  });

  it('names each bad field', async () => {
    const body = { code: setupCode, name: ' ', password: 'short' };
    const refused = await app.call('POST', '/auth/setup', { body });
    expect(refused.status).toBe(422);
    expect(refused.body['errors']).toEqual([
      { path: 'name', message: 'a name is needed' },
      { path: 'password', message: 'use at least 12 characters' },
    ]);
  });
});

describe('sign-in', () => {
  it('answers the same for a wrong password and an unknown name', async () => {
    await app.setUp();
    const wrong = await app.call('POST', '/auth/login', {
      body: { name: 'Mira', password: 'wrong wrong wrong' },
      token: null,
    });
    const unknown = await app.call('POST', '/auth/login', {
      body: { name: 'Nobody', password: 'wrong wrong wrong' },
      token: null,
    });
    expect(wrong.status).toBe(401);
    expect({ ...wrong.body, request_id: '' }).toEqual({ ...unknown.body, request_id: '' });
  });

  it('takes the name in any case and sets cookies that are enough', async () => {
    await app.setUp();
    const signedIn = await app.call('POST', '/auth/login', {
      body: { name: 'mira', password },
      token: null,
    });
    expect(signedIn.status).toBe(200);
    const set = signedIn.headers.getSetCookie();
    expect(set.every((cookie) => /httponly/i.test(cookie) && /samesite=lax/i.test(cookie))).toBe(
      true,
    );
    const { encore_access } = cookies(signedIn.headers);
    const me = await app.call('GET', '/auth/me', {
      token: null,
      headers: { Cookie: `encore_access=${encore_access}` },
    });
    expect(me.body).toMatchObject({ name: 'Mira', role: 'admin' });
  });

  it('needs an identity for everything else', async () => {
    await app.setUp();
    const none = await app.call('GET', '/auth/me', { token: null });
    expect([none.status, none.body['code']]).toEqual([401, 'sign_in_needed']);
    const session = await app.call('GET', '/auth/session', { token: null });
    expect([session.status, session.body]).toEqual([200, { user: null }]);
    const forged = await app.call('GET', '/auth/me', { token: 'eyJhbGciOiJub25lIn0.e30.' });
    expect(forged.status).toBe(401);
  });
});

describe('refresh', () => {
  const refresh = (token: string | undefined) =>
    app.call('POST', '/auth/refresh', {
      token: null,
      headers: { Cookie: `encore_refresh=${token}`, 'Sec-Fetch-Site': 'same-origin' },
    });

  it('rotates, and the reuse of an old token ends the session', async () => {
    const first = cookies((await app.setUp()).headers)['encore_refresh'];
    const second = cookies((await refresh(first)).headers)['encore_refresh'];
    const renewed = await refresh(second);
    expect(renewed.status).toBe(200);
    const third = cookies(renewed.headers)['encore_refresh'];
    // The one before the last is only taken from two tabs that race; the first is older.
    expect((await refresh(first)).status).toBe(401);
    expect((await refresh(third)).status).toBe(401);
    expect((await app.call('GET', '/auth/me')).status).toBe(401);
  });

  it('of three windows at once gives all the same, so that none signs the others out', async () => {
    const first = cookies((await app.setUp()).headers)['encore_refresh'];
    const answers = await Promise.all([refresh(first), refresh(first), refresh(first)]);
    // One more whose answer is late, or was lost on the way.
    answers.push(await refresh(first));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const given = new Set(answers.map(({ headers }) => cookies(headers)['encore_refresh']));
    expect(given.size).toBe(1);
    expect(given).not.toContain(first);
    const [next] = given;
    expect((await refresh(next)).status).toBe(200);
  });

  it('ends with signing out, at once', async () => {
    await app.setUp();
    expect((await app.call('POST', '/auth/logout')).status).toBe(204);
    expect((await app.call('GET', '/auth/me')).status).toBe(401);
  });
});

describe('API tokens', () => {
  const make = (body: Record<string, unknown>) =>
    app.call('POST', '/auth/tokens', { body: { name: 'Wall button', ...body } });

  it('are shown once, do what their scopes say, and end when revoked', async () => {
    await app.setUp();
    const made = await make({ scopes: ['read'] });
    expect(made.status).toBe(201);
    const token = made.body['token'] as string;
    expect(token).toMatch(/^enc_[\w-]{43}[0-9a-f]{8}$/);
    expect((await app.call('GET', '/auth/me', { token })).status).toBe(200);
    const played = await app.call('POST', '/sounds/play/x', { token });
    expect([played.status, played.body['code']]).toEqual([403, 'not_allowed']);
    const listed = await app.call('GET', '/auth/tokens');
    expect(JSON.stringify(listed.body)).not.toContain(token);
    const id = made.body['id'] as string;
    expect((await app.call('DELETE', `/auth/tokens/${id}`)).status).toBe(204);
    expect((await app.call('GET', '/auth/me', { token })).status).toBe(401);
    expect((await app.call('DELETE', `/auth/tokens/${id}`)).status).toBe(404);
  });

  it('expire', async () => {
    await app.setUp();
    const made = await make({ scopes: ['read'], expires_at: '2020-01-01T00:00:00Z' });
    const token = made.body['token'] as string;
    expect((await app.call('GET', '/auth/me', { token })).status).toBe(401);
  });

  it('tell when they expire as all times are told, however it was sent', async () => {
    await app.setUp();
    for (const expires_at of ['2030-01-01T10:30:00Z', '2030-01-01T12:30:00+02:00']) {
      const { status, body } = await make({ scopes: ['read'], expires_at });
      expect([status, body['expires_at']]).toEqual([201, '2030-01-01T10:30:00.000Z']);
    }
    const refused = await make({ scopes: ['read'], expires_at: 'tomorrow' });
    expect(refused.status).toBe(422);
  });

  it('are not shown again when the request is repeated', async () => {
    await app.setUp();
    const headers = { 'Idempotency-Key': 'once' };
    const body = { name: 'Wall button', scopes: ['read'] };
    expect((await app.call('POST', '/auth/tokens', { body, headers })).status).toBe(201);
    const again = await app.call('POST', '/auth/tokens', { body, headers });
    expect([again.status, again.body['code']]).toEqual([409, 'token_shown_once']);
    expect((await app.call('GET', '/auth/tokens')).body['items']).toHaveLength(1);
  });
});
