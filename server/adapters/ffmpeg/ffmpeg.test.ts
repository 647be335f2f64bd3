import { open, readFile, readdir, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyTo, ffmpeg, put, tempFolder, tone } from '../../sounds/testing/audio-files.ts';
import type { TempFolder } from '../../sounds/testing/audio-files.ts';
import { createMediaTools, createRunChild } from './index.ts';

const media = createMediaTools(undefined, createRunChild([]));
let folder: TempFolder;
const path = (name: string) => join(folder.path, name);

beforeAll(async () => {
  folder = await tempFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

const formats = [
  ['wav', 'wav', 'wav'],
  ['mp3', 'mp3', 'mp3'],
  ['flac', 'flac', 'avformat'],
  ['ogg', 'ogg', 'avformat'],
  ['opus', 'ogg', 'avformat'],
  ['m4a', 'm4a', 'avformat'],
  ['aac', 'aac', 'avformat'],
  ['wma', 'wma', 'avformat'],
  ['aiff', 'aiff', 'avformat'],
  ['webm', 'webm', 'avformat'],
] as const;

describe('a sound in every format', () => {
  it.each(formats)(
    '%s is identified, decoded whole and drawn',
    async (extension, format, demuxer) => {
      const file = await tone(path(`tone.${extension}`), { seconds: 1 });
      const probed = await media.probe(file);
      expect(probed).toMatchObject({ ok: true, format, demuxer, channels: 2, sample_rate: 48_000 });
      if (!probed.ok) return;
      expect(Math.abs(probed.duration_ms - 1000)).toBeLessThan(120);

      const out = path(`decoded/${extension}.wav`);
      const decoded = await media.decodeToWav(file, out, probed);
      expect(decoded).toMatchObject({ ok: true });
      if (!decoded.ok) return;
      expect(Math.abs(decoded.duration_ms - 1000)).toBeLessThan(80);
      expect((await readFile(out)).toString('latin1', 36, 40)).toBe('data');
      expect(await media.probe(out)).toMatchObject({
        ok: true,
        demuxer: 'wav',
        duration_ms: decoded.duration_ms,
      });

      const streamed = await media.peaks(file);
      const read = await media.peaks(out);
      expect(streamed).toMatchObject({ ok: true, bars: expect.stringMatching(/^[0-9a-f]{44}$/) });
      expect(read).toMatchObject({ ok: true, duration_ms: decoded.duration_ms });
    },
  );
});

it('keeps the level of a mono sound on both sides', async () => {
  const file = await tone(path('mono.wav'), { channels: 1 });
  await media.decodeToWav(file, path('mono-decoded.wav'), { channels: 1 });
  const source = (await readFile(file)).subarray(-2000);
  const decoded = (await readFile(path('mono-decoded.wav'))).subarray(-4000);
  for (let i = 0; i < 1000; i++) {
    expect(Math.abs(decoded.readInt16LE(i * 4) - source.readInt16LE(i * 2))).toBeLessThanOrEqual(2);
  }
});

it('cuts at the cue points', async () => {
  const file = await tone(path('long.flac'), { seconds: 2 });
  const trim = { start_ms: 500, end_ms: 1250 };
  const cut = await media.decodeToWav(file, path('cut.wav'), { channels: 2, trim });
  expect(cut).toMatchObject({ ok: true, duration_ms: 750 });
});

it('draws loud and quiet parts, and silence as a flat line', async () => {
  const source = 'aevalsrc=sin(2*PI*440*t)*(lt(t\\,0.5)+0.1*gte(t\\,0.5)):s=48000:d=1';
  await ffmpeg('-f', 'lavfi', '-i', source, path('steps.wav'));
  const drawn = await media.peaks(path('steps.wav'));
  expect(drawn).toMatchObject({ ok: true, bars: expect.stringMatching(/^f{22}.3{21}$/) });
  await ffmpeg('-f', 'lavfi', '-i', 'anullsrc=d=1', path('silence.wav'));
  expect(await media.peaks(path('silence.wav'))).toMatchObject({ ok: true, bars: '0'.repeat(44) });
});

it('reads title and artist without control characters', async () => {
  const args = ['-metadata', 'title=Front\ndoor', '-metadata', 'artist=Mira'];
  const file = await tone(path('tagged.mp3'), { args });
  expect(await media.probe(file)).toMatchObject({ tags: { title: 'Front door', artist: 'Mira' } });
});

describe('a file that is no sound', () => {
  const bad = [
    ['empty', '', 'empty'],
    ['text', 'hello there\n'.repeat(200), 'not_audio'],
    ['zeros', Buffer.alloc(40_000), 'not_audio'],
    ['m3u', '#EXTM3U\n/etc/passwd\n', 'playlist'],
    ['pls', '[playlist]\nFile1=/etc/passwd\n', 'playlist'],
    ['concat', "ffconcat version 1.0\nfile '/etc/passwd'\n", 'playlist'],
    ['xspf', '<?xml version="1.0"?><playlist></playlist>', 'playlist'],
  ] as const;
  it.each(bad)('%s is refused with a reason', async (name, content, code) => {
    const file = await put(path(`${name}.mp3`), content);
    const probed = await media.probe(file);
    expect(probed).toMatchObject({ ok: false, code });
    expect(await media.peaks(file)).toMatchObject({ ok: false });
    expect(await media.decodeToWav(file, path(`${name}.wav`), { channels: 2 })).toMatchObject({
      ok: false,
    });
  });

  it('is refused when it is a folder, gone or a picture', async () => {
    await ffmpeg('-f', 'lavfi', '-i', 'color=s=16x16:d=0.1', '-frames:v', '1', path('picture.png'));
    expect(await media.probe(folder.path)).toMatchObject({ ok: false, code: 'unreadable' });
    expect(await media.probe(path('gone.mp3'))).toMatchObject({ ok: false, code: 'unreadable' });
    expect(await media.probe(path('picture.png'))).toMatchObject({ ok: false, code: 'not_audio' });
  });

  it('leaves nothing behind when decoding fails', async () => {
    const file = await put(path('noise.mp3'), 'ID3'.repeat(5000));
    expect(await media.decodeToWav(file, path('nothing/out.wav'), { channels: 2 })).toMatchObject({
      ok: false,
    });
    expect(await readdir(path('nothing'))).toEqual([]);
  });
});

it.each(['m4a', 'wav'])('calls a %s cut in the middle truncated', async (extension) => {
  const file = await tone(path(`cut.${extension}`), { seconds: 2 });
  await using handle = await open(file, 'r+');
  await truncate(file, Math.floor(((await handle.stat()).size / 2) | 1));
  expect(await media.probe(file)).toMatchObject({ ok: false, code: 'truncated' });
});

it('reads names with newlines, quotes, unicode, leading dashes and 250 bytes', async () => {
  const names = [
    '-i.wav',
    'new\nline.wav',
    `a'b"c\`$(id).wav`,
    'Größe 🎺.wav',
    `${'n'.repeat(246)}.wav`,
    'concat:a|b.wav',
    '%03d.wav',
  ];
  const original = await tone(path('plain.wav'));
  for (const name of names) {
    const file = await copyTo(original, path(name));
    expect(await media.probe(file)).toMatchObject({ ok: true, duration_ms: 500 });
    expect(await media.decodeToWav(file, path('named/out.wav'), { channels: 2 })).toMatchObject({
      ok: true,
    });
  }
});

it('stops at the allowed length whatever a file declares', async () => {
  const file = await tone(path('longer.wav'), { seconds: 2 });
  const decoded = await media.decodeToWav(file, path('short/out.wav'), {
    channels: 2,
    duration_ms_max: 1000,
  });
  expect(decoded).toMatchObject({ ok: false, code: 'too_long' });
  expect(await readdir(path('short'))).toEqual([]);
});

it('throws the reason of a cancelled signal and kills the child', async () => {
  const file = await tone(path('hour.flac'), { seconds: 300 });
  const cancel = new AbortController();
  const drawing = media.peaks(file, cancel.signal);
  setTimeout(() => cancel.abort(new Error('enough')), 30);
  await expect(drawing).rejects.toThrow('enough');
  await expect(media.probe(file, cancel.signal)).rejects.toThrow('enough');
});

it('follows a link that leads to a sound, as its caller decides which paths are given', async () => {
  await symlink(await tone(path('target.wav')), path('link.wav'));
  expect(await media.probe(path('link.wav'))).toMatchObject({ ok: true });
});
