import { expect, test } from 'vitest';
import { nameOfSaid, saidWords } from './server-words.ts';

test.each([
  ['use at least 12 characters', 'use at least {0} characters'],
  ['"Mars" is no time zone.', '{0} is no time zone.'],
  ['the file cannot be read (EIO)', 'the file cannot be read ({0})'],
  ['such as zigbee2mqtt/button', 'such as zigbee2mqtt/button'],
  ['from 00:00 on', 'from {0}:{1} on'],
  ['', ''],
])('what is put into “%s” differs, and “%s” does not', (sentence, name) => {
  expect(nameOfSaid(sentence)).toBe(name);
});

test('without a table a sentence is said as it came', () => {
  const sentence = '"Mars" has 2 moons (EIO).';
  expect(saidWords(sentence)).toBe(sentence);
});
