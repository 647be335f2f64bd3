import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { waveformBars } from './contract.ts';

let app: TestApp;
const folder = () => join(app.soundsDir, 'originals', 'soundboard');
const scan = async () => (await app.call('POST', '/sounds/scan')).body;
const names = async (query = '') =>
  ((await app.call('GET', `/sounds/${query}`)).body['items'] as { name: string }[]).map(
    ({ name }) => name,
  );
const nothing = {
  added: [],
  updated: [],
  deleted: [],
  moved: [],
  duplicates: [],
  skipped: 0,
  errors: [],
};

beforeEach(async () => {
  app = await startTestApp();
  await app.setUp();
  app.addSound('alerts/Air_horn.wav', 440, 200);
  app.addSound('house/door-bell.wav', 880, 400);
});
afterEach(() => app.stop());

describe('a scan', () => {
  it('adds what lies in the folders: stem as name, folder as tag', async () => {
    expect(await scan()).toEqual({
      ...nothing,
      added: expect.arrayContaining(['alerts/Air_horn.wav', 'house/door-bell.wav']) as unknown,
    });
    const { body } = await app.call('GET', '/sounds/?sort=duration&order=desc');
    expect(body).toMatchObject({
      total: 2,
      next_cursor: null,
      items: [
        { name: 'door bell', tags: ['house'], type: 'SDB', duration: 400, size: 38_444 },
        { name: 'Air horn', tags: ['alerts'], filename: 'alerts/Air_horn.wav', play_count: 0 },
      ],
    });
  });

  it('leaves the unchanged alone and follows moves, losses and returns', async () => {
    await scan();
    expect(await scan()).toEqual({ ...nothing, skipped: 2 });
    renameSync(join(folder(), 'house/door-bell.wav'), join(folder(), 'Door bell.wav'));
    expect(await scan()).toMatchObject({ moved: ['Door bell.wav'], added: [], deleted: [] });
    rmSync(join(folder(), 'alerts/Air_horn.wav'));
    expect(await scan()).toMatchObject({ deleted: ['alerts/Air_horn.wav'] });
    expect(await names()).toEqual(['door bell']);
    app.addSound('alerts/Air_horn.wav', 440, 200);
    expect(await scan()).toMatchObject({ added: ['alerts/Air_horn.wav'] });
    expect(await names('?sort=name')).toEqual(['Air horn', 'door bell']);
  });

  it('keeps the sound when its content changes', async () => {
    await scan();
    const before = (await app.call('GET', '/sounds/?q=horn')).body['items'] as { id: string }[];
    app.addSound('alerts/Air_horn.wav', 500, 300);
    expect(await scan()).toMatchObject({ updated: ['alerts/Air_horn.wav'] });
    const after = await app.call('GET', `/sounds/${before[0]?.id}`);
    expect(after.body).toMatchObject({ duration: 300 });
  });

  it('reports duplicates and what is no sound, and goes on', async () => {
    app.addSound('memes/Same.wav', 440, 200);
    writeFileSync(join(folder(), 'Text.mp3'), 'no sound at all');
    const report = await scan();
    expect(report['added']).toHaveLength(2);
    expect(report['duplicates']).toHaveLength(1);
    expect(report['errors']).toMatchObject([{ file: 'Text.mp3' }]);
  });

  it('is for admins with the library scope', async () => {
    const make = (scopes: string[]) =>
      app.call('POST', '/auth/tokens', { body: { name: 'Reader', scopes } });
    const token = (await make(['read'])).body['token'] as string;
    expect((await app.call('POST', '/sounds/scan', { token })).status).toBe(403);
    expect((await app.call('POST', '/sounds/scan', { token: null })).status).toBe(401);
  });
});

describe('the library', () => {
  it('pages, filters and answers an empty list for unknown types', async () => {
    await scan();
    const first = (await app.call('GET', '/sounds/?sort=name&limit=1')).body;
    expect(first).toMatchObject({ total: 2, items: [{ name: 'Air horn' }] });
    expect(await names(`?sort=name&limit=1&cursor=${first['next_cursor'] as string}`)).toEqual([
      'door bell',
    ]);
    expect(await names('?types=TTS&types=EXT')).toEqual([]);
    expect(await names('?types=NONE')).toEqual([]);
    expect(await names('?q=100%25')).toEqual([]);
  });

  it('gives the board its catalogue and waveforms, once while nothing changes', async () => {
    await scan();
    const catalogue = await app.call('GET', '/sounds/catalogue');
    const items = catalogue.body['items'] as { id: string }[];
    expect(items).toHaveLength(2);
    const headers = { 'If-None-Match': catalogue.headers.get('ETag') as string };
    const response = await fetch(`${app.url}/api/v1/sounds/catalogue`, { headers });
    expect(response.status).toBe(401); // A tag is no identity.
    expect((await app.call('GET', '/sounds/catalogue', { headers })).status).toBe(304);
    const waveforms = (await app.call('GET', '/sounds/waveforms')).body['items'];
    for (const { id } of items) {
      const bars = (waveforms as Record<string, string>)[id];
      expect(bars).toMatch(new RegExp(`^[0-9a-f]{${waveformBars}}$`));
    }
  });

  it('gives the first of the catalogue alone, as an answer of its own', async () => {
    await scan();
    const whole = await app.call('GET', '/sounds/catalogue');
    const first = await app.call('GET', '/sounds/catalogue?limit=1');
    expect(first.body['items']).toEqual((whole.body['items'] as object[]).slice(0, 1));
    const headers = { 'If-None-Match': whole.headers.get('ETag') as string };
    expect((await app.call('GET', '/sounds/catalogue?limit=1', { headers })).status).toBe(200);
    const same = { 'If-None-Match': first.headers.get('ETag') as string };
    expect((await app.call('GET', '/sounds/catalogue?limit=1', { headers: same })).status).toBe(
      304,
    );
    for (const limit of ['0', '501', '1.5', 'all']) {
      const { status } = await app.call('GET', `/sounds/catalogue?limit=${limit}`);
      expect([limit, status]).toEqual([limit, 422]);
    }
  });

  it('answers 404 for ids of any shape', async () => {
    for (const id of ['nothing', '../../etc/passwd', '%00', '💥', "' OR 1=1"]) {
      const answer = await app.call('GET', `/sounds/${encodeURIComponent(id)}`);
      expect([id, answer.status]).toEqual([id, 404]);
    }
  });
});
