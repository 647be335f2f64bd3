import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../kernel/testing/temporary-folder.ts';
import { createThumbnails } from './thumbnails.ts';

const known = 'a'.repeat(64);
const gone = 'b'.repeat(64);

it('pictures of content that nobody needs go, and nothing else in the folder does', async () => {
  const folder = temporaryFolder();
  const thumbnails = createThumbnails(folder);
  for (const name of [`${known}.jpg`, `${gone}.jpg`, 'holiday.jpg', `${gone}.png`]) {
    writeFileSync(join(folder, name), 'x');
  }
  mkdirSync(join(folder, 'albums'));
  expect([thumbnails.has(known), thumbnails.has('c'.repeat(64))]).toEqual([true, false]);
  expect(await thumbnails.prune({ has: (hash) => hash === known })).toBe(1);
  expect(readdirSync(folder).toSorted()).toEqual(
    [`${known}.jpg`, `${gone}.png`, 'albums', 'holiday.jpg'].toSorted(),
  );
});

it('a folder that is not there holds nothing', async () => {
  const thumbnails = createThumbnails(join(temporaryFolder(), 'absent'));
  expect(thumbnails.has(known)).toBe(false);
  expect(await thumbnails.prune({ has: () => false })).toBe(0);
});
