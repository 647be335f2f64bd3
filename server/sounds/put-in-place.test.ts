import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { putInPlace } from './put-in-place.ts';
import { put, tempFolder } from './testing/audio-files.ts';

const incoming = async (folder: string, text: string) => {
  const path = await put(join(folder, 'in', text), text);
  return { path, size: text.length, hash: createHash('sha256').update(text).digest('hex') };
};

it('writes over nothing and takes what lies there with the same content', async () => {
  await using folder = await tempFolder();
  const place = async (text: string) => {
    const placed = await putInPlace(
      folder.path,
      'SDB',
      'house/x.wav',
      await incoming(folder.path, text),
    );
    return [placed.filename, placed.lay_there];
  };
  expect(await place('one')).toEqual(['house/x.wav', false]);
  expect(await place('two')).toEqual(['house/x (2).wav', false]);
  expect(await place('one')).toEqual(['house/x.wav', true]);
  expect(await place('two')).toEqual(['house/x (2).wav', true]);
  const kept = join(folder.path, 'soundboard/house');
  expect(readdirSync(kept).map((name) => readFileSync(join(kept, name), 'utf8'))).toEqual([
    'two',
    'one',
  ]);
});

it('passes over folders that are links or files', async () => {
  await using folder = await tempFolder();
  const board = join(folder.path, 'soundboard');
  const outside = join(folder.path, 'outside');
  for (const path of [board, outside]) mkdirSync(path);
  symlinkSync(outside, join(board, 'link'));
  await put(join(board, 'file'), 'a file');
  for (const [wanted, kept] of [
    ['link/a.wav', 'a.wav'],
    ['link/deeper/b.wav', 'b.wav'],
    ['file/c.wav', 'c.wav'],
  ] as const) {
    const content = await incoming(folder.path, wanted.at(-5) ?? '');
    expect(await putInPlace(folder.path, 'SDB', wanted, content)).toMatchObject({ filename: kept });
  }
  expect(readdirSync(outside)).toEqual([]);
});

it('leaves no empty file where it cannot move', async () => {
  await using folder = await tempFolder();
  const content = { path: join(folder.path, 'none'), size: 1, hash: 'x' };
  await expect(putInPlace(folder.path, 'SDB', 'x.wav', content)).rejects.toMatchObject({
    code: 'ENOENT',
  });
  expect(readdirSync(join(folder.path, 'soundboard'))).toEqual([]);
});

const memory = '/dev/shm';
const otherDisk = () => {
  try {
    return statSync(memory).dev !== statSync(tmpdir()).dev;
  } catch {
    return false;
  }
};

it.runIf(otherDisk())('reaches a folder on another disk', async () => {
  await using folder = await tempFolder();
  const far = mkdtempSync(join(memory, 'encore-'));
  try {
    const content = await incoming(folder.path, 'far away');
    const placed = await putInPlace(far, 'SDB', 'x.wav', content);
    expect(readFileSync(placed.path, 'utf8')).toBe('far away');
    expect(readdirSync(join(far, 'soundboard'))).toEqual(['x.wav']);
  } finally {
    rmSync(far, { recursive: true });
  }
});
