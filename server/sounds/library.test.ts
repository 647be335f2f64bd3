import { chmod, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { done } from '../kernel/command-bus.ts';
import type { FeedMessage } from '../kernel/feed.ts';
import { openStorage } from '../kernel/storage.ts';
import { interceptedStorage } from '../kernel/testing/intercepted-storage.ts';
import { StorageUnavailable } from '../kernel/storage.ts';
import type { JobProgress } from './contract.ts';
import { soundDecider } from './decider.ts';
import { soundStream } from './events.ts';
import { put, tempFolder, type TempFolder } from './testing/audio-files.ts';
import { badContent, fakeMedia } from './testing/fake-media.ts';
import { libraryOnDisk } from './testing/library-on-disk.ts';

const ann = { actor: 'ann', origin: 'http' } as const;
const house = { actor: 'system', origin: 'system' } as const;

let folder: TempFolder;
beforeEach(async () => {
  folder = await tempFolder();
  return () => folder[Symbol.asyncDispose]();
});
const path = (name: string) => join(folder.path, 'originals', 'soundboard', name);
const files = async (count: number) => {
  for (let number = 0; number < count; number++)
    await put(path(`${number}.wav`), `sound ${number}`);
};
const typesOf = ({ kernel }: Awaited<ReturnType<typeof libraryOnDisk>>, prefix: string) =>
  kernel.log
    .readAll(0, 1000)
    .map(({ type }) => type)
    .filter((type) => type.startsWith(prefix));

describe('a scan that somebody asks for', () => {
  it('is on record with its start and its end', async () => {
    const disk = await libraryOnDisk(folder.path, fakeMedia());
    await files(2);
    await disk.library.scan(ann);
    await disk.library.scan(ann);
    expect(typesOf(disk, 'Scan')).toEqual([
      'ScanStarted',
      'ScanFinished',
      'ScanStarted',
      'ScanFinished',
    ]);
  });

  it('while one runs is answered with the report of that one', async () => {
    const disk = await libraryOnDisk(folder.path, fakeMedia());
    await files(3);
    const [first, second] = await Promise.all([disk.library.scan(ann), disk.library.scan(ann)]);
    expect(first).toMatchObject({ ok: true, result: { added: ['0.wav', '1.wav', '2.wav'] } });
    expect(second).toEqual(first);
    expect(typesOf(disk, 'Scan')).toEqual(['ScanStarted', 'ScanFinished']);
  });

  it('and is repeated with its key answers the first report and appends nothing', async () => {
    const disk = await libraryOnDisk(folder.path, fakeMedia());
    await files(1);
    const asked = { ...ann, repeat: { key: 'ann:1', fingerprint: 'scan' } };
    const first = await disk.library.scan(asked);
    await put(path('later.wav'), 'later');
    const head = disk.kernel.log.head();
    const again = await disk.library.scan(asked);
    expect(again).toEqual({ ...first, repeated: true });
    expect(disk.kernel.log.head()).toEqual(head);
    expect(await disk.library.scan(ann)).toMatchObject({ result: { added: ['later.wav'] } });
  });

  it('reads refused files again, which a scan by itself does not', async () => {
    const probed: string[] = [];
    const media = fakeMedia((file) => probed.push(file));
    const disk = await libraryOnDisk(folder.path, media);
    await put(path('bad.wav'), `${badContent}at all`);
    await utimes(path('bad.wav'), 1000, 1000);
    for (const by of [house, house, ann]) {
      const { errors } = ((await disk.library.scan(by)) as { result: { errors: unknown[] } })
        .result;
      expect(errors).toEqual([{ file: 'bad.wav', reason: 'this is not audio' }]);
    }
    expect(probed).toHaveLength(2);
  });
});

describe('a scan by itself', () => {
  it('is on record only when something has changed', async () => {
    const disk = await libraryOnDisk(folder.path, fakeMedia());
    await put(path('bad.wav'), `${badContent}at all`);
    await disk.library.scan(house);
    expect([typesOf(disk, 'Scan'), disk.library.current()]).toEqual([[], null]);
    await files(1);
    await disk.library.scan(house);
    expect(typesOf(disk, '')).toEqual(['ScanStarted', 'SoundAdded', 'ScanFinished']);
    expect(disk.library.current()).toMatchObject({ state: 'finished', counts: { added: 1 } });
  });

  it('takes the file of a removed sound that has not left the folders yet for no return', async () => {
    const disk = await libraryOnDisk(folder.path, fakeMedia());
    await files(1);
    await disk.library.scan(house);
    const [sound] = disk.queries.known();
    const id = sound?.id ?? '';
    await disk.kernel.bus.execute(ann, (tx) => {
      tx.decide(soundDecider, soundStream(id), { type: 'RemoveSound' });
      return done(null);
    });
    const head = disk.kernel.log.head();
    expect(await disk.library.scan(house)).toMatchObject({ result: { moved: [], skipped: 1 } });
    expect(disk.kernel.log.head()).toEqual(head);
  });

  it('is followed by the one that somebody asks for meanwhile', async () => {
    const late = { at: path('late.wav'), written: false };
    const disk = await libraryOnDisk(
      folder.path,
      fakeMedia(() => {
        if (late.written) return;
        late.written = true;
        void put(late.at, 'late').then(() => disk.library.scan(ann).then(asked.resolve));
      }),
      { jobsMax: 1 },
    );
    const asked = Promise.withResolvers<unknown>();
    await files(20);
    await disk.library.scan(house);
    expect(await asked.promise).toMatchObject({ ok: true, result: { added: ['late.wav'] } });
  });

  it('is cancelled with the one that waits for it', async () => {
    const asked = Promise.withResolvers<unknown>();
    let probes = 0;
    const disk = await libraryOnDisk(
      folder.path,
      fakeMedia(() => {
        probes += 1;
        if (probes !== 1) return;
        void disk.library.scan(ann).then(asked.resolve);
        void disk.library.cancel(ann);
      }),
      { jobsMax: 1 },
    );
    await files(20);
    await disk.library.scan(house);
    expect(await asked.promise).toMatchObject({ ok: false, reason: { code: 'scan_cancelled' } });
    expect(typesOf(disk, 'Scan')).toEqual(['ScanStarted', 'ScanCancelled']);
  });

  it('does not push the report away that somebody has asked for', async () => {
    const disk = await libraryOnDisk(folder.path, fakeMedia());
    await files(1);
    await disk.library.scan(ann);
    const shown = disk.library.current();
    await disk.library.scan(house);
    expect(disk.library.current()).toEqual(shown);
  });
});

it('needs what was derived from a removed sound until the trash gives it up', async () => {
  const disk = await libraryOnDisk(folder.path, fakeMedia());
  await files(1);
  await disk.library.scan(house);
  const [{ id, hash } = { id: '', hash: '' }] = disk.queries.known();
  const needed: boolean[] = [];
  for (const command of [
    { type: 'RemoveSound' },
    { type: 'ConfirmTrashed', kept: true },
    { type: 'PurgeSound' },
  ] as const) {
    await disk.kernel.bus.execute(house, (tx) => {
      tx.decide(soundDecider, soundStream(id), command);
      return done(null);
    });
    needed.push(disk.queries.hashNeeded(hash));
  }
  expect([needed, disk.queries.hashKnown(hash)]).toEqual([[true, true, false], true]);
});

it('sees a change of the same length in the same tick of the clock', async () => {
  const disk = await libraryOnDisk(folder.path, fakeMedia());
  await put(path('a.wav'), 'one');
  const { atime, mtime } = await stat(path('a.wav'));
  await disk.library.scan(ann);
  await put(path('a.wav'), 'two');
  await utimes(path('a.wav'), atime, mtime);
  expect(await disk.library.scan(ann)).toMatchObject({ result: { updated: ['a.wav'] } });
});

describe('a cancelled scan', () => {
  const cancelAt = async (probe: number, count: number) => {
    let probes = 0;
    const disk = await libraryOnDisk(
      folder.path,
      fakeMedia(() => {
        probes += 1;
        if (probes === probe) void disk.library.cancel({ ...ann, actor: 'ben' });
      }),
      { jobsMax: 1 },
    );
    await files(count);
    return disk;
  };

  it('says so, by whom, and keeps what it had found', async () => {
    const disk = await cancelAt(20, 30);
    expect(await disk.library.scan(ann)).toMatchObject({
      ok: false,
      reason: { status: 409, code: 'scan_cancelled' },
    });
    const last = disk.kernel.log.readAll(0, 1000).at(-1);
    const kept = disk.queries.known().length;
    expect(last).toMatchObject({ type: 'ScanCancelled', data: { total: 30, added: kept } });
    expect(last?.actor).toBe('ben');
    expect(disk.library.current()).toMatchObject({ state: 'cancelled', counts: { added: kept } });
    expect(kept).toBeLessThan(30);
  });

  it('is finished by the next one', async () => {
    const disk = await cancelAt(5, 12);
    await disk.library.scan(ann);
    const kept = disk.queries.known().length;
    expect(await disk.library.scan(ann)).toMatchObject({ result: { skipped: kept } });
    expect(disk.queries.known()).toHaveLength(12);
  });

  it('needs one that runs', async () => {
    const disk = await libraryOnDisk(folder.path, fakeMedia());
    expect(await disk.library.cancel(ann)).toMatchObject({ reason: { code: 'no_scan_running' } });
  });
});

describe('progress', () => {
  it('is told on the feed, and last how it ended', async () => {
    const disk = await libraryOnDisk(folder.path, fakeMedia());
    await files(5);
    const heard: FeedMessage[] = [];
    disk.feed.subscribe({ actor: 'ann', role: 'admin' }, undefined, (one) => heard.push(one));
    await disk.library.scan(ann);
    const job_id = disk.library.current()?.job_id;
    const told = heard.filter(({ type }) => type === 'job_progress').map(({ data }) => data);
    expect(told[0]).toMatchObject({ job: 'scan', job_id, total: 5, state: 'running' });
    expect(told.at(-1)).toEqual({ job: 'scan', job_id, done: 5, total: 5, state: 'finished' });
    expect(told.filter((data) => (data as JobProgress).state !== 'running')).toHaveLength(1);
  });

  it('can be asked for, while it runs and after a restart', async () => {
    const storage = openStorage(':memory:');
    let during: unknown;
    const media = fakeMedia(() => (during ??= disk.library.current()));
    const disk = await libraryOnDisk(folder.path, media, { storage });
    await files(1);
    await put(path('bad.wav'), `${badContent}at all`);
    await disk.library.scan(ann);
    expect(during).toMatchObject({ state: 'running', progress: { total: expect.anything() } });
    const after = disk.library.current();
    expect(after).toMatchObject({ state: 'finished', report: { added: ['0.wav'] } });
    const anew = await libraryOnDisk(folder.path, fakeMedia(), { storage });
    expect(anew.library.current()).toMatchObject({
      job_id: after?.job_id,
      state: 'finished',
      counts: after?.counts,
      errors: after?.errors,
      report: null,
    });
  });
});

describe('a full disk', () => {
  it('ends the scan with a plain reason, and a later one goes on', async () => {
    let full = false;
    const storage = interceptedStorage(openStorage(':memory:'), (sql) => {
      if (full && /INSERT INTO sounds/.test(sql)) throw new StorageUnavailable('disk is full');
    });
    const disk = await libraryOnDisk(folder.path, fakeMedia(), { storage });
    await files(3);
    full = true;
    await expect(disk.library.scan(ann)).rejects.toThrow(StorageUnavailable);
    expect(disk.library.current()).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/^nothing could be recorded: make room on the disk/),
    });
    full = false;
    expect(await disk.library.scan(ann)).toMatchObject({ result: { added: { length: 3 } } });
    expect(disk.library.current()).toMatchObject({ state: 'finished', reason: null });
  });
});

