/**
 * The database of the first version on this branch at which the whole box ran (5a26bd0): a person,
 * two sounds, presses, a file that moved, changed, vanished and came back. It must open for ever.
 */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, password, startTestApp, type TestApp } from './testing/test-app.ts';

const kept = join(import.meta.dirname, 'testing', 'fixtures', 'first-landed.db.gz');
const events = 38;
const head = '823d1ea82a1d43b92a3eb2a51aa51b02b253b7e4ba614ff4509f004c25d7873c';
const airHorn = '01a20891-22be-7a26-bdb6-62927aee6ff0';

type Item = Record<string, unknown>;
let app: TestApp;
let user: unknown;
let token = '';
const ask = (method: string, path: string) => app.call(method, path, { token });
const itemsOf = async (path: string): Promise<Item[]> => {
  const { status, body } = await ask('GET', path);
  expect(status).toBe(200);
  return body['items'] as Item[];
};

beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'encore-first-'));
  mkdirSync(join(dir, 'data'));
  writeFileSync(join(dir, 'data', 'encore.db'), gunzipSync(readFileSync(kept)));
  app = await startTestApp({ dir });
  const credentials = { name: 'mira@example.org', password };
  const { body } = await app.call('POST', '/auth/login', { body: credentials });
  ({ user } = body);
  token = body['access_token'] as string;
});
afterAll(() => app.stop());

describe('the database of the first version', () => {
  it('knows its person, the password and the token', async () => {
    expect(user).toMatchObject({ name: 'Mira', role: 'admin', plan: 'admin' });
    expect(await itemsOf('/auth/tokens')).toMatchObject([
      { name: 'Wall button', scopes: ['play', 'mqtt'] },
    ]);
  });

  it('has every event as it was', async () => {
    const log = await itemsOf('/admin/audit/events?order=asc&limit=500');
    const old = log.slice(0, events);
    expect(old.map(({ global_position }) => global_position)).toEqual(
      Array.from({ length: events }, (_, at) => at + 1),
    );
    expect(old.at(-1)).toMatchObject({ hash: head, type: 'PlayFinished' });
  });

  it('proves its chain and every read model', async () => {
    const answer = await fetch(`${app.url}/api/v1/admin/audit/verify`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const lines = (await answer.text()).trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ verdict: 'valid' });
  });

  it('has its history of presses', async () => {
    const plays = await itemsOf('/plays');
    expect(plays.map(({ sound_name, status, origin }) => [sound_name, status, origin])).toEqual([
      ['Door bell', 'finished', 'http'],
      ['Air horn', 'stopped', 'http'],
      ['Door bell', 'finished', 'http'],
      ['Air horn', 'finished', 'http'],
    ]);
  });

  it('has its sounds, which play again once their files are there', async () => {
    app.addSound('alerts/Air horn.wav');
    app.addSound('Front door.wav', 660);
    expect((await ask('POST', '/sounds/scan')).body).toMatchObject({ errors: [] });
    const sounds = await itemsOf('/sounds/?sort=name');
    expect(sounds.map(({ name, filename, play_count }) => [name, filename, play_count])).toEqual([
      ['Air horn', 'alerts/Air horn.wav', 2],
      ['Door bell', 'Front door.wav', 2],
    ]);
    app.player.connect();
    const pressed = await ask('POST', `/sounds/play/${airHorn}`);
    expect(pressed.status).toBe(202);
    const play_id = pressed.body['play_id'] as string;
    app.player.report({
      type: 'voice_started',
      command_id: play_id,
      play_id,
      at_ms: 0,
      latency_ms: 9,
    });
    const play = await eventually(async () => {
      const { body } = await ask('GET', `/plays/${play_id}`);
      return body['latency_ms'] === null ? undefined : body;
    });
    expect(play).toMatchObject({ sound_name: 'Air horn', user_name: 'Mira', latency_ms: 9 });
  });
});
