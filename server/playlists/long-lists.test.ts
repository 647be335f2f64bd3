import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, openSocket } from '../users/testing/people.ts';
import { playlistLimits } from './contract.ts';
import { mainPlaylistId } from './events.ts';

let app: TestApp;
let sound_id: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
  app.addSound('a.wav', 300);
  await app.call('POST', '/sounds/scan');
  const { body } = await app.call('GET', '/sounds/');
  sound_id = (body['items'] as { id: string }[])[0]?.id ?? '';
});
afterAll(() => app.stop());

const { addedAtOnceMax, entriesMax, importCharactersMax } = playlistLimits;
const create = async () =>
  (await app.call('POST', '/playlists/', { body: { name: 'Long' } })).body['id'] as string;

/** @returns entry ids, in order */
const fill = async (id: string, count: number): Promise<string[]> => {
  const added: string[] = [];
  while (added.length < count) {
    const sound_ids = Array.from<string>({
      length: Math.min(addedAtOnceMax, count - added.length),
    }).fill(sound_id);
    const { body } = await app.call('POST', `/playlists/${id}/sounds`, { body: { sound_ids } });
    added.push(...(body['entry_ids'] as string[]));
  }
  return added;
};

it('five hundred sounds added together are one message to whoever listens', async () => {
  const id = await create();
  const socket = await openSocket(app, app.token() ?? '');
  const changes: unknown[] = [];
  socket.on('message', (raw) => {
    const { type, data } = JSON.parse((raw as Buffer).toString()) as {
      type: string;
      data: { playlist_id?: string; change?: string };
    };
    if (type === 'playlist_changed' && data.playlist_id === id) changes.push(data.change);
  });
  await fill(id, addedAtOnceMax);
  await app.call('DELETE', `/playlists/${id}`);
  await eventually(() => (changes.includes('deleted') ? true : undefined));
  expect(changes).toEqual(['entries', 'deleted']);
  socket.close();
});

describe('a list as long as can be', () => {
  it('is put in another order by one request', { timeout: 60_000 }, async () => {
    const id = await create();
    const entry_ids = (await fill(id, entriesMax)).toReversed();
    const path = `/playlists/${id}/sounds/order`;
    expect((await app.call('PUT', path, { body: { entry_ids } })).status).toBe(204);
    const page = await app.call('GET', `/playlists/${id}/sounds?limit=1`);
    expect(page.body).toMatchObject({ items: [{ entry_id: entry_ids[0] }], total: entriesMax });
    const more = { entry_ids: [...entry_ids, randomUUID()] };
    expect((await app.call('PUT', path, { body: more })).status).toBe(422);
    const far = { entry_ids: Array.from({ length: 2 * entriesMax }, () => randomUUID()) };
    expect(await app.call('PUT', path, { body: far })).toMatchObject({
      status: 413,
      body: { code: 'body_too_large', body_bytes_max: 401_024 },
    });
  });

  it('leaves as a file with all entries, the main list too', { timeout: 60_000 }, async () => {
    await fill(mainPlaylistId, entriesMax + 1);
    const main = await app.call('GET', `/playlists/${mainPlaylistId}`);
    const file = await app.call('GET', `/playlists/${mainPlaylistId}/export?format=json`);
    expect(main.body['length']).toBeGreaterThan(entriesMax);
    expect(file.body['entries']).toHaveLength(main.body['length'] as number);
  });
});

describe('the lists of a person', () => {
  it('are limited, those that come back too', { timeout: 60_000 }, async () => {
    const ben = await addPerson(app, 'Ben', { role: 'user' });
    const make = () =>
      app.call('POST', '/playlists/', { token: ben.token, body: { name: 'One more' } });
    const id = (await make()).body['id'] as string;
    for (let made = 1; made < playlistLimits.playlistsMax; made++) await make();
    expect(await make()).toMatchObject({ status: 409, body: { code: 'too_many_playlists' } });
    await app.call('DELETE', `/playlists/${id}`, { token: ben.token });
    const restore = () => app.call('POST', `/playlists/${id}/restore`, { token: ben.token });
    expect((await make()).status).toBe(201);
    expect(await restore()).toMatchObject({ status: 409, body: { code: 'too_many_playlists' } });
  });
});

describe('a file as long as can be', () => {
  const importing = (content: string) =>
    app.call('POST', '/playlists/import', { body: { name: 'File', format: 'm3u8', content } });

  it('is read, whatever letters it has', async () => {
    const line = `${'ド'.repeat(1023)}\n`;
    const content = line.repeat(importCharactersMax / line.length);
    expect(content).toHaveLength(importCharactersMax);
    expect(await importing(content)).toMatchObject({
      status: 201,
      body: { matched: 0, unmatched_total: 1024 },
    });
    expect(await importing(`${content}x`)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'content' }] },
    });
    expect((await importing(content.repeat(2))).body['code']).toBe('body_too_large');
  });

  it('is the only thing that may be long: other bodies stay small', async () => {
    const body = { name: 'x', description: 'x'.repeat(70_000) };
    expect((await app.call('POST', '/playlists/', { body })).body).toMatchObject({
      code: 'body_too_large',
      body_bytes_max: 65_536,
    });
  });
});
