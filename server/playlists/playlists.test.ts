import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, type Person } from '../users/testing/people.ts';
import { mainPlaylistId } from './events.ts';

let app: TestApp;
let ben: Person;
let cem: Person;
let gil: Person;
let sounds: string[];

type Body = Record<string, unknown>;
const call = async (who: Person, method: string, path: string, body?: unknown) =>
  app.call(method, path, { token: who.token, ...(body === undefined ? {} : { body }) });
const create = async (who: Person, body: Body = { name: 'Friday night' }): Promise<string> =>
  (await call(who, 'POST', '/playlists/', body)).body['id'] as string;
const add = async (who: Person, id: string, body: Body): Promise<string[]> =>
  (await call(who, 'POST', `/playlists/${id}/sounds`, body)).body['entry_ids'] as string[];
const entries = async (who: Person, id: string): Promise<{ entry_id: string; sound: Body }[]> =>
  (await call(who, 'GET', `/playlists/${id}/sounds`)).body['items'] as never;
const order = async (who: Person, id: string): Promise<string[]> =>
  (await entries(who, id)).map(({ entry_id }) => entry_id);

beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
  ben = await addPerson(app, 'Ben', { role: 'user' });
  cem = await addPerson(app, 'Cem', { role: 'user' });
  gil = await addPerson(app, 'Gil', { role: 'guest' });
  for (const [at, name] of ['Games/a.wav', 'b.wav', 'c.wav', 'd.wav'].entries()) {
    app.addSound(name, 300 + at * 100);
  }
  await app.call('POST', '/sounds/scan');
  const { body } = await app.call('GET', '/sounds/?sort=name');
  sounds = (body['items'] as { id: string }[]).map(({ id }) => id);
});
afterAll(() => app.stop());

describe('a playlist', () => {
  let id: string;
  beforeEach(async () => {
    id = await create(ben);
  });

  it('is made, described and found by its owner alone', async () => {
    const patch = { name: 'Saturday', description: 'Loud.' };
    expect(await call(ben, 'PATCH', `/playlists/${id}`, patch)).toMatchObject({
      status: 200,
      body: { ...patch, owner_name: 'Ben', length: 0, duration: 0, may_edit: true, main: false },
    });
    expect((await call(cem, 'GET', `/playlists/${id}`)).body['code']).toBe('unknown_playlist');
    expect((await call(cem, 'DELETE', `/playlists/${id}`)).status).toBe(404);
    expect((await app.call('GET', `/playlists/${id}`)).status).toBe(200);
  });

  it('takes sounds at the end, at a place, several at once, and twice', async () => {
    const [a = '', b = '', c = ''] = sounds;
    await add(ben, id, { sound_id: a });
    await add(ben, id, { sound_ids: [b, a], position: 0 });
    await add(ben, id, { sound_id: c, position: 99 });
    const list = await entries(ben, id);
    expect(list.map(({ sound }) => sound['id'])).toEqual([b, a, a, c]);
    expect(new Set(list.map(({ entry_id }) => entry_id)).size).toBe(4);
    expect((await call(ben, 'GET', `/playlists/${id}`)).body).toMatchObject({
      length: 4,
      duration: 800,
    });
  });

  it('is put in another order, by single moves or as a whole', async () => {
    const [e0 = '', e1 = '', e2 = ''] = await add(ben, id, { sound_ids: sounds.slice(0, 3) });
    const move = (entry: string, before: string | null) =>
      call(ben, 'POST', `/playlists/${id}/sounds/${entry}/move`, { before });
    expect((await move(e2, e0)).status).toBe(204);
    expect(await order(ben, id)).toEqual([e2, e0, e1]);
    await move(e2, null);
    expect(await order(ben, id)).toEqual([e0, e1, e2]);
    const put = (entry_ids: string[]) =>
      call(ben, 'PUT', `/playlists/${id}/sounds/order`, { entry_ids });
    expect((await put([e2, e1, e0])).headers.get('x-event-position')).toMatch(/^\d+$/);
    expect(await order(ben, id)).toEqual([e2, e1, e0]);
    for (const wrong of [[e2, e1], [e2, e1, 'x'], [e0, e0, e0], []]) {
      expect((await put(wrong)).body['code']).toBe('order_stale');
    }
  });

  it('lets entries go, and says when one has gone already', async () => {
    const [entry = ''] = await add(ben, id, { sound_ids: sounds.slice(0, 2) });
    const take = () => call(ben, 'DELETE', `/playlists/${id}/sounds/${entry}`);
    expect((await take()).status).toBe(204);
    expect((await take()).body['code']).toBe('unknown_entry');
    expect(await order(ben, id)).toHaveLength(1);
  });

  it('names unknown sounds and fields that are wrong', async () => {
    const unknown = await call(ben, 'POST', `/playlists/${id}/sounds`, { sound_id: 'none' });
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'unknown_sound']);
    for (const body of [{}, { sound_id: sounds[0], position: -1 }, { sound_ids: [] }]) {
      expect((await call(ben, 'POST', `/playlists/${id}/sounds`, body)).status).toBe(422);
    }
    for (const body of [{ name: ' ' }, { name: 'x'.repeat(201) }, { name: 'a\nb' }, {}]) {
      expect((await call(ben, 'POST', '/playlists/', body)).status).toBe(422);
    }
  });

  it('comes back after it was deleted, with its entries', async () => {
    const [entry] = await add(ben, id, { sound_ids: sounds.slice(0, 1) });
    expect((await call(ben, 'DELETE', `/playlists/${id}`)).status).toBe(204);
    expect((await call(ben, 'GET', `/playlists/${id}`)).status).toBe(404);
    expect((await call(cem, 'POST', `/playlists/${id}/restore`)).status).toBe(404);
    expect((await call(ben, 'POST', `/playlists/${id}/restore`)).body['length']).toBe(1);
    expect(await order(ben, id)).toEqual([entry]);
  });

  it('of the household is edited by members, read by guests, and managed by its owner', async () => {
    await call(ben, 'PATCH', `/playlists/${id}`, { visibility: 'household' });
    expect(await add(cem, id, { sound_id: sounds[0] })).toHaveLength(1);
    expect(await entries(gil, id)).toHaveLength(1);
    expect((await call(gil, 'POST', `/playlists/${id}/sounds`, { sound_id: 'x' })).status).toBe(
      403,
    );
    const renamed = await call(cem, 'PATCH', `/playlists/${id}`, { name: 'Mine now' });
    expect(renamed.body['code']).toBe('not_your_playlist');
    expect((await call(cem, 'GET', `/playlists/${id}`)).body).toMatchObject({
      may_edit: true,
      may_manage: false,
    });
  });
});

