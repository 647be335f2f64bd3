import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkChain } from '../kernel/chain-check.ts';
import { openEventLog } from '../kernel/event-log.ts';
import { systemClock, uuidv7 } from '../kernel/ports.ts';
import { openStorage } from '../kernel/storage.ts';
import { createUpcast } from '../kernel/upcasters.ts';
import { freePort } from '../testing/free-port.ts';
import { eventually, password, startTestApp, type TestApp } from '../testing/test-app.ts';
import {
  addPerson,
  eventsOf,
  issueToken,
  login,
  mqttClosed,
  openMqtt,
  openSocket,
} from './testing/people.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
  await app.setUp();
});
afterEach(() => app.stop());

const me = async () => (await app.call('GET', '/auth/me')).body['id'] as string;
const patch = (id: string, body: unknown) => app.call('PATCH', `/admin/users/${id}`, { body });

describe('accounts made by an admin', () => {
  it('sign in, and are listed without their secrets', async () => {
    const body = { name: 'Ben', password, email: 'ben@example.org' };
    const made = await app.call('POST', '/admin/users', { body });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.any(String) as string,
      name: 'Ben',
      email: 'ben@example.org',
      role: 'user',
      plan: 'free',
      has_password: true,
      disabled: false,
      created_at: expect.any(String) as string,
      last_seen_at: null,
    });
    expect((await login(app, 'ben@example.org')).status).toBe(200);
    const one = await app.call('GET', `/admin/users/${made.body['id'] as string}`);
    expect(one.body).toEqual({ ...made.body, last_seen_at: expect.any(String) as string });
    const list = await app.call('GET', '/admin/users');
    expect(list.body).toMatchObject({
      items: [{ name: 'Mira' }, { name: 'Ben' }],
      next_cursor: null,
      total: 2,
    });
    expect(JSON.stringify(list.body)).not.toMatch(/argon2|hash/);
  });

  it('are listed in pages', async () => {
    for (const name of ['Ada', 'Ben', 'Cem']) {
      await app.call('POST', '/admin/users', { body: { name, password } });
    }
    const first = await app.call('GET', '/admin/users?limit=3');
    expect(first.body['items']).toMatchObject([{ name: 'Mira' }, { name: 'Ada' }, { name: 'Ben' }]);
    const rest = await app.call(
      'GET',
      `/admin/users?cursor=${first.body['next_cursor'] as string}`,
    );
    expect(rest.body).toMatchObject({ items: [{ name: 'Cem' }], next_cursor: null, total: 4 });
  });

  it('have the plan of their role unless another is chosen', async () => {
    const plans = [];
    for (const body of [{ role: 'admin' }, { role: 'guest' }, { role: 'user', plan: 'pro' }]) {
      const made = await app.call('POST', '/admin/users', {
        body: { name: `N${plans.length}`, password, ...body },
      });
      plans.push(made.body['plan']);
    }
    expect(plans).toEqual(['admin', 'free', 'pro']);
  });

  it.each([
    [{ name: 'mira', password }, 409, 'name_taken'],
    [{ name: 'Ben', password, plan: 'gold' }, 422, 'unknown_plan'],
    [{ name: 'Ben', password: 'short' }, 422, 'invalid_fields'],
    [{ name: 'Ben', password, role: 'root' }, 422, 'invalid_fields'],
    [{ name: 'Ben', password, credits: 1000 }, 422, 'invalid_fields'],
  ])('%j is refused', async (body, status, code) => {
    const refused = await app.call('POST', '/admin/users', { body });
    expect([refused.status, refused.body['code']]).toEqual([status, code]);
    expect((await app.call('GET', '/admin/users')).body['total']).toBe(1);
  });

  it('are made once by a repeated request', async () => {
    const options = { body: { name: 'Ben', password }, headers: { 'Idempotency-Key': 'ben' } };
    const first = await app.call('POST', '/admin/users', options);
    const again = await app.call('POST', '/admin/users', options);
    expect([again.status, again.body]).toEqual([201, first.body]);
  });
});

