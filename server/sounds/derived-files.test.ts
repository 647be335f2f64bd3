import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createDerivedFiles } from './derived-files.ts';
import { put, tempFolder } from './testing/audio-files.ts';

const hash = 'ab'.repeat(32);
const other = 'cd'.repeat(32);
const media = {
  decodeToWav: async (_: string, outPath: string) => {
    await put(outPath, 'wav');
    return { ok: true, duration_ms: 1, size: 3 } as const;
  },
};

it('plays the decoded copy once there is one', async () => {
  await using folder = await tempFolder();
  const derived = createDerivedFiles(folder.path, media);
  const sound = { hash, path: '/music/a.ogg', channels: 2, demuxer: 'avformat' as const };
  expect(derived.boardFile(sound)).toMatchObject({ path: '/music/a.ogg', demuxer: 'avformat' });
  const wav = join(folder.path, 'wav/ab/ab', `${hash}.wav`);
  expect(await derived.ensureWav(sound)).toEqual({ ok: true, path: wav });
  expect(derived.boardFile(sound)).toMatchObject({ path: wav, demuxer: 'wav' });
});

it('plays the normalised file, decoded where it can, and the original without it', async () => {
  await using folder = await tempFolder();
  const derived = createDerivedFiles(folder.path, media);
  const path = join(folder.path, 'levelled.mp3');
  const normalized = { hash: other, path, demuxer: 'mp3' as const };
  const sound = { hash, path: '/music/a.ogg', demuxer: 'avformat' as const, normalized };
  expect(derived.boardFile(sound)).toMatchObject({ path: '/music/a.ogg', demuxer: 'avformat' });
  await put(path, 'mp3');
  expect(derived.boardFile(sound)).toMatchObject({ path, demuxer: 'mp3' });
  await derived.ensureWav({ hash: other, path, channels: 2 });
  expect(derived.boardFile(sound)).toMatchObject({ path: derived.wavPath(other), demuxer: 'wav' });
  expect(derived.boardFile({ ...sound, normalized: null }).path).toBe('/music/a.ogg');
});

it('prunes what no sound owns and left-overs, but not a decode under way', async () => {
  await using folder = await tempFolder();
  const derived = createDerivedFiles(folder.path, media);
  expect(await derived.prune(new Set(), Date.now())).toBe(0);
  for (const each of [hash, other])
    await derived.ensureWav({ hash: each, path: '/x', channels: 2 });
  const part = await put(join(folder.path, 'wav/ab/ab/.1.part'), 'x');
  expect(await derived.prune(new Set([hash]), Date.now())).toBe(1);
  expect([hash, other].map((each) => existsSync(derived.wavPath(each)))).toEqual([true, false]);
  expect(existsSync(part)).toBe(true);
  expect(await derived.prune(new Set([hash]), Date.now() + 2 * 3_600_000)).toBe(1);
  expect(existsSync(part)).toBe(false);
});

it('makes no path of anything but a hash', () => {
  expect(() => createDerivedFiles('/cache', media).wavPath('../../etc/passwd')).toThrow(
    'not a SHA-256',
  );
});
