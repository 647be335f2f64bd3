import { expect, test } from 'vitest';
import { hues } from '../design/hues.ts';
import { hueOf, hueOfTag } from './hue-of.ts';

test('the house categories have their own hues, whatever the case', () => {
  const named = ['Memes', 'House', 'Alerts', 'Games', 'Nature', 'Speech', 'Music', 'Ambience'];
  expect(named.map(hueOfTag)).toEqual([52, 230, 20, 295, 145, 345, 185, 100]);
  expect(hueOfTag(' memes ')).toBe(52);
});

test('any other tag has one of the eight, the same for ever', () => {
  expect(hueOfTag('Kids')).toBe(hueOfTag('kids'));
  expect(hues).toContain(hueOfTag('Überraschung'));
  expect(['Kids', 'Bells', 'Dog', 'Trains'].map(hueOfTag)).toMatchInlineSnapshot(`
    [
      185,
      52,
      52,
      295,
    ]
  `);
});

test('the first tag decides, and without one the type', () => {
  expect(hueOf({ tags: ['Games', 'Memes'], type: 'EXT' })).toBe(295);
  expect(hueOf({ tags: [], type: 'TTS' })).toBe(345);
});