describe('the lists of a person', () => {
  it('begin with the main one and are paged by name', async () => {
    for (const name of ['Zebra', 'apple', 'Apple']) await create(cem, { name });
    const names: string[] = [];
    let cursor = '';
    do {
      const { body } = await call(cem, 'GET', `/playlists/?limit=2${cursor}`);
      names.push(...(body['items'] as { name: string }[]).map(({ name }) => name));
      cursor = body['next_cursor'] ? `&cursor=${body['next_cursor'] as string}` : '';
    } while (cursor);
    const own = names.filter((name) => /apple|zebra/i.test(name));
    expect(names[0]).toBe('All sounds');
    expect(own.map((name) => name.toLowerCase())).toEqual(['apple', 'apple', 'zebra']);
  });
});

describe('the main playlist', () => {
  const length = async () =>
    (await app.call('GET', `/playlists/${mainPlaylistId}`)).body['length'] as number;

  it('is joined by every new sound', async () => {
    app.addSound('new one.wav', 900);
    const before = await eventually(async () => {
      const now = await length();
      return now === sounds.length ? now : undefined;
    });
    await app.call('POST', '/sounds/scan');
    await eventually(async () => ((await length()) === before + 1 ? true : undefined));
  });

  it('cannot be renamed or deleted, and members leave it as it is', async () => {
    const at = `/playlists/${mainPlaylistId}`;
    expect((await app.call('DELETE', at)).body['code']).toBe('main_playlist');
    expect((await app.call('PATCH', at, { body: { name: 'x' } })).body['code']).toBe(
      'main_playlist',
    );
    expect((await call(ben, 'POST', `${at}/sounds`, { sound_id: sounds[0] })).status).toBe(403);
  });
});

