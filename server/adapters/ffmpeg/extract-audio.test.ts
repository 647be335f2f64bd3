import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ExtractedAudio } from '../../extractions/media-source.ts';
import {
  ffmpeg,
  put,
  tempFolder,
  tone,
  type TempFolder,
} from '../../sounds/testing/audio-files.ts';
import { createMediaTools, createRunChild } from './index.ts';

const media = createMediaTools(undefined, createRunChild([]));
let folder: TempFolder;
const at = (name: string) => join(folder.path, name);
let out = 0;

/** Two seconds each of 300, 600 and 1200 Hz, so that every place can be told from the others. */
beforeAll(async () => {
  folder = await tempFolder();
  const tones = [300, 600, 1200].map((hertz) => `sine=frequency=${hertz}:duration=2`);
  const sources = tones.flatMap((source) => ['-f', 'lavfi', '-i', source]);
  const joined = ['-filter_complex', 'concat=n=3:v=0:a=1,volume=4', '-ar', '48000'];
  await ffmpeg(...sources, ...joined, at('three.wav'));
  const made = ['-i', at('three.wav')];
  await ffmpeg(...made, '-b:a', '192k', '-metadata', 'title=Theirs', at('three.mp3'));
  await ffmpeg(...made, '-c:a', 'aac', '-f', 'mpegts', at('three.ts'));
  await ffmpeg(...made, '-c:a', 'libvorbis', '-metadata', 'comment=Theirs', at('three.ogg'));
  const film = ['-f', 'lavfi', '-i', 'testsrc=size=64x64:rate=5:duration=6'];
  await ffmpeg(...made, ...film, '-c:a', 'aac', '-pix_fmt', 'yuv420p', at('film.mp4'));
  await ffmpeg(...film, '-pix_fmt', 'yuv420p', at('silent.mp4'));
});
afterAll(() => folder[Symbol.asyncDispose]());

const wanted: ExtractedAudio = {
  format: 'mp3',
  bitrateKbps: 192,
  start_ms: null,
  end_ms: null,
  leave_out: [],
  title: 'Ours',
  artist: null,
  chapters: [],
  duration_ms_max: 60_000,
  bytes_max: 1024 ** 3,
};

const extract = async (source: string, wish: Partial<ExtractedAudio> = {}) => {
  const path = at(`out/${++out}`);
  const done = await media.extractAudio(at(source), path, { ...wanted, ...wish });
  return { path, done };
};

const failsWith = (code: string) => expect.objectContaining({ ok: false, code });

type Told = {
  streams: { codec_name: string; codec_type: string; tags?: Record<string, string> }[];
  format: { format_name: string; tags?: Record<string, string> };
  chapters: { start_time: string; end_time: string; tags: { title: string } }[];
};
const tell = async (path: string): Promise<Told> => {
  const shown = ['-show_streams', '-show_format', '-show_chapters'];
  const { stdout } = await execa('ffprobe', ['-v', 'error', '-of', 'json', ...shown, path]);
  return JSON.parse(stdout) as Told;
};

/** The tone that is heard in each tenth of a second. */
const tonesOf = async (path: string): Promise<number[]> => {
  const { stdout } = await execa(
    'ffmpeg',
    ['-v', 'error', '-i', path, '-ac', '1', '-ar', '48000', '-f', 's16le', '-'],
    { encoding: 'buffer' },
  );
  const samples = new Int16Array(new Uint8Array(stdout).buffer, 0, Math.floor(stdout.length / 2));
  const tones: number[] = [];
  for (let from = 0; from + 4800 <= samples.length; from += 4800) {
    let crossings = 0;
    for (let i = from + 1; i < from + 4800; i++) {
      if ((samples[i - 1] ?? 0) < 0 && (samples[i] ?? 0) >= 0) crossings += 1;
    }
    tones.push([300, 600, 1200].find((hertz) => Math.abs(crossings * 10 - hertz) <= 60) ?? 0);
  }
  return tones;
};

const tenths = (...runs: readonly (readonly [number, number])[]) =>
  runs.flatMap(([hertz, count]) => Array<number>(count).fill(hertz));

const hashOfSound = async (path: string) => {
  const args = ['-v', 'error', '-i', path, '-map', '0:a', '-c', 'copy', '-f', 'md5', '-'];
  return (await execa('ffmpeg', args)).stdout;
};

it('keeps the bytes where nothing is cut and the codec is the wanted one', async () => {
  const { path, done } = await extract('three.mp3');
  expect(done).toMatchObject({ ok: true });
  expect(await hashOfSound(path)).toBe(await hashOfSound(at('three.mp3')));
  expect(done.ok && Math.abs(done.duration_ms - 6000)).toBeLessThan(60);
});

it('takes the sound of a film as it is', async () => {
  const { path, done } = await extract('film.mp4', { format: 'm4a' });
  expect(done).toMatchObject({ ok: true });
  expect(await hashOfSound(path)).toBe(await hashOfSound(at('film.mp4')));
  expect((await tell(path)).streams.map(({ codec_type }) => codec_type)).toEqual(['audio']);
});

it('takes the sound of a stream that came in pieces', async () => {
  const { path, done } = await extract('three.ts', { format: 'm4a' });
  expect(done).toMatchObject({ ok: true });
  expect((await tell(path)).format.format_name).toContain('m4a');
});

