import { expect, it } from 'vitest';
import { filenameOf, soundNameOf } from './sound-name.ts';

it.each([
  ['A song', 'A song'],
  ['  A\n song\u0000 ', 'A song'],
  ['A\u202Egnos', 'Agnos'],
  ['', 'youtube abc'],
  ['\u200F \t', 'youtube abc'],
  ['x'.repeat(500), 'x'.repeat(200)],
])('the title %j makes the name %j', (title, name) => {
  expect(soundNameOf(title, 'youtube abc')).toBe(name);
});

it('no character is cut in half', () => {
  expect(soundNameOf(`${'x'.repeat(199)}😀`, '-')).toBe('x'.repeat(199));
});

it.each([
  ['A song', 'A song.mp3'],
  ['AC/DC: live?', 'AC_DC_ live_.mp3'],
  ['../../etc/passwd', '_.._etc_passwd.mp3'],
  ['...', 'Extraction.mp3'],
  ['???', 'Extraction.mp3'],
  ['Ohm’s Law', 'Ohm’s Law.mp3'],
])('the name %j makes the file %j', (name, filename) => {
  expect(filenameOf(name, 'mp3')).toBe(filename);
});
