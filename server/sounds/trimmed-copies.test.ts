import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BoardFile } from './derived-files.ts';
import type { DecodeOptions } from './media.ts';
import { createTrimmedCopies, type TrimmableSound, type TrimmedCopies } from './trimmed-copies.ts';

const sound: TrimmableSound = {
  hash: 'ab'.repeat(32),
  path: '/sounds/horn.mp3',
  demuxer: 'mp3',
  channels: 1,
  trim: { start_ms: 1000, end_ms: 2500 },
};
let cache: string;
let whole: BoardFile;
let decoded: { path: string; options: DecodeOptions }[];
let copies: TrimmedCopies;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'encore-trims-'));
  whole = { hash: sound.hash, path: sound.path, demuxer: 'mp3', decoded: false };
  decoded = [];
  copies = createTrimmedCopies(cache, {
    derived: { boardFile: () => whole },
    media: {
      decodeToWav: async (path, outPath, options) => {
        decoded.push({ path, options });
        mkdirSync(dirname(outPath), { recursive: true });
        writeFileSync(outPath, 'RIFF');
        return { ok: true, duration_ms: 1500, size: 4 };
      },
    },
  });
});
afterEach(() => rmSync(cache, { recursive: true }));

it('without cue points the whole sound is played', async () => {
  expect(copies.fileOf({ ...sound, trim: null })).toEqual({ path: sound.path, demuxer: 'mp3' });
  expect(await copies.ensure({ ...sound, trim: null })).toBeUndefined();
  expect(decoded).toEqual([]);
});

it('until the copy is there the player is told where to begin and end', async () => {
  expect(copies.fileOf(sound)).toEqual({
    path: sound.path,
    demuxer: 'mp3',
    start_ms: 1000,
    end_ms: 2500,
  });
  await copies.ensure(sound);
  expect(copies.fileOf(sound)).toEqual({
    path: expect.stringContaining('-1000-2500.wav') as string,
    demuxer: 'wav',
  });
});

it('a copy is cut once, from the decoded whole where there is one', async () => {
  await copies.ensure(sound);
  await copies.ensure(sound);
  expect(decoded).toEqual([{ path: sound.path, options: { channels: 1, trim: sound.trim } }]);
  whole = { ...whole, path: '/cache/whole.wav', demuxer: 'wav', decoded: true };
  const other = { ...sound, trim: { start_ms: 0, end_ms: 300 } };
  await copies.ensure(other);
  expect(decoded.at(-1)).toEqual({ path: whole.path, options: { channels: 2, trim: other.trim } });
});

it('a levelled sound has a copy of its own, so that the old one is not heard again', async () => {
  await copies.ensure(sound);
  whole = { ...whole, hash: 'cd'.repeat(32), path: '/normalized/horn.mp3' };
  expect(copies.fileOf(sound)).toMatchObject({ path: whole.path, start_ms: 1000 });
  await copies.ensure(sound);
  expect(copies.fileOf(sound).path).toContain(whole.hash);
});

it('a part of more than 30 s is left to the player', async () => {
  const long = { ...sound, trim: { start_ms: 0, end_ms: 30_001 } };
  expect(await copies.ensure(long)).toBeUndefined();
  expect(decoded).toEqual([]);
});

it('of one sound only the copy that is played stays, and none of a whole one', async () => {
  const other = { ...sound, hash: 'ef'.repeat(32) };
  const earlier = { ...sound, trim: { start_ms: 0, end_ms: 300 } };
  await copies.ensure(earlier);
  await copies.ensure(sound);
  whole = { ...whole, hash: other.hash };
  await copies.ensure(other);
  whole = { ...whole, hash: sound.hash };
  expect(await copies.tidy(sound)).toBe(1);
  expect(copies.fileOf(earlier)).toMatchObject({ start_ms: 0 });
  expect(copies.fileOf(sound)).not.toHaveProperty('start_ms');
  expect(await copies.tidy({ ...sound, trim: null })).toBe(1);
  expect(copies.fileOf(sound)).toMatchObject({ start_ms: 1000 });
  whole = { ...whole, hash: other.hash };
  expect(copies.fileOf(other)).not.toHaveProperty('start_ms');
});

it('copies of cue points that nobody wants any more go, and so do old left-overs', async () => {
  await copies.ensure(sound);
  const old = { ...sound, trim: { start_ms: 0, end_ms: 300 } };
  await copies.ensure(old);
  const folder = dirname(copies.fileOf(sound).path);
  const now = Date.now();
  for (const [name, ageMs] of [
    ['.fresh.part', 0],
    ['.old.part', 2 * 60 * 60_000],
  ] as const) {
    writeFileSync(join(folder, name), '');
    utimesSync(join(folder, name), new Date(now - ageMs), new Date(now - ageMs));
  }
  expect(await copies.prune(() => [sound, { ...old, trim: null }], now)).toBe(2);
  expect(copies.fileOf(old)).toMatchObject({ start_ms: 0 });
  expect(copies.fileOf(sound)).not.toHaveProperty('start_ms');
  expect(existsSync(join(folder, '.fresh.part'))).toBe(true);
});