it.each([
  ['mp3', 'mp3'],
  ['opus', 'opus'],
  ['ogg', 'vorbis'],
  ['m4a', 'aac'],
  ['flac', 'flac'],
  ['wav', 'pcm_s16le'],
])('writes %s', async (format, codec) => {
  const { path, done } = await extract('three.ts', { format });
  expect(done).toMatchObject({ ok: true });
  expect((await tell(path)).streams[0]).toMatchObject({ codec_name: codec });
});

it('cuts where it was asked to', async () => {
  const { path, done } = await extract('three.mp3', {
    format: 'wav',
    start_ms: 1500,
    end_ms: 4200,
  });
  expect(done).toMatchObject({ ok: true, duration_ms: 2700 });
  const tones = await tonesOf(path);
  expect(tones.slice(0, 4)).toEqual(tenths([300, 4]));
  expect(tones.slice(6, 24)).toEqual(tenths([600, 18]));
  expect(tones.slice(26)).toEqual([1200]);
});

it('leaves out what is to be left out', async () => {
  const { path, done } = await extract('three.wav', {
    format: 'wav',
    leave_out: [
      { start_ms: 2000, end_ms: 4000 },
      { start_ms: 0, end_ms: 500 },
    ],
  });
  expect(done).toMatchObject({ ok: true, duration_ms: 3500 });
  expect(await tonesOf(path)).toEqual(tenths([300, 15], [1200, 20]));
});

it('writes title, artist and moved chapters, and nothing of what was there', async () => {
  const { path } = await extract('three.mp3', {
    start_ms: 1000,
    title: 'One; two = #3 \\ four\n[CHAPTER]\nSTART=0',
    artist: 'Somebody',
    chapters: [
      { title: 'gone', start_ms: 0, end_ms: 1000 },
      { title: 'a=b;\ntitle=c', start_ms: 1000, end_ms: 3000 },
    ],
  });
  const { format, chapters } = await tell(path);
  expect(format.tags).toMatchObject({
    title: 'One; two = #3 \\ four [CHAPTER] START=0',
    artist: 'Somebody',
  });
  expect(chapters).toMatchObject([
    { start_time: '0.000000', end_time: '2.000000', tags: { title: 'a=b; title=c' } },
  ]);
});

it('leaves tags of the original behind, also those of its streams', async () => {
  const { path } = await extract('three.ogg', { format: 'ogg' });
  const { format, streams } = await tell(path);
  expect({ ...format.tags, ...streams[0]?.tags }).not.toHaveProperty('comment');
  expect(JSON.stringify([format.tags, streams[0]?.tags])).toContain('Ours');
});

it.each([
  ['begins behind the end', { start_ms: 7000 }],
  ['ends behind the end', { start_ms: 1000, end_ms: 9000 }],
  ['is left out altogether', { leave_out: [{ start_ms: 0, end_ms: 6000 }] }],
])('refuses a clip that %s', async (_how, wish) => {
  expect((await extract('three.mp3', wish)).done).toEqual(failsWith('clip_outside'));
});

it('forgives an end that is rounded up', async () => {
  expect((await extract('three.mp3', { start_ms: 5000, end_ms: 6500 })).done).toMatchObject({
    ok: true,
  });
});

it('refuses what is too long, whatever length the file declares', async () => {
  expect((await extract('three.mp3', { duration_ms_max: 3000 })).done).toEqual(
    failsWith('too_long'),
  );
  await tone(at('endless.aac'), { seconds: 30, args: ['-f', 'adts'] });
  expect((await extract('endless.aac', { duration_ms_max: 3000 })).done).toEqual(
    failsWith('too_long'),
  );
});

it('what would be larger than is kept is not written to its end, and nothing is left', async () => {
  const { path, done } = await extract('three.wav', { format: 'wav', bytes_max: 100_000 });
  expect(done).toEqual(failsWith('too_large'));
  expect((await readdir(at('out'))).filter((name) => path.endsWith(name))).toEqual([]);
});

it('keeps a clip of something that is too long as a whole', async () => {
  expect((await extract('three.mp3', { end_ms: 2000, duration_ms_max: 3000 })).done).toMatchObject({
    ok: true,
  });
});

it('says that a film without sound has none', async () => {
  expect((await extract('silent.mp4')).done).toEqual(failsWith('no_audio'));
});

it.each([
  ['a playlist', '#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n'],
  ['a page', '<html><body>Sign in</body></html>'],
  ['nothing', ''],
])('reads nothing else for %s', async (_name, content) => {
  await put(at('sent'), content);
  expect((await extract('sent')).done).toMatchObject({ ok: false });
});

it.skipIf(process.getuid?.() !== 0)('says that the disk is full', async () => {
  await mkdir(at('small'));
  await execa('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', at('small')]);
  try {
    const wish = { ...wanted, format: 'wav', end_ms: 5000 };
    expect(await media.extractAudio(at('three.mp3'), at('small/full'), wish)).toEqual(
      failsWith('disk_full'),
    );
    expect(await readdir(at('small'))).toEqual([]);
  } finally {
    await execa('umount', [at('small')]);
  }
});

it('leaves nothing half done behind, neither cancelled nor failed', async () => {
  const cancel = new AbortController();
  cancel.abort(new Error('cancelled'));
  await expect(
    media.extractAudio(at('three.mp3'), at('out/cancelled'), wanted, cancel.signal),
  ).rejects.toThrow('cancelled');
  expect((await readdir(at('out'))).filter((name) => !/^\d+$/.test(name))).toEqual([]);
});
