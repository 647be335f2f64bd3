import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStorage } from '../kernel/storage.ts';
import { password, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, issueToken, login, openSocket, type Person } from './testing/people.ts';

let app: TestApp;
let mira: string;
let ben: Person;
beforeEach(async () => {
  app = await startTestApp();
  mira = ((await app.setUp()).body['user'] as { id: string }).id;
  ben = await addPerson(app, 'Ben');
});
afterEach(() => app.stop());

const next = 'a new horse for Ben';
const reset = (id: string, body: unknown = {}, token?: string | null, headers = {}) =>
  app.call('POST', `/admin/users/${id}/password`, {
    body,
    headers,
    ...(token === undefined ? {} : { token }),
  });
const passwordsSet = async (id: string) => {
  const path = `/admin/audit/events?stream=user-${id}&type=PasswordSet&order=asc`;
  const { items } = (await app.call('GET', path)).body as { items: { actor: string }[] };
  return items.map(({ actor }) => actor);
};

describe('a password set by an admin', () => {
  it('is the one that counts, and who did it is in the log', async () => {
    const answer = await reset(ben.id, { password: next });
    expect([answer.status, answer.body]).toEqual([204, {}]);
    expect((await login(app, 'Ben')).status).toBe(401);
    expect((await login(app, 'Ben', next)).status).toBe(200);
    expect(await passwordsSet(ben.id)).toEqual([mira, mira]);
    const log = await app.call('GET', '/admin/audit/events?limit=500');
    expect(JSON.stringify(log.body)).not.toContain(next);
  });

  it('is made where none is given, and shown once', async () => {
    const key = { 'Idempotency-Key': 'one-reset-1' };
    const answer = await reset(ben.id, {}, undefined, key);
    expect(answer.status).toBe(200);
    const made = answer.body['password'] as string;
    expect(made).toMatch(/^[2-9A-Z]{4}(-[2-9A-Z]{4}){3}$/);
    const again = await reset(ben.id, {}, undefined, key);
    expect([again.status, again.body['code']]).toEqual([409, 'password_shown_once']);
    expect((await login(app, 'Ben', made)).status).toBe(200);
    const other = await reset(ben.id);
    expect(other.body['password']).not.toBe(made);
  });

  it('ends every session at once, and leaves the API tokens', async () => {
    const button = await issueToken(app, ben, ['read']);
    const [socket, wall] = [await openSocket(app, ben.token), await openSocket(app, button)];
    const closed = once(socket, 'close');
    await reset(ben.id, { password: next });
    expect((await closed)[0]).toBe(4401);
    expect((await app.call('GET', '/auth/me', { token: ben.token })).status).toBe(401);
    expect((await app.call('GET', '/auth/me', { token: button })).status).toBe(200);
    expect(wall.readyState).toBe(wall.OPEN);
  });

  it('opens the account of who had none', async () => {
    // As somebody is who only ever came by a provider.
    const storage = openStorage(`${app.dir}/data/encore.db`);
    storage.prepare('UPDATE people SET password_hash = NULL WHERE user_id = ?').run(ben.id);
    storage.close();
    expect((await login(app, 'Ben')).status).toBe(401);
    expect((await reset(ben.id, { password: next })).status).toBe(204);
    expect((await login(app, 'Ben', next)).status).toBe(200);
  });

  it('is set for another admin too, and never for oneself', async () => {
    const ada = await addPerson(app, 'Ada', { role: 'admin' });
    expect((await reset(ada.id, { password: next })).status).toBe(204);
    expect(await passwordsSet(ada.id)).toEqual([mira, mira]);
    const own = await reset(mira, { password: next });
    expect([own.status, own.body['code']]).toEqual([409, 'own_password']);
    expect((await login(app, 'Mira', password)).status).toBe(200);
  });

  it('leaves a disabled account disabled', async () => {
    await app.call('PATCH', `/admin/users/${ben.id}`, { body: { disabled: true } });
    await reset(ben.id, { password: next });
    expect((await login(app, 'Ben', next)).body['code']).toBe('account_disabled');
  });

  it.each([
    ['a short one', { password: 'too short' }, 422, 'invalid_fields'],
    ['more than a password', { password: next, role: 'admin' }, 422, 'invalid_fields'],
  ])('is refused: %s', async (_, body, status, code) => {
    const answer = await reset(ben.id, body);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect((await login(app, 'Ben')).status).toBe(200);
  });

  it('is for admins, and for accounts that are there', async () => {
    const cem = await addPerson(app, 'Cem');
    expect((await reset(ben.id, { password: next }, cem.token)).status).toBe(403);
    expect((await reset(ben.id, { password: next }, null)).status).toBe(401);
    const unknown = await reset('nobody', { password: next });
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'unknown_user']);
    expect(await passwordsSet(ben.id)).toEqual([mira]);
  });
});
