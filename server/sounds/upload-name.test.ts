import { expect, it } from 'vitest';
import { filenameBytesMax, numbered, safeFilename } from './upload-name.ts';

it.each([
  ['Gong.mp3', 'Gong.mp3'],
  ['../../etc/x.mp3', 'x.mp3'],
  ['C:\\Users\\Ann\\x.mp3', 'x.mp3'],
  ['..\\..\\x.mp3', 'x.mp3'],
  ['two\nlines\0.mp3', 'two lines.mp3'],
  ['...hidden.mp3', 'hidden.mp3'],
  [' spaces  and dots . mp3. ', 'spaces and dots. mp3'],
  ['e\u0301te\u0301.ogg', 'été.ogg'],
  ['spoof\u202egnp.3pm.mp3', 'spoofgnp.3pm.mp3'],
  ['שלום.mp3', 'שלום.mp3'],
  ['👩‍🚀 liftoff 🚀.mp3', '👩‍🚀 liftoff 🚀.mp3'],
  ['lone \ud800.mp3', 'lone \ufffd.mp3'],
])('%j is kept as %j', (said, kept) => {
  expect(safeFilename(said)).toBe(kept);
});

it.each(['', '.', '..', '...', '.mp3', 'Gong', 'a/', '/', '\n', '....', ' .mp3'])(
  'of %j nothing is left that could be a name',
  (said) => {
    expect(safeFilename(said)).toBeUndefined();
  },
);

it('keeps 200 bytes at most, whole characters and the extension', () => {
  const long = safeFilename(`${'é'.repeat(300)}.flac`);
  expect(long).toBe(`${'é'.repeat(97)}.flac`);
  const astronauts = safeFilename(`${'👩‍🚀'.repeat(50)}.mp3`) as string;
  expect(astronauts).toMatch(/^(👩‍🚀)+\.mp3$/u);
  for (const name of [long as string, astronauts]) {
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(filenameBytesMax);
    expect(Buffer.byteLength(numbered(name, 999))).toBeLessThanOrEqual(filenameBytesMax);
    expect(numbered(name, 999)).toMatch(/ \(999\)\.(flac|mp3)$/);
  }
});
