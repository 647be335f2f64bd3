import { WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, login, type Person } from '../users/testing/people.ts';

let app: TestApp;
let id: string;
/** A user who added the air horn, and one who added nothing. */
let owner: Person;
let other: Person;

const items = async (path: string, token?: string) =>
  (await app.call('GET', path, token === undefined ? {} : { token })).body['items'];
const change = (body: unknown, token?: string) =>
  app.call('PATCH', `/sounds/${id}`, { body, ...(token ? { token } : {}) });
const head = async () =>
  ((await items('/admin/audit/events?limit=1')) as { global_position: number }[])[0]
    ?.global_position;

beforeEach(async () => {
  app = await startTestApp();
  await app.setUp();
  // Who let the folders be scanned added what was new in them; a demotion ends their sessions.
  owner = await addPerson(app, 'Ada', { role: 'admin' });
  await app.call('POST', '/sounds/scan');
  app.addSound('alerts/Air horn.wav', 440, 400);
  await app.call('POST', '/sounds/scan', { token: owner.token });
  await app.call('PATCH', `/admin/users/${owner.id}`, { body: { role: 'user' } });
  owner = { ...owner, token: (await login(app, 'Ada')).body['access_token'] as string };
  other = await addPerson(app, 'Ben', { role: 'user' });
  [id] = ((await items('/sounds/')) as { id: string }[]).map((sound) => sound.id) as [string];
  // The player hears of the new sound a moment later, and says so in the log.
  await eventually(async () => {
    const said = (await items('/admin/audit/events?limit=100')) as { type: string }[];
    return said.some(({ type }) => type === 'PlaylistReloaded') || undefined;
  });
});
afterEach(() => app.stop());

const badChanges: [path: string, body: Record<string, unknown>][] = [
  ['name', { name: '  ' }],
  ['name', { name: 'x'.repeat(201) }],
  ['name', { name: 'bell\u0007' }],
  ['tags', { tags: Array.from({ length: 21 }, (_, n) => `t${n}`) }],
  ['tags.1', { tags: ['fine', 'x'.repeat(41)] }],
  ['tags.0', { tags: [' '] }],
  ['gain', { gain: 12.1 }],
  ['gain', { gain: -24.1 }],
  ['policy', { policy: 'loud' }],
  ['trim.start_ms', { trim: { start_ms: -1, end_ms: 100 } }],
  ['trim.end_ms', { trim: { start_ms: 100, end_ms: 149 } }],
  ['trim.end_ms', { trim: { start_ms: 0, end_ms: 401 } }],
  ['', { hash: 'mine' }],
];

describe('a change of a sound', () => {
  it('says everything at once, and is seen by the next read', async () => {
    const trim = { start_ms: 50, end_ms: 350 };
    const body = {
      name: ' Horn ',
      tags: [' LOUD ', 'sea  side'],
      gain: -6.04,
      policy: 'queue',
      trim,
    };
    const answer = await change(body, owner.token);
    const said = { name: 'Horn', tags: ['loud', 'sea side'], gain: -6, policy: 'queue', trim };
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ ...said, added_by: owner.id });
    expect((await app.call('GET', `/sounds/${id}`)).body).toMatchObject(said);
    expect(await items('/sounds/catalogue')).toMatchObject([{ name: 'Horn', tags: said.tags }]);
    expect(await items('/sounds/?q=horn')).toMatchObject([said]);
  });

  it('that changes nothing appends nothing', async () => {
    const before = await head();
    const same = {
      name: 'Air horn',
      tags: ['Alerts', 'ALERTS'],
      gain: 0,
      policy: 'overlap',
      trim: null,
    };
    expect((await change(same)).status).toBe(200);
    expect((await change({})).status).toBe(200);
    expect(await head()).toBe(before);
  });

  it('with a bad field is refused by its name, and says nothing at all', async () => {
    const before = await head();
    for (const [path, body] of badChanges) {
      const answer = await change({ ...body, ...(path === 'name' ? {} : { name: 'New' }) });
      const paths = (answer.body['errors'] as { path: string }[]).map((one) => one.path);
      expect([answer.status, answer.body['code'], paths]).toEqual([422, 'invalid_fields', [path]]);
    }
    expect(await head()).toBe(before);
  });

  it('is for who added it and for admins', async () => {
    const stranger = await change({ name: 'Mine' }, other.token);
    expect([stranger.status, stranger.body['code']]).toEqual([403, 'not_your_sound']);
    const guest = await addPerson(app, 'Gil', { role: 'guest' });
    expect((await change({ name: 'Mine' }, guest.token)).body['code']).toBe('not_allowed');
    expect((await change({ name: 'Horn' })).status).toBe(200);
    const none = await app.call('PATCH', '/sounds/none', { body: { name: 'Horn' } });
    expect([none.status, none.body['code']]).toEqual([404, 'unknown_sound']);
  });

  it('loses a trim that new content is too short for', async () => {
    await change({ trim: { start_ms: 50, end_ms: 350 } });
    app.addSound('alerts/Air horn.wav', 440, 300);
    await app.call('POST', '/sounds/scan');
    expect((await app.call('GET', `/sounds/${id}`)).body).toMatchObject({
      duration: 300,
      trim: null,
    });
  });
});

