import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../kernel/testing/temporary-folder.ts';
import { walkLibrary } from './library-walk.ts';

it('folders that are not the library’s are passed over, by name and by path', async () => {
  const root = temporaryFolder();
  const folders = ['soundboard', 'text_to_speech', 'extracted'];
  const others = ['extracted/thumbnails', 'extracted/covers', 'extracted/temp', 'extracted/kept'];
  for (const folder of [...folders, ...others]) {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, 'sound.mp3'), '');
  }
  const seen: string[] = [];
  const passedOver = new Set([join(root, 'extracted/covers')]);
  const { files } = await walkLibrary(root, undefined, (path) => seen.push(path), passedOver);
  expect(files.map(({ type, filename }) => `${type} ${filename}`)).toEqual([
    'SDB sound.mp3',
    'TTS sound.mp3',
    'EXT kept/sound.mp3',
    'EXT sound.mp3',
  ]);
  expect(seen).not.toContain(join(root, 'extracted/covers'));
});
