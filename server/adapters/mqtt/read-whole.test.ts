import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { readWhole } from './read-whole.ts';

test('one reading takes all that has come, and the next one nothing', () => {
  const stream = readWhole(new PassThrough());
  for (const piece of ['a', 'bc', 'def']) stream.write(piece);
  expect(String(stream.read())).toBe('abcdef');
  expect(stream.read()).toBeNull();
  stream.write('ghi');
  expect(String(stream.read(2))).toBe('gh');
  expect(String(stream.read())).toBe('i');
});
