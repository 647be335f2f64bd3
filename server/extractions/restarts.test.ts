import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMediaTools } from '../adapters/ffmpeg/index.ts';
import { eventually, startTestApp, type TestApp } from '../testing/test-app.ts';
import { addPerson, type Person } from '../users/testing/people.ts';
import { eventsOfType, extracting, storyOf } from './testing/extracting.ts';
import { fakeSource, type FakeSource } from './testing/fake-source.ts';

const site = 'https://media.example/';

let app: TestApp;
let ann: Person;
let links: FakeSource;
const folders: string[] = [];

const { begin, until, funds, read, call } = extracting(
  () => app,
  () => ann,
);

type Prepare = (fresh: FakeSource) => unknown;

const start = async (more: Parameters<typeof startTestApp>[0] = {}, prepare?: Prepare) => {
  links = fakeSource();
  prepare?.(links);
  app = await startTestApp({
    mediaSource: links,
    audioExtractor: links.audio,
    environment: { EXTRACTION_AUDIO_FORMAT: 'wav' },
    ...more,
  });
};

const holdDownloads: Prepare = (fresh) => fresh.hold('download');

/** The house as a power cut leaves it: a copy of all it has on the disk, while it runs. */
const crash = async (prepare?: Prepare): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), 'encore-crash-'));
  folders.push(dir);
  cpSync(app.dir, dir, { recursive: true });
  const adminToken = app.token() ?? '';
  await app.stop();
  await start({ dir, adminToken }, prepare);
};
const stopAndStart = async (
  more: Parameters<typeof startTestApp>[0] = {},
  prepare?: Prepare,
): Promise<void> => {
  const { dir } = app;
  const adminToken = app.token() ?? '';
  await app.stop(true);
  await start({ dir, adminToken, ...more }, prepare);
};

const temp = () => {
  const folder = join(app.soundsDir, 'temp');
  return existsSync(folder) ? readdirSync(folder) : [];
};

beforeEach(async () => {
  await start();
  await app.setUp();
  ann = await addPerson(app, 'Ann', { role: 'user' });
});
afterEach(async () => {
  await app.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('a server that is killed', () => {
  it.each(['resolve', 'download', 'convert'] as const)(
    'at %s takes the job up again, and it is paid once',
    async (step) => {
      links.hold(step);
      const id = await begin(`${site}a`);
      await links.held(step);
      expect(temp()).toHaveLength(step === 'resolve' ? 0 : 1);
      await crash();
      const job = await until(id, 'completed');
      expect(job).toMatchObject({ attempt: 2, duplicate: false });
      expect(storyOf(job)).toContain('ExtractionRetried');
      expect(await funds()).toEqual([20, 20]);
      expect(await eventsOfType(app, 'CreditsReserved')).toHaveLength(1);
      await eventually(() => (temp().length === 0 ? true : undefined));
    },
  );

  it('while the sound is levelled keeps the sound and goes on there', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const tools = createMediaTools();
    const measuring = Promise.withResolvers<undefined>();
    const slow = {
      ...tools,
      async measure(...args: Parameters<typeof tools.measure>) {
        measuring.resolve(undefined);
        await promise;
        return tools.measure(...args);
      },
    };
    await stopAndStart({ media: slow });
    const id = await begin(`${site}a`);
    await measuring.promise;
    expect((await read(id)).step).toBe('normalizing');
    const copied = crash();
    resolve(undefined);
    await copied;
    const job = await until(id, 'completed');
    expect(links.calls).toEqual([]);
    expect(job.duplicate).toBe(false);
    expect(storyOf(job).filter((event) => event === 'SoundCreated')).toHaveLength(1);
    expect(await funds()).toEqual([20, 20]);
  });

  it('three times gives up and gives the credits back; trying again is allowed', async () => {
    links.hold('download');
    const id = await begin(`${site}a`);
    for (let kill = 0; kill < 3; kill++) {
      await links.held('download');
      await crash(kill < 2 ? holdDownloads : undefined);
    }
    const job = await until(id, 'failed');
    expect(job.error).toMatchObject({ code: 'interrupted' });
    expect(await funds()).toEqual([25, 25]);
    expect((await call('POST', `${id}/retry`)).status).toBe(202);
    await until(id, 'completed');
    expect(await funds()).toEqual([20, 20]);
  });

  it('does not count for a job that only waited for another with the same media', async () => {
    links.hold('download');
    const first = await begin(`${site}a`);
    await links.held('download');
    const second = await begin(`${site}other/a`);
    await eventually(async () => {
      const { service_id, status } = await read(second);
      return service_id === 'a' && status === 'pending' ? true : undefined;
    });
    await crash();
    expect(await until(first, 'completed')).toMatchObject({ attempt: 2 });
    expect(await until(second, 'completed')).toMatchObject({ attempt: 1, duplicate: true });
  });

  it('leaves jobs that wait in the queue, in their order', async () => {
    links.hold('resolve');
    const ids: string[] = [];
    for (const name of ['1', '2', '3', '4']) ids.push(await begin(`${site}${name}`));
    await links.held('resolve', `${site}2`);
    await crash();
    for (const id of ids) await until(id, 'completed');
    const begun = links.calls.filter((one) => one.startsWith('resolve'));
    expect(begun).toEqual(['1', '2', '3', '4'].map((name) => `resolve ${site}${name}`));
    const attempts = await Promise.all(ids.map(async (id) => (await read(id)).attempt));
    expect(attempts).toEqual([2, 2, 1, 1]);
  });
});

it('a server that stops in order goes on with the job, however often', async () => {
  links.hold('download');
  const id = await begin(`${site}a`);
  for (let stop = 0; stop < 3; stop++) {
    await links.held('download');
    await stopAndStart({}, stop < 2 ? holdDownloads : undefined);
  }
  const job = await until(id, 'completed');
  expect(job.attempt).toBe(4);
  expect(await eventsOfType(app, 'ExtractionFailed')).toEqual([]);
  expect(await funds()).toEqual([20, 20]);
  await eventually(() => (temp().length === 0 ? true : undefined));
});