describe('a playlist with rules', () => {
  it('has what fits, in the order asked for', async () => {
    const rules = { tags_any: ['GAMES'], sort: 'name' };
    const id = await create(ben, { name: 'Games', rules });
    const list = await entries(ben, id);
    expect(list).toMatchObject([{ entry_id: `rule-${sounds[0]}`, sound: { id: sounds[0] } }]);
    const taken = await call(ben, 'POST', `/playlists/${id}/sounds`, { sound_id: sounds[1] });
    expect([taken.status, taken.body['code']]).toEqual([409, 'follows_rules']);
    await call(ben, 'PATCH', `/playlists/${id}`, { rules: { sort: 'name', entries_max: 2 } });
    expect(await entries(ben, id)).toHaveLength(2);
  });

  it('becomes an ordinary one with what it has now', async () => {
    const id = await create(ben, { name: 'Two', rules: { entries_max: 2 } });
    const { body } = await call(ben, 'POST', `/playlists/${id}/materialise`);
    expect(body).toMatchObject({ rules: null, length: 2, may_edit: true });
    expect(await add(ben, id, { sound_id: sounds[3] })).toHaveLength(1);
  });

  it('of favourites are those of its owner', async () => {
    await call(ben, 'POST', `/sounds/${sounds[2]}/favourite`);
    const id = await create(ben, {
      name: 'Loved',
      visibility: 'household',
      rules: { favourites: true },
    });
    expect((await entries(cem, id)).map(({ sound }) => sound['id'])).toEqual([sounds[2]]);
  });
});

describe('a removed sound', () => {
  it('leaves every list, and comes back to the main one', async () => {
    app.addSound('short lived.wav', 1200);
    await app.call('POST', '/sounds/scan');
    const found = await app.call('GET', '/sounds/?q=short%20lived');
    const sound_id = (found.body['items'] as { id: string }[])[0]?.id ?? '';
    const id = await create(ben);
    await add(ben, id, { sound_ids: [sound_id, sounds[0] ?? ''] });
    const inMain = async () =>
      (await entries(ben, mainPlaylistId)).some(({ sound }) => sound['id'] === sound_id);
    await eventually(async () => ((await inMain()) ? true : undefined));
    await app.call('DELETE', `/sounds/${sound_id}`);
    await eventually(async () => ((await order(ben, id)).length === 1 ? true : undefined));
    expect(await inMain()).toBe(false);
    await app.call('POST', `/sounds/${sound_id}/restore`);
    await eventually(async () => ((await inMain()) ? true : undefined));
  });
});

describe('a playlist as a file', () => {
  it.each(['m3u8', 'json'])('leaves and comes back as %s', async (format) => {
    const id = await create(ben, { name: 'Tausch "1/2"' });
    await add(ben, id, { sound_ids: [sounds[1] ?? '', sounds[0] ?? '', sounds[1] ?? ''] });
    const response = await fetch(`${app.url}/api/v1/playlists/${id}/export?format=${format}`, {
      headers: { Authorization: `Bearer ${ben.token}` },
    });
    expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''Tausch%20%20");
    const content = await response.text();
    const body = { name: 'Back', format, content };
    const back = await call(ben, 'POST', '/playlists/import', body);
    expect(back).toMatchObject({ status: 201, body: { matched: 3, unmatched: [] } });
    const { id: copy } = back.body['playlist'] as { id: string };
    expect((await entries(ben, copy)).map(({ sound }) => sound['id'])).toEqual([
      sounds[1],
      sounds[0],
      sounds[1],
    ]);
  });

  it('reports what is not in the library, and opens nothing', async () => {
    const content = '#EXTM3U\n/etc/passwd\nhttp://127.0.0.1:9/x.mp3\n../b.wav\n';
    const body = { name: 'Foreign', format: 'm3u8', content };
    expect((await call(ben, 'POST', '/playlists/import', body)).body).toMatchObject({
      matched: 1,
      unmatched: ['/etc/passwd', 'http://127.0.0.1:9/x.mp3'],
      unmatched_total: 2,
    });
  });

  it('that is none is refused with words', async () => {
    const json = { name: 'x', format: 'json', content: '{"entries": 3}' };
    const refused = await call(ben, 'POST', '/playlists/import', json);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'content' }] } });
  });
});
