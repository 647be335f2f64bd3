import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMediaTools } from '../adapters/ffmpeg/index.ts';
import { done, type CommandBus } from '../kernel/command-bus.ts';
import { StorageUnavailable } from '../kernel/storage.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { sineWav } from '../testing/sine-wav.ts';
import { soundDecider } from './decider.ts';
import { createDerivedFiles } from './derived-files.ts';
import { soundStream } from './events.ts';
import { hashFile } from './file-hash.ts';
import { createMediaFacts } from './media-facts.ts';
import { soundsProjection } from './projection.ts';
import { createSoundQueries } from './queries.ts';
import { soundsSideTables } from './side-tables.ts';
import { put, tempFolder, type TempFolder } from './testing/audio-files.ts';
import { createUploads } from './upload.ts';

let folder: TempFolder;
let kernel: ReturnType<typeof testKernel>;
/** What happens to the commands, in their order; afterwards they go their way. */
let fates: ((execute: () => Promise<unknown>) => Promise<unknown>)[];
let stopping: AbortController;

const board = () => {
  const path = join(folder.path, 'originals', 'soundboard');
  return existsSync(path) ? readdirSync(path) : [];
};

const setUp = () => {
  const { bus } = kernel;
  const execute = ((request, work) => {
    const fate = fates.shift();
    const run = () => bus.execute(request, work);
    return fate ? fate(run) : run();
  }) as CommandBus['execute'];
  const media = createMediaTools();
  const queries = createSoundQueries(kernel.storage, folder.path);
  const uploads = createUploads(
    { ...kernel, bus: { ...bus, execute } },
    {
      queries,
      facts: createMediaFacts(kernel.storage),
      scanPorts: { media, derived: createDerivedFiles(join(folder.path, 'cache'), media) },
      originals: join(folder.path, 'originals'),
      jobsMax: 2,
      signal: stopping.signal,
    },
  );
  const receive = async () => {
    const path = await put(join(folder.path, 'temp', 'x'), sineWav(440, 100));
    const file = { type: 'SDB', filename: 'x', path, size: 0, mtime_ms: 0 } as const;
    const { size, mtimeMs } = lstatSync(path);
    const hashed = await hashFile({ ...file, size, mtime_ms: Math.floor(mtimeMs) });
    if (!('hash' in hashed)) throw new Error(hashed.reason);
    return { said: 'Bell.wav', path, size, hash: hashed.hash };
  };
  const keep = async () =>
    uploads.keep({ actor: 'ann', origin: 'http' }, [await receive()], { tags: [] });
  return { keep, queries, uploads };
};

beforeEach(async () => {
  folder = await tempFolder();
  fates = [];
  stopping = new AbortController();
  kernel = testKernel({ projections: [soundsProjection], sideTables: [soundsSideTables] });
});
afterEach(async () => {
  await kernel.stop();
  await folder[Symbol.asyncDispose]();
});

it('what cannot be recorded leaves no file, and is taken the next time', async () => {
  const { keep, queries } = setUp();
  fates.push(() => Promise.reject(new StorageUnavailable('the disk is full')));
  await expect(keep()).rejects.toThrow(StorageUnavailable);
  expect([board(), queries.total()]).toEqual([[], 0]);
  expect(await keep()).toMatchObject([{ status: 'added' }]);
  expect([board(), queries.total()]).toEqual([['Bell.wav'], 1]);
});

it('a file that a scan records first is that sound, and stays', async () => {
  const { keep, queries } = setUp();
  fates.push(async (execute) => {
    expect(board()).toEqual(['Bell.wav']);
    const path = join(folder.path, 'originals/soundboard/Bell.wav');
    const { size, mtimeMs } = lstatSync(path);
    const mtime_ms = Math.floor(mtimeMs);
    const file = { type: 'SDB', filename: 'Bell.wav', path, size, mtime_ms } as const;
    const hashed = await hashFile(file);
    if (!('hash' in hashed)) throw new Error(hashed.reason);
    await kernel.bus.execute({ actor: 'system', origin: 'system' }, (tx) => {
      tx.decide(soundDecider, soundStream('scanned'), {
        type: 'AddSound',
        sound_id: 'scanned',
        file: {
          type: 'SDB',
          filename: 'Bell.wav',
          hash: hashed.hash,
          size,
          duration_ms: 100,
          format: 'wav',
          codec: 'pcm_s16le',
          channels: 1,
          sample_rate: 48_000,
          demuxer: 'wav',
        },
        name: 'Bell',
        tags: [],
        known: false,
      });
      return done(null);
    });
    return execute();
  });
  expect(await keep()).toMatchObject([{ status: 'existing', sound_id: 'scanned' }]);
  expect([board(), queries.total()]).toEqual([['Bell.wav'], 1]);
});

it('an upload that is cut off by the stop says so and leaves nothing', async () => {
  const { keep, uploads, queries } = setUp();
  stopping.abort(new Error('Encore is stopping'));
  await expect(keep()).rejects.toMatchObject({ problem: { status: 503, code: 'stopping' } });
  await uploads.settled();
  expect([board(), queries.total()]).toEqual([[], 0]);
});
