import Database from 'better-sqlite3';
import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchFolder } from '../adapters/system/watch-folder.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, login, openSocket, type Person } from '../users/testing/people.ts';
import { fakeEngine, tone, type FakeEngine } from './testing/fake-engine.ts';

type SoundOnWire = { id: string; filename: string };
type Logged = { actor: string; data: Record<string, unknown> };

let app: TestApp;
let ann: Person;
let engine: FakeEngine;

const speak = async (text: string, more: object = {}) => {
  const { status, body } = await app.call('POST', '/sounds/tts', {
    body: { text, ...more },
    token: ann.token,
  });
  return { status, body, sound: body['sound'] as SoundOnWire };
};
const items = async (path: string) => (await app.call('GET', path)).body['items'];
const events = async (type: string) =>
  (await items(`/admin/audit/events?type=${type}`)) as Logged[];
const pathOf = ({ filename }: SoundOnWire) =>
  join(app.soundsDir, 'originals', 'text_to_speech', filename);
const isTrashed = () =>
  eventually(async () => ((await events('SoundFileTrashed')).length > 0 ? true : undefined));
const balance = async () =>
  (await app.call('GET', '/credits', { token: ann.token })).body['balance'] as number;

beforeEach(async () => {
  engine = fakeEngine();
  app = await startTestApp({ speechEngines: [engine], watchFolder });
  await app.setUp();
  ann = await addPerson(app, 'Ann', { role: 'user' });
  app.player.connect();
});
afterEach(async () => {
  vi.useRealTimers();
  await app.stop();
});

describe('a phrase whose sound is in the trash', () => {
  it('is spoken anew, and the same sound is back', async () => {
    const first = await speak('Tea is ready');
    await app.call('DELETE', `/sounds/${first.sound.id}`);
    await isTrashed();
    const before = await balance();
    const again = await speak('Tea is ready', { play: true });
    expect([again.status, again.sound.id, again.body['play_refused']]).toEqual([
      201,
      first.sound.id,
      null,
    ]);
    expect(engine.texts).toHaveLength(2);
    expect(await balance()).toBe(before - 1);
    expect(await items('/sounds/trash')).toEqual([]);
    await eventually(() => (existsSync(pathOf(again.sound)) ? true : undefined));
  });

  it('is back too when it is said while the file is still on its way there', async () => {
    const first = await speak('Tea is ready');
    await app.call('DELETE', `/sounds/${first.sound.id}`);
    const again = await speak('Tea is ready');
    expect([again.status, again.sound.id]).toEqual([201, first.sound.id]);
    await eventually(() => (existsSync(pathOf(again.sound)) ? true : undefined));
  });

  it('is a sound of its own when it sounds otherwise than before', async () => {
    const first = await speak('Tea is ready');
    await app.call('DELETE', `/sounds/${first.sound.id}`);
    await isTrashed();
    engine.answer = () => Promise.resolve(tone('another voice'));
    const again = await speak('Tea is ready');
    expect(again.status).toBe(201);
    expect(again.sound.id).not.toBe(first.sound.id);
    expect(await items('/sounds/trash')).toMatchObject([{ id: first.sound.id }]);
    const third = await speak('Tea is ready');
    expect([third.status, third.sound.id]).toEqual([200, again.sound.id]);
  });
});

it('a phrase that was only said is in the trash a month later, and back when it is said again', async () => {
  const socket = await openSocket(app, ann.token);
  socket.send(JSON.stringify({ id: 's1', command: 'say', data: { text: 'It is 21.3 degrees' } }));
  const added = await eventually(async () => (await events('SoundAdded'))[0]);
  const kept = await speak('To be kept');
  socket.close();
  const sound_id = added.data['sound_id'];

  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31 * 24 * 60 * 60_000 });
  app = await app.restart();
  app.player.connect();
  const tokenOf = async (name: string) => (await login(app, name)).body['access_token'] as string;
  ann = { ...ann, token: await tokenOf(ann.name) };
  const trash = () => app.call('GET', '/sounds/trash', { token: ann.token });
  const removed = await eventually(async () => {
    const { items: all } = (await trash()).body as { items: object[] };
    return all.length > 0 ? all : undefined;
  });
  expect(removed).toMatchObject([{ id: sound_id, removed_by: 'system' }]);
  const there = await app.call('GET', `/sounds/${kept.sound.id}`, { token: ann.token });
  expect(there.status).toBe(200);

  const again = await speak('It is 21.3 degrees');
  expect([again.status, again.sound.id]).toEqual([201, sound_id]);
  expect((await trash()).body).toMatchObject({ items: [] });
}, 30_000);

describe('whoever watches the folders', () => {
  it('has the file of a phrase on record as it lies there', async () => {
    const { sound } = await speak('Nothing new');
    const database = new Database(join(app.dir, 'data', 'encore.db'), { readonly: true });
    const known = database
      .prepare('SELECT size, mtime_ms FROM scanned_files WHERE place = ?')
      .all(`TTS/${sound.filename}`);
    database.close();
    const { size, mtimeMs } = lstatSync(pathOf(sound));
    expect(known).toEqual([{ size, mtime_ms: Math.floor(mtimeMs) }]);
  });

  it('finds nothing new in it', async () => {
    const { sound } = await speak('Nothing new');
    app.addSound('Marker.wav');
    const finished = await eventually(async () => {
      const all = await events('ScanFinished');
      return all.length > 0 ? all : undefined;
    });
    // The marker alone: a scan without a change is not on record.
    expect(finished).toMatchObject([
      { data: { added: 1, updated: 0, moved: 0, deleted: 0, errors: [] } },
    ]);
    expect((await app.call('GET', `/sounds/${sound.id}`)).status).toBe(200);
  }, 30_000);
});
