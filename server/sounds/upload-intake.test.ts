import { mkdirSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { FormFile } from '../kernel/door.ts';
import { createIntake } from './upload-intake.ts';
import { tempFolder } from './testing/audio-files.ts';

const roomy = () => Promise.resolve({ free: 10e9, total: 100e9 });
const mebibyte = Buffer.alloc(1024 * 1024, 7);

async function* filesOf(...contents: AsyncIterable<Uint8Array>[]): AsyncGenerator<FormFile> {
  for (const bytes of contents) yield { filename: 'x.wav', bytes };
}
async function* chunks(count: number, then?: Error): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) yield mebibyte;
  if (then) throw then;
}
const fault = (code: string) => Object.assign(new Error(code), { code });

it('keeps what comes until it is settled', async () => {
  await using folder = await tempFolder();
  const intake = createIntake(join(folder.path, 'temp'), roomy);
  {
    await using taken = await intake.take(filesOf(chunks(1), chunks(0)), undefined);
    expect(taken.files).toMatchObject([
      { said: 'x.wav', size: 1_048_576, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
      {
        said: 'x.wav',
        size: 0,
        hash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      },
    ]);
    expect(readFileSync(taken.files[0]?.path ?? '')).toEqual(mebibyte);
  }
  expect(readdirSync(join(folder.path, 'temp'))).toEqual([]);
});

it.each([
  ['at most 500 MB stay free', 500_000_000 + 1_000, 100e9, 1_001],
  ['a small disk keeps a twentieth', 50_000 + 1_000, 1_000_000, 1_001],
])('what is announced must leave room: %s', async (_what, free, total, bytes) => {
  await using folder = await tempFolder();
  const intake = createIntake(folder.path, () => Promise.resolve({ free, total }));
  await expect(intake.take(filesOf(), bytes)).rejects.toMatchObject({
    problem: { status: 503, code: 'disk_full' },
  });
  await using taken = await intake.take(filesOf(), bytes - 1);
  expect(taken.files).toEqual([]);
});

it('a disk that fills up meanwhile ends the intake before it is full', async () => {
  await using folder = await tempFolder();
  let free = 1e9;
  const intake = createIntake(folder.path, () => Promise.resolve({ free, total: 100e9 }));
  async function* filling() {
    yield* chunks(1);
    free = 400_000_000;
    yield* chunks(40);
  }
  await expect(intake.take(filesOf(chunks(1), filling()), undefined)).rejects.toMatchObject({
    problem: { code: 'disk_full' },
  });
  expect(readdirSync(folder.path)).toEqual([]);
});

it('many small files are looked at as one large one', async () => {
  await using folder = await tempFolder();
  let free = 1e9;
  const intake = createIntake(folder.path, () => Promise.resolve({ free, total: 100e9 }));
  async function* filling(): AsyncGenerator<FormFile> {
    free = 400_000_000;
    for (let index = 0; index < 40; index++) yield { filename: 'x.wav', bytes: chunks(1) };
  }
  await expect(intake.take(filling(), undefined)).rejects.toMatchObject({
    problem: { code: 'disk_full' },
  });
});

it('what is announced counts for requests at the same time until it came or was given up', async () => {
  await using folder = await tempFolder();
  const space = { free: 500_000_000 + 3_000_000, total: 100e9 };
  const intake = createIntake(folder.path, () => Promise.resolve(space));
  const { promise: sent, resolve: send } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  async function* slow(): AsyncGenerator<Uint8Array> {
    begin();
    await sent;
    yield mebibyte;
  }
  const first = intake.take(filesOf(slow()), 2_000_000);
  await begun;
  await expect(intake.take(filesOf(), 2_000_000)).rejects.toMatchObject({
    problem: { code: 'disk_full' },
  });
  send();
  await using _first = await first;
  await using second = await intake.take(filesOf(), 2_000_000);
  expect(second.files).toEqual([]);
});

it.each([
  ['ENOSPC', 'disk_full'],
  ['EDQUOT', 'disk_full'],
  ['EROFS', 'sounds_not_writable'],
  ['EIO', 'sounds_not_writable'],
])('%s while writing leaves nothing and is told as %s', async (system, code) => {
  await using folder = await tempFolder();
  const intake = createIntake(folder.path, roomy);
  await expect(
    intake.take(filesOf(chunks(1), chunks(1, fault(system))), undefined),
  ).rejects.toMatchObject({ problem: { status: 503, code } });
  expect(readdirSync(folder.path)).toEqual([]);
});

it('a bug stays a bug, and leaves nothing either', async () => {
  await using folder = await tempFolder();
  const intake = createIntake(folder.path, roomy);
  const bug = new TypeError('not ours');
  await expect(intake.take(filesOf(chunks(1, bug)), undefined)).rejects.toBe(bug);
  expect(readdirSync(folder.path)).toEqual([]);
});

it('removes what a killed server left, and nothing else', async () => {
  await using folder = await tempFolder();
  const now = Date.now();
  for (const name of ['upload-old', 'upload-new', 'other']) mkdirSync(join(folder.path, name));
  const longAgo = new Date(now - 4 * 3_600_000);
  for (const name of ['upload-old', 'other']) utimesSync(join(folder.path, name), longAgo, longAgo);
  await createIntake(folder.path, roomy).clean(now);
  expect(readdirSync(folder.path).toSorted()).toEqual(['other', 'upload-new']);
  await createIntake(join(folder.path, 'absent'), roomy).clean(now);
});
