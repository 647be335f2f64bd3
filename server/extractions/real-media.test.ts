import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createMediaTools } from '../adapters/ffmpeg/index.ts';
import { processesIn } from '../adapters/ytdlp/testing/processes.ts';
import { createYtDlpSource } from '../adapters/ytdlp/index.ts';
import { silentLogger } from '../kernel/logger.ts';
import { startMediaServer, type MediaServer } from '../testing/media-server.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, type Person } from '../users/testing/people.ts';
import { extracting, storyOf } from './testing/extracting.ts';
import { temporaryFolder } from '../kernel/testing/temporary-folder.ts';

let web: MediaServer;
let app: TestApp;
let ann: Person;
let dir: string;

const { begin, until, funds, read, call } = extracting(
  () => app,
  () => ann,
);
const temp = () => join(dir, 'sounds', 'temp');
const nothingLeft = async () => {
  await eventually(() => (readdirSync(temp()).length === 0 ? true : undefined));
  await eventually(async () => ((await processesIn(temp())).length === 0 ? true : undefined));
};

beforeAll(async () => {
  web = await startMediaServer();
});
afterAll(() => web[Symbol.asyncDispose]());

beforeEach(async () => {
  dir = temporaryFolder();
  web.requests.length = 0;
  app = await startTestApp({
    dir,
    mediaSource: createYtDlpSource({
      configured: null,
      searchPath: '/usr/bin:/bin',
      dataDir: join(dir, 'data'),
      tempDir: temp(),
      allowedHosts: ['127.0.0.1'],
      logger: silentLogger,
    }),
    audioExtractor: createMediaTools(),
  });
  await app.setUp();
  ann = await addPerson(app, 'Ann', { role: 'user' });
});
afterEach(() => app.stop());

it('a page with a sound becomes a pad that plays', async () => {
  const id = await begin(`${web.url}/page`);
  const job = await until(id, 'completed');
  expect(storyOf(job).filter((event) => event !== 'ThumbnailSaved')).toEqual([
    'ExtractionRequested',
    'ServiceDetected',
    'DownloadStarted',
    'MediaDownloaded',
    'SoundCreated',
    'ExtractionNormalized',
    'ExtractionCompleted',
  ]);
  expect(job).toMatchObject({ service: 'html5mediaembed', duplicate: false, error: null });
  const { body: sound } = await app.call('GET', `/sounds/${job.sound_id}`);
  expect(sound).toMatchObject({ type: 'EXT', is_normalized: true, added_by: ann.id });
  expect(sound['duration']).toBeGreaterThan(1900);
  expect(sound['duration']).toBeLessThan(2200);
  const file = join(dir, 'sounds', 'originals', 'extracted', sound['filename'] as string);
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
  expect(sound['hash']).toBe(hash);
  expect(await funds()).toEqual([20, 20]);
  await nothingLeft();

  const again = await until(await begin(`${web.url}/page`), 'completed');
  expect(again).toMatchObject({ duplicate: true, sound_id: job.sound_id });
  expect(storyOf(again)).not.toContain('DownloadStarted');
  expect(await funds()).toEqual([20, 20]);

  app.player.connect();
  const played = await app.call('POST', `/sounds/play/${job.sound_id}`, { token: ann.token });
  expect(played.status).toBe(202);
  await eventually(() => (app.player.plays().length === 1 ? true : undefined));
}, 180_000);

it('a piece of it is as long as the piece', async () => {
  const job = await until(
    await begin(`${web.url}/tone.mp3`, { start_ms: 500, end_ms: 1200 }),
    'completed',
  );
  const { body: sound } = await app.call('GET', `/sounds/${job.sound_id}`);
  expect(Math.abs((sound['duration'] as number) - 700)).toBeLessThan(100);
}, 180_000);

it('a way into the house is refused, also behind a redirect', async () => {
  const seen = { connections: 0 };
  const inner = createServer((socket) => {
    seen.connections += 1;
    socket.destroy();
  });
  inner.listen(0, '127.0.0.2');
  await once(inner, 'listening');
  const { port } = inner.address() as AddressInfo;
  const secret = `http://127.0.0.2:${port}/secret.mp3`;
  for (const url of [secret, `${web.url}/redirect?to=${encodeURIComponent(secret)}`]) {
    const job = await until(await begin(url), 'failed');
    expect(job.error).toMatchObject({ code: 'address_refused' });
  }
  expect(seen.connections).toBe(0);
  inner.close();
  expect(await funds()).toEqual([25, 25]);
  await nothingLeft();
}, 180_000);

it('media that breaks off leave no half', async () => {
  const job = await until(await begin(`${web.url}/broken.mp3`), 'failed');
  expect(job.error?.message).not.toBe('');
  expect(job.error?.advice).not.toBe('');
  expect(await funds()).toEqual([25, 25]);
  const extracted = join(dir, 'sounds', 'originals', 'extracted');
  expect(existsSync(extracted) ? readdirSync(extracted) : []).toEqual([]);
  await nothingLeft();
}, 180_000);

it('a slow download that is cancelled ends at once, with its process and its files', async () => {
  const id = await begin(`${web.url}/slow.mp3`);
  await eventually(async () => ((await read(id)).step === 'downloading' ? true : undefined));
  await eventually(async () => ((await processesIn(temp())).length > 0 ? true : undefined));
  expect((await call('POST', `${id}/cancel`)).status).toBe(200);
  await nothingLeft();
  expect((await read(id)).status).toBe('cancelled');
  expect(await funds()).toEqual([25, 25]);
}, 180_000);
