import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { musicFramesIn, musicFramesOf } from './mp3-frames.ts';

const run = promisify(execFile);
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-mp3-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const encode = async (name: string, lengthMs: number, ...options: string[]): Promise<string> => {
  const path = join(dir, name);
  const input = ['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', 'sine=r=48000'];
  await run('ffmpeg', [...input, '-t', String(lengthMs / 1000), ...options, path]);
  return path;
};

describe('the music in an mp3 file', () => {
  it.each([
    { name: 'constant bitrate', options: ['-b:a', '128k'] },
    { name: 'variable bitrate', options: ['-q:a', '4'] },
    { name: 'mono', options: ['-ac', '1', '-b:a', '64k'] },
    {
      name: 'a title and a picture’s worth of tag',
      options: ['-metadata', `title=${'x'.repeat(5000)}`],
    },
    { name: '44.1 kHz', options: ['-ar', '44100'] },
    { name: '22.05 kHz', options: ['-ar', '22050', '-b:a', '64k'] },
  ])('is counted without the padding ($name)', async ({ name, options }) => {
    const frames = await musicFramesOf(await encode(`${name.slice(0, 8)}.mp3`, 1237, ...options));
    // Resampling may round by a sample of the file's own rate.
    expect(Math.abs((frames ?? Number.NaN) - 1237 * 48)).toBeLessThanOrEqual(48_000 / 22_050 + 1);
  });

  it('is unknown where the encoder does not say', async () => {
    const path = await encode('plain.mp3', 500, '-write_xing', '0');
    expect(await musicFramesOf(path)).toBeNull();
  });

  it('is unknown of a file put together from two', async () => {
    const one = await readFile(await encode('one.mp3', 3000));
    const both = join(dir, 'both.mp3');
    await writeFile(both, Buffer.concat([one, one]));
    expect(await musicFramesOf(both)).toBeNull();
  });

  it('is unknown of what is no mp3, is cut short, or is not there', async () => {
    const text = join(dir, 'text.mp3');
    await writeFile(text, 'Dear reader');
    expect(await musicFramesOf(text)).toBeNull();
    expect(await musicFramesOf(join(dir, 'nowhere.mp3'))).toBeNull();
    const whole = await readFile(await encode('whole.mp3', 500));
    const first = whole.subarray(whole.indexOf(0xff));
    for (let length = 0; length < 160; length++)
      expect(musicFramesIn(first.subarray(0, length), whole.length)).toBeNull();
  });
});
