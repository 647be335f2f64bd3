import { expect, test } from 'vitest';
import { doorWord, gainWord, suggestionsFor, tagOf } from './sound-words.ts';

test.each([
  [0, '0.0 dB'],
  [6, '+6.0 dB'],
  [-3.5, '−3.5 dB'],
])('a gain of %s is %s', (gainDb, text) => {
  expect(gainWord(gainDb)).toBe(text);
});

test('a tag is lower case, with single spaces', () => {
  expect(tagOf('  Movie   Night ')).toBe('movie night');
});

test('suggests tags that hold what is typed, most used first, and none that is there', () => {
  const known = [
    ['games', 9],
    ['memes', 5],
    ['house', 2],
  ] as const;
  expect(suggestionsFor('', ['memes'], known)).toEqual(['games', 'house']);
  expect(suggestionsFor('ME', [], known)).toEqual(['games', 'memes']);
  expect(suggestionsFor('x', [], known)).toEqual([]);
});

test('suggests eight at most', () => {
  const known = Array.from({ length: 20 }, (_, i) => [`tag ${i}`, 20 - i] as const);
  expect(suggestionsFor('', [], known)).toHaveLength(8);
});

test('a door without a word of its own is named as it is', () => {
  expect(doorWord('mqtt')).toBe('over MQTT');
  expect(doorWord('carrier-pigeon')).toBe('through carrier-pigeon');
});