describe('a press', () => {
  const pressed = async () => {
    app.player.commands.length = 0;
    expect((await app.call('POST', `/sounds/play/${id}`)).status).toBe(202);
    return eventually(() => app.player.plays()[0]);
  };
  beforeEach(() => app.player.connect());

  it('takes gain, policy and trim to the player; who queues may wait longer', async () => {
    await change({ gain: -12, policy: 'queue', trim: { start_ms: 50, end_ms: 350 } });
    expect(await pressed()).toMatchObject({ gain_db: -12, policy: 'queue', fresh_ms: 60_000 });
    await change({ policy: 'restart' });
    expect(await pressed()).toMatchObject({ policy: 'restart', fresh_ms: 3000 });
  });

  it('plays the cut copy once it is there, and the whole sound again without a trim', async () => {
    await change({ trim: { start_ms: 50, end_ms: 350 } });
    const copied = await eventually(async () => {
      const command = await pressed();
      return 'start_ms' in command ? undefined : command;
    });
    expect(copied).toMatchObject({ path: expect.stringMatching(/-50-350\.wav$/) as string });
    await change({ trim: null });
    expect(await pressed()).toMatchObject({
      path: expect.stringMatching(/\/[0-9a-f]{64}\.wav$/) as string,
    });
  });
});

describe('favourites', () => {
  const favourite = (method: string, token: string) =>
    app.call(method, `/sounds/${id}/favourite`, { token });

  it('are everybody’s own, of guests too', async () => {
    const guest = await addPerson(app, 'Gil', { role: 'guest' });
    expect((await favourite('POST', guest.token)).status).toBe(204);
    expect((await favourite('POST', guest.token)).status).toBe(204);
    expect(await items('/sounds/favourites', guest.token)).toEqual([id]);
    expect(await items('/sounds/?favourite=true', guest.token)).toMatchObject([
      { favourite: true },
    ]);
    expect(await items('/sounds/?favourite=false', guest.token)).toEqual([]);
    expect(await items('/sounds/favourites', other.token)).toEqual([]);
    const seen = await app.call('GET', `/sounds/${id}`, { token: other.token });
    expect(seen.body['favourite']).toBe(false);
    expect((await favourite('DELETE', guest.token)).status).toBe(204);
    expect(await items('/sounds/favourites', guest.token)).toEqual([]);
  });

  it('of unknown sounds are refused', async () => {
    for (const method of ['POST', 'DELETE']) {
      const answer = await app.call(method, '/sounds/none/favourite');
      expect([answer.status, answer.body['code']]).toEqual([404, 'unknown_sound']);
    }
  });

  it('are heard of by the own windows alone, and leave the catalogue as it is', async () => {
    const open = async (token: string) => {
      const messages: { type: string; data: unknown }[] = [];
      const socket = new WebSocket(`${app.url.replace('http', 'ws')}/api/v1/socket`, [
        'bearer',
        token,
      ]);
      socket.on('message', (data) =>
        messages.push(JSON.parse((data as Buffer).toString()) as (typeof messages)[number]),
      );
      await eventually(() => messages.find(({ type }) => type === 'hello'));
      const changes = () => messages.filter(({ type }) => type === 'sound_changed');
      return { socket, changes };
    };
    const tag = (await app.call('GET', '/sounds/catalogue')).headers.get('ETag');
    const [mine, theirs] = [await open(owner.token), await open(other.token)];
    await favourite('POST', owner.token);
    await change({ gain: -3 });
    await eventually(() => theirs.changes()[0]);
    await eventually(() => mine.changes()[1]);
    expect(theirs.changes().map(({ data }) => data)).toEqual([{ sound_id: id }]);
    expect(mine.changes().map(({ data }) => data)).toEqual([
      { sound_id: id, favourite: true },
      { sound_id: id },
    ]);
    expect((await app.call('GET', '/sounds/catalogue')).headers.get('ETag')).toBe(tag);
    mine.socket.close();
    theirs.socket.close();
  });
});
