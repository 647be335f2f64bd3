import { expect, test } from 'vitest';
import { aSound } from '../testing/sounds.ts';
import { facetsOf, filterSounds, sortSounds } from './sounds.ts';

const sounds = [
  aSound({ id: 'b', name: 'Take 10', duration: 3_000, tags: ['Memes'] }),
  aSound({ id: 'c', name: 'take 9', duration: 1_000, type: 'TTS', tags: ['House', 'Memes'] }),
  aSound({ id: 'a', name: 'Alarm', duration: 2_000, tags: [] }),
];
const ids = (list: readonly { id: string }[]): string => list.map((one) => one.id).join('');

test('orders', () => {
  expect(ids(sortSounds(sounds, 'plays'))).toBe('bca');
  expect(ids(sortSounds(sounds, 'name'))).toBe('acb');
  expect(ids(sortSounds(sounds, 'newest'))).toBe('cba');
  expect(ids(sortSounds(sounds, 'duration'))).toBe('cab');
});

test('chips choose one type or one tag', () => {
  expect(ids(filterSounds(sounds, null))).toBe('bca');
  expect(ids(filterSounds(sounds, { kind: 'type', type: 'TTS' }))).toBe('c');
  expect(ids(filterSounds(sounds, { kind: 'tag', tag: 'memes' }))).toBe('bc');
});

test('only types and tags that occur have a chip, tags by how often', () => {
  expect(facetsOf(sounds)).toEqual({
    types: [
      ['SDB', 2],
      ['TTS', 1],
    ],
    tags: [
      ['memes', 2],
      ['house', 1],
    ],
  });
});

test('a tag in two spellings has one chip, which shows both', () => {
  const two = [aSound({ id: 'a', tags: ['Games', 'games'] }), aSound({ id: 'b', tags: ['games'] })];
  expect(facetsOf(two).tags).toEqual([['games', 2]]);
  expect(ids(filterSounds(two, { kind: 'tag', tag: 'games' }))).toBe('ab');
});
