import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharedNames } from '../extractions/links.ts';
import { languages } from '../languages/language.ts';
import { placeOf } from './places.ts';

type Manifest = {
  start_url: string;
  icons: { src: string; sizes: string; type: string; purpose?: string }[];
  shortcuts: { name: string; url: string }[];
  share_target: { action: string; method: string; params: Record<string, string> };
};

const shelf = join(import.meta.dirname, '..', 'public');
const read = (name: string): Buffer => readFileSync(join(shelf, name));
const manifest = JSON.parse(read('manifest.webmanifest').toString()) as Manifest;

/** "192x192", as the file itself says. */
const sizesOf = (png: Buffer): string => `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;

test('every icon is there in the size that is told of it', () => {
  const pictures = manifest.icons.filter(({ type }) => type === 'image/png');
  expect(pictures.map(({ src }) => sizesOf(read(src)))).toEqual(pictures.map(({ sizes }) => sizes));
  expect(pictures.map(({ sizes, purpose = 'any' }) => `${sizes} ${purpose}`)).toEqual([
    '192x192 any',
    '512x512 any',
    '192x192 maskable',
    '512x512 maskable',
  ]);
  expect(read('icon.svg').toString()).toContain('<svg');
});

test('what is shared to Encore arrives on the screen that reads it', () => {
  const { action, method, params } = manifest.share_target;
  expect([method, placeOf(`http://encore.home${action}`)]).toEqual(['GET', 'extractions']);
  expect(Object.values(params).toSorted()).toEqual([...sharedNames].toSorted());
});

test('in another language it is the same app', () => {
  const words = { description: '', lang: '', shortcuts: [] };
  for (const language of languages.filter((one) => one !== 'en')) {
    const theirs = JSON.parse(read(`manifest.${language}.webmanifest`).toString());
    expect(theirs.lang).toBe(language);
    expect({ ...theirs, ...words }).toEqual({ ...manifest, ...words });
    expect(theirs.shortcuts.map(({ url }: { url: string }) => url)).toEqual(
      manifest.shortcuts.map(({ url }) => url),
    );
  }
});

test('the page links to it', () => {
  const page = readFileSync(join(shelf, '..', 'index.html'), 'utf8');
  expect(page).toContain('<link rel="manifest" href="/manifest.webmanifest" />');
});
