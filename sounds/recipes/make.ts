/** Makes every shipped sound anew: `node sounds/recipes/make.ts [name …]`. Needs ffmpeg and espeak-ng. */
import { readFileSync } from 'node:fs';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { recipes } from './recipes.ts';
import type { Format, Recipe } from './recipe.ts';
import { master } from './toolkit/master.ts';
import { fromMonoWav, toWav } from './toolkit/wav.ts';

const soundboard = join(import.meta.dirname, '../originals/soundboard');

const encoders: Record<Format, readonly string[]> = {
  wav: ['-c:a', 'pcm_s16le'],
  flac: ['-c:a', 'flac', '-compression_level', '12'],
  mp3: ['-c:a', 'libmp3lame', '-b:a', '128k'],
  ogg: ['-c:a', 'libvorbis', '-q:a', '4'],
  opus: ['-c:a', 'libopus', '-b:a', '96k'],
  m4a: ['-c:a', 'aac', '-b:a', '128k', '-movflags', '+faststart'],
};

const ffmpeg = (...args: string[]) =>
  execaSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], { stdin: 'ignore' });

const speakInto = (folder: string) => (text: string) => {
  const spoken = join(folder, 'spoken.wav');
  const resampled = join(folder, 'resampled.wav');
  execaSync('espeak-ng', [
    '-v',
    'en-gb',
    '-s',
    '150',
    '-p',
    '42',
    '-g',
    '2',
    '-w',
    spoken,
    '--',
    text,
  ]);
  ffmpeg(
    '-i',
    spoken,
    '-ac',
    '1',
    '-ar',
    '48000',
    '-c:a',
    'pcm_s16le',
    '-fflags',
    '+bitexact',
    resampled,
  );
  return fromMonoWav(readFileSync(resampled));
};

const make = async (recipe: Recipe, folder: string): Promise<void> => {
  const wav = join(folder, 'sound.wav');
  await writeFile(wav, toWav(master(recipe.render(speakInto(folder)))));
  const target = join(soundboard, recipe.folder, `${recipe.name}.${recipe.format}`);
  await mkdir(join(soundboard, recipe.folder), { recursive: true });
  const plain = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'];
  ffmpeg('-i', wav, ...plain, ...encoders[recipe.format], target);
  process.stdout.write(`${recipe.folder}/${recipe.name}.${recipe.format}\n`);
};

const wanted = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'encore-recipes-'));
try {
  for (const recipe of recipes) {
    if (wanted.length === 0 || wanted.includes(recipe.name)) await make(recipe, folder);
  }
} finally {
  await rm(folder, { recursive: true });
}
