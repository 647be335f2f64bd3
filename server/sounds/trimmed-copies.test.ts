import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
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
let whole: { path: string; demuxer: 'mp3' | 'wav' };
let decoded: { path: string; options: DecodeOptions }[];
let copies: TrimmedCopies;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'encore-trims-'));
  whole = { path: sound.path, demuxer: 'mp3' };
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
  expect(copies.fileOf({ ...sound, trim: null })).toEqual(whole);
  expect(await copies.ensure({ ...sound, trim: null })).toBeUndefined();
  expect(decoded).toEqual([]);
});

it('until the copy is there the player is told where to begin and end', async () => {
  expect(copies.fileOf(sound)).toEqual({ ...whole, start_ms: 1000, end_ms: 2500 });
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
  whole = { path: '/cache/whole.wav', demuxer: 'wav' };
  const other = { ...sound, trim: { start_ms: 0, end_ms: 300 } };
  await copies.ensure(other);
  expect(decoded.at(-1)).toEqual({ path: whole.path, options: { channels: 2, trim: other.trim } });
});

it('a part of more than 30 s is left to the player', async () => {
  const long = { ...sound, trim: { start_ms: 0, end_ms: 30_001 } };
  expect(await copies.ensure(long)).toBeUndefined();
  expect(decoded).toEqual([]);
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
  expect(await copies.prune([sound, { ...old, trim: null }], now)).toBe(2);
  expect(copies.fileOf(old)).toMatchObject({ start_ms: 0 });
  expect(copies.fileOf(sound)).not.toHaveProperty('start_ms');
  expect(existsSync(join(folder, '.fresh.part'))).toBe(true);
});
