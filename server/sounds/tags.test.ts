import { expect, test } from 'vitest';
import { tagOf } from './tags.ts';

test.each([
  ['  Air   Horn ', 'air horn'],
  ['rfid:74-10-37-94', 'rfid:74103794'],
  ['RFID: 04:A2:1B:7C', 'rfid:04a21b7c'],
  ['94D8-FC5F', '94d8-fc5f'],
])('%j is written %j', (given, tag) => {
  expect(tagOf(given)).toBe(tag);
});
