import { expect, test } from 'vitest';
import { aFullSound } from '../testing/library.ts';
import { everything, rowsOf, type Wish } from './rows.ts';

const sounds = [
  aFullSound({ id: 'gong', name: 'Gong', duration: 5_300, tags: ['bells'], is_normalized: true }),
  aFullSound({ id: 'cafe', name: 'Café murmur', type: 'EXT', play_count: 4, tags: ['ambience'] }),
  aFullSound({ id: 'bell10', name: 'Bell 10', tags: ['bells', 'house'] }),
  aFullSound({ id: 'bell9', name: 'Bell 9' }),
];
const found = (wish: Partial<Wish>): string[] =>
  rowsOf(sounds, { ...everything, ...wish }).map(({ id }) => id);

test('names stand as people count', () => {
  expect(found({})).toEqual(['bell9', 'bell10', 'cafe', 'gong']);
});

test('words are looked for in names, files and tags, whatever their accents', () => {
  expect(found({ words: 'CAFE' })).toEqual(['cafe']);
  expect(found({ words: 'bells' })).toEqual(['bell10', 'gong']);
  expect(found({ words: 'bell house' })).toEqual(['bell10']);
});

test('type, loudness and missing tags narrow the list', () => {
  expect(found({ type: 'EXT' })).toEqual(['cafe']);
  expect(found({ normalised: true })).toEqual(['gong']);
  expect(found({ normalised: false, untagged: true })).toEqual(['bell9']);
});

test('equals stand by name in both directions', () => {
  expect(found({ by: 'plays', descending: true })).toEqual(['cafe', 'bell9', 'bell10', 'gong']);
  expect(found({ by: 'plays' })).toEqual(['bell9', 'bell10', 'gong', 'cafe']);
});
