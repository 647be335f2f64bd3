import { expect, test } from 'vitest';
import { aSound, manySounds } from '../testing/sounds.ts';
import { prefixDistance } from './edit-distance.ts';
import { fold } from './fold.ts';
import { matchesIn, search, termsOf, Vocabulary } from './search.ts';
import type { BoardSound } from './sounds.ts';

const library: BoardSound[] = [
  aSound({ id: '1', name: 'Shorn sheep', tags: ['Nature'] }),
  aSound({ id: '2', name: 'Price fail horns' }),
  aSound({ id: '3', name: 'Air horn' }),
  aSound({ id: '4', name: 'Café murmur', tags: ['Ambience'] }),
  aSound({ id: '5', name: 'Dinner is ready', type: 'TTS', tags: ['House'] }),
];
const names = (query: string): string[] =>
  search(library, query, new Vocabulary(library)).map((sound) => sound.name);

test('starts of words come before insides, else the order stays', () => {
  expect(names('horn')).toEqual(['Price fail horns', 'Air horn', 'Shorn sheep']);
});

test('case and accents do not matter, in either', () => {
  expect(names('CAFE')).toEqual(['Café murmur']);
  expect(names('Mürmur')).toEqual(['Café murmur']);
});

test('every term has to fit, in any order', () => {
  expect(names('horn air')).toEqual(['Air horn']);
  expect(names('horn sheep air')).toEqual([]);
});

test('tags and types are searched too', () => {
  expect(names('house')).toEqual(['Dinner is ready']);
  expect(names('speech')).toEqual(['Dinner is ready']);
});

test('typos are forgiven, but only when nothing fits as typed', () => {
  expect(names('diner')).toEqual(['Dinner is ready']);
  expect(names('hron')).toEqual(['Price fail horns', 'Air horn']);
  expect(names('murmru')).toEqual(['Café murmur']);
  expect(names('zzz')).toEqual([]);
});

test('an empty query is no query', () => {
  expect(names('  ·  ')).toHaveLength(5);
});

test('distance to a prefix counts edits and swaps, up to its bound', () => {
  expect(prefixDistance('hron', 'horns', 1)).toBe(1);
  expect(prefixDistance('diner', 'dinner', 1)).toBe(1);
  expect(prefixDistance('abcd', 'wxyz', 1)).toBe(2);
});

test('matches are ranges of the name itself, merged where they touch', () => {
  expect(matchesIn(fold('Café café'), termsOf('cafe'))).toEqual([
    [0, 4],
    [5, 9],
  ]);
  expect(matchesIn(fold('hornhorn'), termsOf('horn'))).toEqual([[0, 8]]);
  expect(matchesIn(fold('Air horn'), termsOf('air zzz'))).toEqual([[0, 3]]);
});

test('a keystroke at 5,000 sounds stays below its 40 ms of thread time, typos included', () => {
  const many = manySounds(5_000);
  const vocabulary = new Vocabulary(many);
  const spentMs = (query: string): number => {
    const from = process.threadCpuUsage();
    search(many, query, vocabulary);
    const { user, system } = process.threadCpuUsage(from);
    return (user + system) / 1_000;
  };
  const best = (query: string): number => Math.min(...[1, 2, 3].map(() => spentMs(query)));
  expect(best('sound 49')).toBeLessThan(40);
  expect(best('suond 4999')).toBeLessThan(40);
});
