/** A folder full of files that mean no good, scanned with the real tools. */
import { execFileSync } from 'node:child_process';
import { symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMediaTools, createRunChild } from '../adapters/ffmpeg/index.ts';
import { sineWav } from '../testing/sine-wav.ts';
import type { ScanReport } from './contract.ts';
import { put, tempFolder, type TempFolder } from './testing/audio-files.ts';
import { libraryOnDisk } from './testing/library-on-disk.ts';

let folder: TempFolder;
let report: ScanReport;
let requests = 0;
let copies: string[];
const trap = createServer((socket) => {
  requests += 1;
  socket.destroy();
});

const noisy = (bytes: number): Buffer => {
  let state = 1;
  return Buffer.from(
    Array.from({ length: bytes }, () => (state = (state * 48_271) % 2_147_483_647) & 255),
  );
};
const longName = `${'n'.repeat(251)}.wav`;
const reasons = () =>
  Object.fromEntries(report.errors.map(({ file, reason }) => [file, reason] as const));

beforeAll(async () => {
  folder = await tempFolder();
  await new Promise<void>((listening) => trap.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/x.mp3`;
  const secret = await put(join(folder.path, 'secret.wav'), sineWav(440, 300));
  const { library, originals, kernel } = await libraryOnDisk(
    folder.path,
    createMediaTools(undefined, createRunChild([])),
  );
  const at = (name: string) => join(originals, 'soundboard', name);
  const good = { 'good.wav': 100, [longName]: 200, 'new\nline.wav': 300, 'a\\..\\..\\up.wav': 400 };
  for (const [name, hz] of Object.entries(good)) await put(at(name), sineWav(hz, 200));
  for (const target of [url, secret]) {
    const name = target === url ? 'far' : 'near';
    await put(at(`${name} hls.mp3`), `#EXTM3U\n#EXTINF:3,\n${target}\n#EXT-X-ENDLIST\n`);
    await put(at(`${name} m3u.mp3`), `${target}\n`);
    await put(at(`${name} pls.mp3`), `[playlist]\nFile1=${target}\nNumberOfEntries=1\n`);
    await put(at(`${name} concat.mp3`), `ffconcat version 1.0\nfile '${target}'\n`);
    await put(
      at(`${name} xspf.mp3`),
      `<?xml version="1.0"?><playlist><trackList><track><location>${target}</location></track></trackList></playlist>`,
    );
  }
  await put(at('empty.mp3'), '');
  await put(at('text.mp3'), 'no sound at all\n'.repeat(99));
  await put(at('noise.mp3'), noisy(50_000));
  await put(at('nothing.wav'), sineWav(440, 0));
  const whole = sineWav(440, 2000);
  await put(at('cut.wav'), whole.subarray(0, whole.length / 2));
  for (const name of ['sparse.wav', 'sparse.mp3']) {
    await put(at(name), '');
    await truncate(at(name), 2 * 1024 ** 3);
  }
  const sparse = await put(at('sparse below the limit.mp3'), '');
  await truncate(sparse, 200 * 1024 ** 2);
  const raw = Buffer.concat([
    Buffer.from(`${dirname(at('x'))}/`),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('.wav'),
  ]);
  await writeFile(raw, sineWav(440, 100));
  await symlink(secret, at('link.wav'));
  await symlink(folder.path, at('linked folder'));
  execFileSync('mkfifo', [at('pipe.mp3')]);

  const outcome = await library.scan({ actor: 'ann', origin: 'http' });
  if (!outcome.ok) throw new Error('the scan was cancelled');
  report = outcome.result;
  copies = kernel.storage
    .prepare<[], string>('SELECT filename FROM sounds WHERE missing = 0')
    .pluck()
    .all();
}, 120_000);
afterAll(async () => {
  trap.close();
  await folder[Symbol.asyncDispose]();
});

it('takes the sounds among them, whatever their names', () => {
  const good = ['good.wav', longName, 'new\nline.wav', 'a\\..\\..\\up.wav'];
  expect(report.added.toSorted()).toEqual(good.toSorted());
  expect(copies.toSorted()).toEqual(good.toSorted());
});

it('asks nobody for what a file names, and reads no other file', () => {
  expect(requests).toBe(0);
  const disguised = Object.keys(reasons()).filter((name) => /^(far|near) /.test(name));
  expect(disguised).toHaveLength(10);
});

it('says of each other file what is wrong with it', () => {
  expect(reasons()).toMatchObject({
    'far hls.mp3': 'this is a playlist that names other files, not a sound',
    'near concat.mp3': 'this is a playlist that names other files, not a sound',
    'empty.mp3': 'the file is empty',
    'text.mp3': 'this is not audio, whatever its name says',
    'noise.mp3': expect.stringMatching(/damaged|not audio/),
    'nothing.wav': 'no sound could be decoded from the file',
    'cut.wav': 'the file ends too early',
    'sparse.wav': 'the file is larger than 1 GiB: store it as FLAC or MP3, or cut it',
    'sparse.mp3': 'the file is larger than 1 GiB: store it as FLAC or MP3, or cut it',
    'sparse below the limit.mp3': expect.stringMatching(/damaged|not audio/),
    '\uFFFD\uFFFD.wav': 'the file name is not valid UTF-8: rename it',
  });
  expect(report.errors).toHaveLength(19);
});

it('follows no links and opens no pipes', () => {
  const named = [...report.added, ...report.duplicates, ...Object.keys(reasons())];
  expect(named.filter((name) => /link|pipe/.test(name))).toEqual([]);
});