describe('a disabled account', () => {
  it('loses sessions, tokens, sockets and MQTT at once, and can come back', async () => {
    await app.stop();
    const port = await freePort();
    app = await startTestApp({
      environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(port) },
    });
    await app.setUp();
    const ben = await addPerson(app, 'Ben');
    const token = await issueToken(app, ben, ['read', 'mqtt']);
    const sockets = await Promise.all([openSocket(app, ben.token), openSocket(app, token)]);
    const mqtt = await openMqtt(port, 'Ben', token);
    const closed = Promise.all([...sockets.map((one) => once(one, 'close')), mqttClosed(mqtt)]);
    const disabled = await patch(ben.id, { disabled: true });
    expect([disabled.status, disabled.body['disabled']]).toEqual([200, true]);
    await closed;
    for (const shown of [ben.token, token]) {
      expect((await app.call('GET', '/auth/me', { token: shown })).status).toBe(401);
    }
    await expect(openMqtt(port, 'Ben', token)).rejects.toThrow();
    const refused = await login(app, 'Ben');
    expect([refused.status, refused.body['code']]).toEqual([403, 'account_disabled']);
    expect(await eventsOf(app, ben.id)).toEqual([
      'UserRegistered',
      'PasswordSet',
      'UserSignedIn',
      'ApiTokenIssued',
      'UserDisabled',
      'SessionRevoked',
      'ApiTokenRevoked',
    ]);
    await patch(ben.id, { disabled: false });
    expect((await app.call('GET', '/auth/me', { token })).status).toBe(401);
    expect((await login(app, 'Ben')).status).toBe(200);
  });

  it('says so only to who knows the password', async () => {
    const ben = await addPerson(app, 'Ben');
    await patch(ben.id, { disabled: true });
    expect((await login(app, 'Ben', 'wrong wrong wrong')).body['code']).toBe('wrong_login');
  });
});

describe('a role', () => {
  it('that is lowered ends what was open; raised, it does not', async () => {
    const ben = await addPerson(app, 'Ben');
    expect((await patch(ben.id, { role: 'admin' })).body).toMatchObject({ plan: 'admin' });
    expect((await app.call('GET', '/admin/users', { token: ben.token })).status).toBe(200);
    const socket = await openSocket(app, ben.token);
    const closed = once(socket, 'close');
    expect((await patch(ben.id, { role: 'user' })).body).toMatchObject({ plan: 'free' });
    await closed;
    expect((await app.call('GET', '/auth/me', { token: ben.token })).status).toBe(401);
  });

  it('that is raised holds at once: what is open comes back with it', async () => {
    await app.stop();
    const port = await freePort();
    app = await startTestApp({ environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(port) } });
    await app.setUp();
    const ben = await addPerson(app, 'Ben', { role: 'guest' });
    const cem = await addPerson(app, 'Cem');
    const token = await issueToken(app, ben, ['mqtt', 'admin']);
    const [socket, others] = [await openSocket(app, ben.token), await openSocket(app, cem.token)];
    const mqtt = await openMqtt(port, 'Ben', token);
    await expect(mqtt.subscribeAsync('zigbee2mqtt/#')).rejects.toThrow();
    const closed = Promise.all([once(socket, 'close'), mqttClosed(mqtt)]);
    await patch(ben.id, { role: 'admin' });
    const [[code]] = (await closed) as [[number], void];
    expect(code).toBe(1012);
    expect(others.readyState).toBe(others.OPEN);
    // The session and the token are what they were; the role is not.
    expect((await openSocket(app, ben.token)).readyState).toBe(socket.OPEN);
    const again = await openMqtt(port, 'Ben', token);
    await again.subscribeAsync('zigbee2mqtt/#');
    again.end();
  });

  it('and a name of one’s own choice as well: MQTT topics have it in them', async () => {
    await app.stop();
    const port = await freePort();
    app = await startTestApp({ environment: { MQTT_MODE: 'embedded', MQTT_PORT: String(port) } });
    await app.setUp();
    const ben = await addPerson(app, 'Ben');
    const token = await issueToken(app, ben, ['mqtt']);
    const mqtt = await openMqtt(port, 'Ben', token);
    const closed = mqttClosed(mqtt);
    await app.call('PATCH', '/auth/me', { token: ben.token, body: { name: 'Benno' } });
    await closed;
    await expect(openMqtt(port, 'Ben', token)).rejects.toThrow();
    const again = await openMqtt(port, 'Benno', token);
    await again.subscribeAsync('encore/main/reply/Benno/#');
    again.end();
  });

  it('that stays, or a plan, closes nothing', async () => {
    const ben = await addPerson(app, 'Ben');
    const socket = await openSocket(app, ben.token);
    await patch(ben.id, { role: 'user', plan: 'pro' });
    await patch(ben.id, { disabled: false });
    const pong = once(socket, 'pong');
    socket.ping();
    await pong;
    expect(socket.readyState).toBe(socket.OPEN);
  });

  it('of the last admin stays, and so does the account', async () => {
    const id = await me();
    const ben = await addPerson(app, 'Ben', { role: 'admin' });
    await patch(ben.id, { disabled: true });
    const answers = [
      await patch(id, { role: 'user' }),
      await patch(id, { disabled: true }),
      await app.call('DELETE', `/admin/users/${id}`),
    ];
    expect(answers.map(({ body }) => body['code'])).toEqual([
      'last_admin',
      'last_admin',
      'last_admin',
    ]);
    expect((await app.call('GET', '/auth/me')).status).toBe(200);
    await patch(ben.id, { disabled: false });
    expect((await patch(id, { role: 'user' })).status).toBe(200);
  });

  it('and plan are changed together or not at all', async () => {
    const ben = await addPerson(app, 'Ben');
    const refused = await patch(ben.id, { role: 'guest', plan: 'gold' });
    expect([refused.status, refused.body['code']]).toEqual([422, 'unknown_plan']);
    const one = await app.call('GET', `/admin/users/${ben.id}`);
    expect(one.body).toMatchObject({ role: 'user', plan: 'free' });
    const unknown = await patch('nobody', { role: 'guest' });
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'unknown_user']);
  });

  it('two admins who demote each other at once: one stays', async () => {
    const mira = await me();
    const ben = await addPerson(app, 'Ben', { role: 'admin' });
    const answers = await Promise.all([
      patch(ben.id, { role: 'user' }),
      app.call('PATCH', `/admin/users/${mira}`, { body: { role: 'user' }, token: ben.token }),
    ]);
    // The other is refused, or has lost its session before it was heard.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('the feed', () => {
  it('tells how an account stands after each change, and the terms of a plan', async () => {
    const { token } = await addPerson(app, 'Ada', { role: 'admin' });
    const socket = await openSocket(app, token);
    const heard: { type: string; position?: number; data: Record<string, unknown> }[] = [];
    socket.on('message', (data) =>
      heard.push(JSON.parse((data as Buffer).toString('utf8')) as (typeof heard)[number]),
    );
    const ben = await addPerson(app, 'Ben', { role: 'guest' });
    await patch(ben.id, { role: 'admin' });
    await patch(ben.id, { plan: 'pro' });
    await patch(ben.id, { disabled: true });
    await patch(ben.id, { disabled: false });
    await app.call('DELETE', `/admin/users/${ben.id}`);
    await app.call('PATCH', '/admin/plans/pro', { body: { unlimited: true } });
    const plan = await eventually(() => heard.find(({ type }) => type === 'plan_changed'));
    expect(plan.data).toMatchObject({ code: 'pro', plan: { unlimited: true, name: 'Pro' } });
    const told = heard.filter(({ type }) => type === 'user_changed');
    const stands = { user_id: ben.id, name: 'Ben', disabled: false, forgotten: false };
    expect(told.map(({ data }) => data)).toEqual([
      { ...stands, role: 'guest', plan: 'free' },
      // Role and plan are two facts of one change.
      { ...stands, role: 'admin', plan: 'admin' },
      { ...stands, role: 'admin', plan: 'admin' },
      { ...stands, role: 'admin', plan: 'pro' },
      { ...stands, role: 'admin', plan: 'pro', disabled: true },
      { ...stands, role: 'admin', plan: 'pro' },
      { user_id: ben.id, forgotten: true },
    ]);
    expect(told.every(({ position }) => position !== undefined)).toBe(true);
    socket.close();
  });
});

