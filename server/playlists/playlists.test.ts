import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, type Person } from '../users/testing/people.ts';
import { playlistLimits } from './contract.ts';
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

describe('the lists of a person', () => {
  it('have no page after something that is none of them', async () => {
    const foreign = await create(ben, { name: 'Private' });
    for (const cursor of ['nonsense', foreign]) {
      expect(await call(cem, 'GET', `/playlists/?cursor=${cursor}`)).toMatchObject({
        status: 422,
        body: { code: 'invalid_fields', errors: [{ path: 'cursor' }] },
      });
    }
  });

  it('go on behind one that was deleted meanwhile', async () => {
    const gone = await create(ben, { name: 'Gone' });
    await call(ben, 'DELETE', `/playlists/${gone}`);
    expect((await call(ben, 'GET', `/playlists/?cursor=${gone}`)).status).toBe(200);
  });

  it('are at most 20 with rules, those that come back too', async () => {
    const dora = await addPerson(app, 'Dora', { role: 'user' });
    const ruled = () => call(dora, 'POST', '/playlists/', { name: 'Rules', rules: {} });
    const ids: string[] = [];
    while (ids.length < playlistLimits.ruledPlaylistsMax) {
      ids.push((await ruled()).body['id'] as string);
    }
    expect(await ruled()).toMatchObject({
      status: 409,
      body: { code: 'too_many_ruled_playlists' },
    });
    await call(dora, 'DELETE', `/playlists/${ids[0]}`);
    expect((await ruled()).status).toBe(201);
    const restored = await call(dora, 'POST', `/playlists/${ids[0]}/restore`);
    expect(restored.body['code']).toBe('too_many_ruled_playlists');
    expect(await create(dora)).toEqual(expect.any(String));
  });

  it('go with the person, those of the household stay', async () => {
    const eve = await addPerson(app, 'Eve', { role: 'user' });
    const own = await create(eve, { name: 'Mine' });
    const shared = await create(eve, { name: 'Ours', visibility: 'household' });
    const deleted = await create(eve, { name: 'Deleted' });
    await call(eve, 'DELETE', `/playlists/${deleted}`);
    expect((await app.call('DELETE', `/admin/users/${eve.id}`)).status).toBe(204);
    await eventually(async () =>
      (await app.call('GET', `/playlists/${own}`)).status === 404 ? true : undefined,
    );
    for (const id of [own, deleted]) {
      expect((await app.call('POST', `/playlists/${id}/restore`)).status).toBe(404);
    }
    expect((await call(ben, 'GET', `/playlists/${shared}`)).body).toMatchObject({
      name: 'Ours',
      owner_name: null,
    });
  });
});

