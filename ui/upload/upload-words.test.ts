import { expect, test } from 'vitest';
import { aFullSound } from '../testing/library.ts';
import { partOfAll, sizeWord, stateWord, summaryOf } from './upload-words.ts';
import type { Upload, UploadState } from './uploads.ts';

const upload = (state: UploadState, name = 'Gong.wav', size = 1_000): Upload => ({
  id: name,
  file: new File([new Uint8Array(size)], name),
  state,
});
const sound = aFullSound({ name: 'Gong' });

test('the summary counts while files are on their way, and adds up at the end', () => {
  expect(summaryOf([upload({ is: 'checking' })])).toBe('Adding 1 sound');
  expect(
    summaryOf([
      upload({ is: 'added', sound }),
      upload({ is: 'sending', part: 0 }),
      upload({ is: 'waiting' }),
    ]),
  ).toBe('Adding 2 of 3 sounds');
  expect(
    summaryOf([
      upload({ is: 'added', sound }),
      upload({ is: 'existing', sound }),
      upload({ is: 'refused', reason: '', again: false }),
    ]),
  ).toBe('1 sound added, 1 known already, 1 refused');
});

test('large files count for more in the bar', () => {
  const small = upload({ is: 'added', sound }, 'a.wav', 1_000);
  const large = upload({ is: 'sending', part: 0.5 }, 'b.wav', 3_000);
  expect(partOfAll([small, large])).toBe(0.625);
});

test('a known sound with another name is told by that name', () => {
  expect(stateWord(upload({ is: 'existing', sound }))).toBe('Already in your library');
  expect(stateWord(upload({ is: 'existing', sound }, 'Copy.wav'))).toBe(
    'Already in your library as “Gong”',
  );
  expect(stateWord(upload({ is: 'sending', part: 0.429 }, 'a.wav', 2_400_000))).toBe(
    '42 % of 2.4 MB',
  );
});

test('sizes have the unit that fits', () => {
  expect([3, 340_000, 2_440_000, 182_000_000].map(sizeWord)).toEqual([
    '1 kB',
    '340 kB',
    '2.4 MB',
    '182 MB',
  ]);
});