describe('forgetting', () => {
  it('erases the person and keeps a valid chain', async () => {
    const ben = await addPerson(app, 'Benjamin Bruno', { email: 'bruno@example.org' });
    await issueToken(app, ben, ['read']);
    expect((await app.call('DELETE', `/admin/users/${ben.id}`)).status).toBe(204);
    expect((await app.call('GET', '/auth/me', { token: ben.token })).status).toBe(401);
    expect((await login(app, 'Benjamin Bruno')).body['code']).toBe('wrong_login');
    expect((await app.call('GET', `/admin/users/${ben.id}`)).status).toBe(404);
    expect((await app.call('DELETE', `/admin/users/${ben.id}`)).status).toBe(404);
    expect((await app.call('GET', '/admin/users')).body['total']).toBe(1);
    const again = await addPerson(app, 'Benjamin Bruno');
    expect(again.id).not.toBe(ben.id);
    await app.call('DELETE', `/admin/users/${again.id}`);
    const storage = openStorage(join(app.dir, 'data', 'encore.db'));
    const ports = { clock: systemClock, ids: uuidv7, upcast: createUpcast({}) };
    expect(await checkChain(openEventLog(storage, ports))).toMatchObject({ verdict: 'valid' });
    const tables = storage
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
      .pluck()
      .all();
    for (const table of tables) {
      const rows = storage.prepare(`SELECT * FROM "${table}"`).all();
      expect([table, JSON.stringify(rows)]).not.toEqual([
        table,
        expect.stringMatching(/bruno|Wall button/i),
      ]);
    }
    storage.close();
  });
});