const nobody = 65_534;

/** Root may read everything, so that a test of rights has to be somebody else meanwhile. */
const withoutRoot = async <T>(work: () => Promise<T>): Promise<T> => {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
};

it('keeps the sounds of a folder that may not be read', async () => {
  const disk = await libraryOnDisk(folder.path, fakeMedia());
  await put(path('House/a.wav'), 'one');
  await disk.library.scan(ann);
  await chmod(folder.path, 0o755);
  await chmod(path('House'), 0);
  const outcome = await withoutRoot(() => disk.library.scan(ann));
  await chmod(path('House'), 0o755);
  expect(outcome).toMatchObject({
    result: { deleted: [], errors: [{ reason: expect.stringMatching(/may not be read: allow/) }] },
  });
});

it('takes up a file that vanishes while it is read with the next scan', async () => {
  let vanish = true;
  const disk = await libraryOnDisk(
    folder.path,
    fakeMedia(() => {
      if (vanish) renameNow = rename(path('0.wav'), path('1.wav'));
      vanish = false;
    }),
  );
  let renameNow: Promise<void> | undefined;
  await files(1);
  await disk.library.scan(ann);
  await renameNow;
  await disk.library.scan(ann);
  expect(disk.queries.known()).toMatchObject([{ filename: '1.wav', missing: false }]);
  await rm(path('1.wav'));
  expect(await disk.library.scan(ann)).toMatchObject({ result: { deleted: ['1.wav'] } });
});
