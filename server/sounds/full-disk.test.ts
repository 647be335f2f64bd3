/** The disk is full midway: real ENOSPC on a small file system, where the test may mount one. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createMediaTools, createRunChild } from '../adapters/ffmpeg/index.ts';
import { sineWav } from '../testing/sine-wav.ts';
import { put, tempFolder, tone } from './testing/audio-files.ts';
import { libraryOnDisk } from './testing/library-on-disk.ts';

const smallDisk = (path: string): Disposable | undefined => {
  mkdirSync(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'encore-test', path], {
      stdio: 'ignore',
    });
  } catch {
    return undefined;
  }
  return { [Symbol.dispose]: () => void execFileSync('umount', [path]) };
};

it('adds the sounds whose copies do not fit, and leaves no half copy behind', async (context) => {
  await using folder = await tempFolder();
  const cache = join(folder.path, 'cache');
  using disk = smallDisk(cache);
  if (!disk) return context.skip();
  const media = createMediaTools(undefined, createRunChild([]));
  const { library, originals, queries } = await libraryOnDisk(folder.path, media, { jobsMax: 1 });
  // One is copied here and the other by ffmpeg: 1.9 MB each.
  await put(join(originals, 'soundboard/a.wav'), sineWav(440, 10_000));
  await tone(join(originals, 'soundboard/b.mp3'), { seconds: 10 });
  await put(join(originals, 'soundboard/c.wav'), sineWav(440, 100));
  const outcome = await library.scan({ actor: 'ann', origin: 'http' });
  expect(outcome).toMatchObject({ result: { added: ['a.wav', 'b.mp3', 'c.wav'], errors: [] } });
  expect(queries.catalogue()).toHaveLength(3);
  const left = (await readdir(cache, { recursive: true })).filter((name) => /\.\w+$/.test(name));
  expect(left).toEqual([expect.stringMatching(/\.wav$/)]);
});
