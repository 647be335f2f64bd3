import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { recipes } from './recipes.ts';
import { master } from './toolkit/master.ts';
import { toWav } from './toolkit/wav.ts';

const soundboard = join(import.meta.dirname, '../originals/soundboard');
const totalBytesMax = 2.5 * 1024 * 1024;
const sampleRate = 48_000;
/** −60 dBFS: nobody hears less as a beginning. */
const audible = 33;

const shipped = recipes.map(({ folder, name, format }) => `${folder}/${name}.${format}`);

const decode = async (file: string) => {
  const args = ['-nostdin', '-hide_banner', '-i', `file:${join(soundboard, file)}`];
  const filters = [
    '-map',
    '0:a:0',
    '-af',
    'ebur128=peak=true',
    '-ac',
    '2',
    '-ar',
    String(sampleRate),
    '-f',
    's16le',
    '-',
  ];
  const { stdout, stderr } = await execa('ffmpeg', [...args, ...filters], {
    stdin: 'ignore',
    encoding: 'buffer',
  });
  const summary = Buffer.from(stderr).toString('utf8').split('Summary:')[1]!;
  return {
    samples: new Int16Array(stdout.slice().buffer),
    lufs: Number(/I:\s+(\S+) LUFS/.exec(summary)![1]),
    truePeak: Number(/Peak:\s+(\S+) dBFS/.exec(summary)![1]),
  };
};

it('each shipped sound has its recipe, each recipe its sound, and all are small together', async () => {
  const entries = await readdir(soundboard, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name));
  expect(paths.map((path) => path.slice(soundboard.length + 1)).toSorted()).toEqual(
    shipped.toSorted(),
  );
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(totalBytesMax);
  expect(new Set(recipes.map((recipe) => recipe.folder)).size).toBeGreaterThanOrEqual(6);
});

it.each(shipped)(
  '%s starts at once, ends in silence, and is as loud as the others',
  async (file) => {
    const { samples, lufs, truePeak } = await decode(file);
    const seconds = samples.length / 2 / sampleRate;
    expect(seconds).toBeGreaterThan(0.4);
    expect(seconds).toBeLessThan(6);
    expect(lufs).toBeGreaterThanOrEqual(-18);
    expect(lufs).toBeLessThanOrEqual(-16);
    expect(truePeak).toBeLessThanOrEqual(-1);
    const leadIn_ms =
      (samples.findIndex((value) => Math.abs(value) > audible) / 2 / sampleRate) * 1000;
    expect(leadIn_ms).toBeLessThan(3);
    expect(Math.max(...samples.slice(-20).map(Math.abs))).toBeLessThan(audible * 4);
  },
);

it('a recipe makes the same samples each time', () => {
  const recipe = recipes.find(({ name }) => name === 'Laser')!;
  const speak = () => new Float64Array(0);
  const make = () => toWav(master(recipe.render(speak)));
  expect(make().equals(make())).toBe(true);
});