describe('a request that is repeated', () => {
  const twice = async (
    path: string,
    body: Body | undefined,
    meanwhile: (id: string) => unknown,
  ) => {
    const headers = { 'Idempotency-Key': `twice ${path}`.replaceAll(' ', '-') };
    const options = { token: ben.token, headers, ...(body && { body }) };
    const first = await app.call('POST', path, options);
    await meanwhile(first.body['id'] as string);
    return { first, second: await app.call('POST', path, options) };
  };
  const deleting = (id: string) => call(ben, 'DELETE', `/playlists/${id}`);

  it('is answered like the first one, though the list is gone', async () => {
    const made = await twice('/playlists/', { name: 'Short lived' }, deleting);
    expect(made.first).toMatchObject({ status: 201, body: { name: 'Short lived', length: 0 } });
    expect(made.second).toMatchObject({ status: 201, body: made.first.body });

    const id = await create(ben, { name: 'Three', rules: { entries_max: 3 } });
    const turned = await twice(`/playlists/${id}/materialise`, undefined, deleting);
    expect(turned.first).toMatchObject({ status: 200, body: { rules: null, length: 3 } });
    expect(turned.second).toMatchObject({ status: 200, body: turned.first.body });

    const restored = await twice(`/playlists/${id}/restore`, undefined, deleting);
    expect(restored.first).toMatchObject({ status: 200, body: { length: 3 } });
    expect(restored.second).toMatchObject({ status: 200, body: restored.first.body });
  });

  it('answers what a later look shows', async () => {
    // The command knows when it began, the log when it was written.
    const times = { created_at: expect.any(String), updated_at: expect.any(String) };
    const made = await call(ben, 'POST', '/playlists/', {
      name: 'Same',
      rules: { entries_max: 2 },
    });
    const { id } = made.body as { id: string };
    expect(made.body).toMatchObject({ length: 2 });
    expect((await call(ben, 'GET', `/playlists/${id}`)).body).toEqual({ ...made.body, ...times });
    const content = 'b.wav\na.wav\n';
    const body = { name: 'Two', format: 'm3u8', content };
    const { playlist } = (await call(ben, 'POST', '/playlists/import', body)).body as {
      playlist: { id: string; duration: number };
    };
    expect(playlist.duration).toBeGreaterThan(0);
    expect((await call(ben, 'GET', `/playlists/${playlist.id}`)).body).toEqual({
      ...playlist,
      ...times,
    });
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

  it('keeps every sound that the library has, and lets a second entry of one go', async () => {
    const [first] = await entries(ben, mainPlaylistId);
    const take = (entry_id = '') =>
      app.call('DELETE', `/playlists/${mainPlaylistId}/sounds/${entry_id}`);
    expect(await take(first?.entry_id)).toMatchObject({
      status: 409,
      body: { code: 'main_playlist' },
    });
    const body = { sound_id: first?.sound['id'] };
    const again = await app.call('POST', `/playlists/${mainPlaylistId}/sounds`, { body });
    expect((await take(again.body['entry_id'] as string)).status).toBe(204);
  });
});

describe('a playlist with rules', () => {
  it('follows every change that its rules look at', async () => {
    const length = async (id: string) =>
      (await call(ben, 'GET', `/playlists/${id}`)).body['length'];
    const tagged = await create(ben, { name: 'T', rules: { tags_all: ['late', 'night'] } });
    const loved = await create(ben, { name: 'F', rules: { favourites: true } });
    const before = [await length(tagged), await length(loved)];
    expect(before).toEqual([0, 0]);
    const at = `/sounds/${sounds[3]}`;
    await app.call('PATCH', at, { body: { tags: ['night', 'late', 'x'] } });
    await call(ben, 'POST', `${at}/favourite`);
    expect([await length(tagged), await length(loved)]).toEqual([1, 1]);
    await app.call('PATCH', at, { body: { tags: ['night'] } });
    await call(ben, 'DELETE', `${at}/favourite`);
    expect([await length(tagged), await length(loved)]).toEqual([0, 0]);
  });

  it('takes tags in any spelling, and only whole ones', async () => {
    await app.call('PATCH', `/sounds/${sounds[3]}`, { body: { tags: ['Café  Noir', 'a,b'] } });
    const found = async (tag: string) => {
      const id = await create(ben, { name: 'Tag', rules: { tags_any: [tag] } });
      const { body } = await call(ben, 'GET', `/playlists/${id}`);
      await call(ben, 'DELETE', `/playlists/${id}`);
      return body['length'];
    };
    expect(await found('CAFE\u0301   noir')).toBe(1);
    for (const part of ['noir', ',', 'a']) expect(await found(part)).toBe(0);
    const rules = { tags_any: ['  '] };
    expect((await call(ben, 'POST', '/playlists/', { name: 'x', rules })).status).toBe(422);
  });

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
    expect(content).toContain('originals/soundboard/Games/a.wav');
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
    const content =
      '#EXTM3U\noriginals/soundboard/Games/a.wav\nGames/a.wav\n/etc/passwd\nhttp://127.0.0.1:9/x.mp3\n../b.wav\n';
    const body = { name: 'Foreign', format: 'm3u8', content };
    expect((await call(ben, 'POST', '/playlists/import', body)).body).toMatchObject({
      matched: 3,
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
