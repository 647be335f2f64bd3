import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createMediaTools } from '../adapters/ffmpeg/index.ts';
import { createPictures } from './pictures.ts';
import { ffmpeg, tempFolder, tone } from './testing/audio-files.ts';

const hash = 'ab'.repeat(32);
const signal = new AbortController().signal;

it('draws a picture file that belongs to a sound, whatever its name', async () => {
  await using folder = await tempFolder();
  const pictures = createPictures(folder.path, createMediaTools(), signal);
  const color = ['-f', 'lavfi', '-i', 'color=green:s=100x60:d=0.04', '-frames:v', '1'];
  for (const [index, extension] of ['jpg', 'png', 'webp'].entries()) {
    const made = join(folder.path, `made.${extension}`);
    await ffmpeg(...color, made);
    const named = join(folder.path, `cover %03d.${extension}.jpg`);
    writeFileSync(named, readFileSync(made));
    const own = `${index}${hash.slice(1)}`;
    const path = join(folder.path, 'pictures', `${index}b`, 'ab', `${own}.jpg`);
    expect(await pictures.ensure(own, named)).toEqual({ ok: true, path });
    expect(readFileSync(path).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  }
});

it('draws once for all who ask, and not again while it is there', async () => {
  await using folder = await tempFolder();
  let drawn = 0;
  const media = {
    picture: async (_source: string, outPath: string) => {
      drawn += 1;
      await tone(outPath.replace('.jpg', '.wav'));
      writeFileSync(outPath, 'picture');
      return { ok: true } as const;
    },
  };
  const pictures = createPictures(folder.path, media, signal);
  const source = await tone(join(folder.path, 'source.wav'));
  await Promise.all([pictures.ensure(hash, source), pictures.ensure(hash, source)]);
  await pictures.ensure(hash, source);
  expect(drawn).toBe(1);
});

it('says why there is none, and gives up those of unknown content', async () => {
  await using folder = await tempFolder();
  const pictures = createPictures(folder.path, createMediaTools(), signal);
  expect(await pictures.ensure(hash, join(folder.path, 'none.mp3'))).toMatchObject({
    ok: false,
    code: 'unreadable',
  });
  const sound = await tone(join(folder.path, 'bare.mp3'));
  expect(await pictures.ensure(hash, sound)).toMatchObject({ ok: false, code: 'no_picture' });
  const jpg = join(folder.path, 'c.jpg');
  await ffmpeg('-f', 'lavfi', '-i', 'color=red:s=9x9:d=0.04', '-frames:v', '1', jpg);
  const kept = await pictures.ensure(hash, jpg);
  expect(await pictures.prune(new Set([hash]), Date.now())).toBe(0);
  expect(await pictures.prune(new Set(), Date.now())).toBe(1);
  expect(kept.ok && existsSync(kept.path)).toBe(false);
});

it('takes no frame of a film for a cover', async () => {
  await using folder = await tempFolder();
  const film = join(folder.path, 'film.mp4');
  const inputs = ['-f', 'lavfi', '-i', 'testsrc=d=0.2:s=64x64', '-f', 'lavfi', '-i', 'sine=d=0.2'];
  await ffmpeg(...inputs, '-shortest', film);
  const pictures = createPictures(folder.path, createMediaTools(), signal);
  expect(await pictures.ensure(hash, film)).toMatchObject({ ok: false, code: 'no_picture' });
});
