import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson } from '../users/testing/people.ts';

let app: TestApp;
let id: string;
let hash: string;

const horn = 'alerts/Air horn.wav';
const pathOf = (filename: string) => join(app.soundsDir, 'originals/soundboard', filename);
const inTrash = () => join(app.soundsDir, 'trash', `${hash}.wav`);
const items = async (path: string, token?: string) =>
  (await app.call('GET', path, token === undefined ? {} : { token })).body['items'];
const remove = () => app.call('DELETE', `/sounds/${id}`);
const restore = () => app.call('POST', `/sounds/${id}/restore`);
const holds = (condition: () => boolean) => eventually(() => (condition() ? true : undefined));
const isTrashed = () =>
  eventually(async () => {
    const events = (await items(`/admin/audit/events?stream=sound-${id}`)) as { type: string }[];
    return events[0]?.type === 'SoundFileTrashed' ? true : undefined;
  });
const typesOf = async () =>
  ((await items(`/admin/audit/events?stream=sound-${id}&order=asc`)) as { type: string }[]).map(
    ({ type }) => type,
  );

beforeEach(async () => {
  app = await startTestApp();
  app.addSound(horn);
  await app.setUp();
  await app.call('POST', '/sounds/scan');
  const [sound] = (await items('/sounds/')) as [{ id: string; hash: string }];
  ({ id, hash } = sound);
});
afterEach(() => app.stop());

describe('a removed sound', () => {
  it('leaves every list and its folder, is in the trash, and its plays still name it', async () => {
    app.player.connect();
    const play = await app.call('POST', `/sounds/play/${id}`);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(204);
    await isTrashed();
    expect([existsSync(pathOf(horn)), existsSync(inTrash())]).toEqual([false, true]);
    for (const list of ['/sounds/', '/sounds/catalogue', '/sounds/?q=horn', '/sounds/favourites'])
      expect(await items(list)).toEqual([]);
    for (const answer of [
      await app.call('GET', `/sounds/${id}`),
      await app.call('POST', `/sounds/play/${id}`),
      await app.call('PATCH', `/sounds/${id}`, { body: { name: 'Horn' } }),
    ])
      expect([answer.status, answer.body['code']]).toEqual([404, 'unknown_sound']);
    expect(await items('/sounds/trash')).toMatchObject([{ id, name: 'Air horn' }]);
    const played = await app.call('GET', `/plays/${play.body['play_id'] as string}`);
    expect(played.body['sound_name']).toBe('Air horn');
  });

  it('is not found again by a scan', async () => {
    await remove();
    await isTrashed();
    expect((await app.call('POST', '/sounds/scan')).body).toMatchObject({
      added: [],
      deleted: [],
      moved: [],
      errors: [],
    });
    expect(await items('/sounds/')).toEqual([]);
  });

  it('comes back to its place with all that was said of it', async () => {
    await app.call('PATCH', `/sounds/${id}`, { body: { name: 'Horn', gain: -3 } });
    await app.call('POST', `/sounds/${id}/favourite`);
    await remove();
    await isTrashed();
    const answer = await restore();
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ name: 'Horn', gain: -3, filename: horn, favourite: true });
    await holds(() => existsSync(pathOf(horn)) && !existsSync(inTrash()));
    expect((await restore()).status).toBe(200);
    expect(await items('/sounds/trash')).toEqual([]);
    expect((await app.call('POST', '/sounds/scan')).body).toMatchObject({ skipped: 1, moved: [] });
  });

  it('comes back beside a file that has its place by now', async () => {
    await remove();
    await isTrashed();
    app.addSound(horn, 880);
    await app.call('POST', '/sounds/scan');
    expect(await items('/sounds/')).toHaveLength(1);
    expect((await restore()).body).toMatchObject({ filename: 'alerts/Air horn (2).wav' });
    await holds(() => existsSync(pathOf('alerts/Air horn (2).wav')));
    const { body } = await app.call('POST', '/sounds/scan');
    expect(body).toMatchObject({ skipped: 2, added: [], updated: [], moved: [], duplicates: [] });
  });

  it('comes back with its history when its file appears in the folders again', async () => {
    await remove();
    await isTrashed();
    renameSync(inTrash(), pathOf('alerts/Old horn.wav'));
    await app.call('POST', '/sounds/scan');
    expect(await items('/sounds/')).toMatchObject([
      { id, name: 'Air horn', filename: 'alerts/Old horn.wav' },
    ]);
    const types = await typesOf();
    expect(types.slice(-2)).toEqual(['SoundFileMoved', 'SoundRestored']);
    // A copy that was left in the trash goes, now that the file is back.
    await remove();
    await isTrashed();
    app.addSound(horn);
    await app.call('POST', '/sounds/scan');
    expect(await items('/sounds/')).toMatchObject([{ id, filename: horn }]);
    await holds(() => !existsSync(inTrash()));
  });

  it('whose file was lost can be restored, and is missing', async () => {
    rmSync(pathOf(horn));
    await remove();
    await isTrashed();
    expect((await restore()).status).toBe(200);
    await eventually(async () => ((await typesOf()).at(-1) === 'SoundMissing' ? true : undefined));
    expect(await items('/sounds/')).toEqual([]);
  });

  it('is on one page of the trash, the latest first', async () => {
    app.addSound('Bell.wav', 880);
    await app.call('POST', '/sounds/scan');
    await remove();
    const [bell] = (await items('/sounds/')) as [{ id: string }];
    await app.call('DELETE', `/sounds/${bell.id}`);
    const first = (await app.call('GET', '/sounds/trash?limit=1')).body;
    expect(first).toMatchObject({ items: [{ name: 'Bell' }], total: 2 });
    const next = `limit=1&cursor=${first['next_cursor'] as string}`;
    expect((await app.call('GET', `/sounds/trash?${next}`)).body).toMatchObject({
      items: [{ name: 'Air horn' }],
      total: 2,
    });
    const foreign = await app.call('GET', `/sounds/?${next}`);
    expect([foreign.status, foreign.body['code']]).toEqual([422, 'invalid_fields']);
  });

  it('is listed to who added it and to admins, and restored by them alone', async () => {
    const other = await addPerson(app, 'Ben', { role: 'user' });
    await remove();
    expect(await items('/sounds/trash', other.token)).toEqual([]);
    const answers = [
      await app.call('POST', `/sounds/${id}/restore`, { token: other.token }),
      await app.call('DELETE', `/sounds/${id}`, { token: other.token }),
    ];
    expect(answers.map(({ body }) => body['code'])).toEqual(['not_your_sound', 'not_your_sound']);
    const none = await app.call('POST', '/sounds/none/restore');
    expect([none.status, none.body['code']]).toEqual([404, 'unknown_sound']);
  });
});
