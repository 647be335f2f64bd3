import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { put, tempFolder, tone, type TempFolder } from '../../sounds/testing/audio-files.ts';
import { sineWav } from '../../testing/sine-wav.ts';
import { createMediaTools, createRunChild } from './index.ts';
import { readPlainWav } from './plain-wav.ts';

const real = createMediaTools(undefined, createRunChild([]));
let children = 0;
const counted = createMediaTools(undefined, (...call) => {
  children += 1;
  return createRunChild([])(...call);
});
let folder: TempFolder;
beforeEach(async () => {
  children = 0;
  folder = await tempFolder();
  return () => folder[Symbol.asyncDispose]();
});
const path = (name: string) => join(folder.path, name);

describe('a plain WAV', () => {
  it.each([1, 2])(
    'with %i channels is probed, decoded and drawn without a child',
    async (channels) => {
      const args = ['-fflags', '+bitexact', '-flags:a', '+bitexact'];
      const file = await tone(path('a.wav'), { channels, args });
      const probed = await counted.probe(file);
      expect(probed).toMatchObject({ ok: true, codec: 'pcm_s16le', duration_ms: 500, channels });
      const decoded = await counted.decodeToWav(file, path('out.wav'), { channels });
      expect(decoded).toMatchObject({ ok: true, duration_ms: 500 });
      expect(await counted.peaks(path('out.wav'))).toMatchObject({ ok: true, duration_ms: 500 });
      expect(children).toBe(0);
      // Longer trims go through ffmpeg, whose answer is the same to the byte.
      const trim = { start_ms: 0, end_ms: 500 };
      await real.decodeToWav(file, path('by-ffmpeg.wav'), { channels, trim });
      expect(await readFile(path('out.wav'))).toEqual(await readFile(path('by-ffmpeg.wav')));
    },
  );

  it.each(['pcm_u8', 'pcm_s24le', 'pcm_s32le'])(
    'of %s is probed as ffprobe does',
    async (codec) => {
      const args = ['-c:a', codec, '-ar', '44100'];
      const file = await tone(path('a.wav'), { args });
      const probed = await counted.probe(file);
      expect(probed).toMatchObject({
        ok: true,
        duration_ms: 500,
        channels: 2,
        sample_rate: 44_100,
      });
      // 24 and 32 bits are written as the extensible kind, which is ffprobe's.
      expect(probed).toMatchObject({ codec, demuxer: 'wav' });
      expect(children).toBe(codec === 'pcm_u8' ? 0 : 1);
    },
  );

  it('cut in the middle is truncated', async () => {
    const file = await put(path('a.wav'), sineWav(440, 500));
    await truncate(file, 10_001);
    expect(await counted.probe(file)).toMatchObject({ ok: false, code: 'truncated' });
  });
});

describe('left to ffprobe', () => {
  const whole = sineWav(440, 100);
  const changed = (at: number, write: (wav: Buffer) => void): [string, Buffer] => {
    const wav = Buffer.from(whole);
    write(wav);
    return [`byte ${at}`, wav];
  };
  const files: [string, Buffer][] = [
    ['a chunk behind the sound', Buffer.concat([whole, Buffer.from('LIST\x04\0\0\0INFO')])],
    ['no sound', sineWav(440, 0)],
    ['another file', Buffer.from('RIFX'.repeat(40))],
    changed(20, (wav) => wav.writeUInt16LE(85, 20)),
    changed(22, (wav) => wav.writeUInt16LE(0, 22)),
    changed(24, (wav) => wav.writeUInt32LE(0, 24)),
    changed(32, (wav) => wav.writeUInt16LE(7, 32)),
    changed(16, (wav) => wav.writeUInt32LE(0xff_ff_ff_ff, 16)),
  ];
  it.each(files)('%s', async (_, content) => {
    expect(await readPlainWav(await put(path('a.wav'), content))).toBeUndefined();
  });

  it('a title', async () => {
    const file = await tone(path('a.wav'), { args: ['-metadata', 'title=Horn'] });
    expect(await counted.probe(file)).toMatchObject({ ok: true, tags: { title: 'Horn' } });
    expect(children).toBe(1);
  });
});
