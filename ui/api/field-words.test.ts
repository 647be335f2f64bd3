import { expect, test } from 'vitest';
import { z } from 'zod';
import { fieldWords } from './field-words.ts';

test.each([
  [z.string(), undefined, 'this is missing'],
  [z.string().min(1), '', 'this is missing'],
  [z.array(z.string()).min(1), [], 'this is missing'],
  [z.string().min(3), 'a', 'use at least 3 characters'],
  [z.string().max(3), 'abcd', 'use at most 3 characters'],
  [z.number().min(-5), -6, 'at least -5'],
  [z.number().positive(), 0, 'more than 0'],
  [z.number().max(100), 101, 'at most 100'],
  [z.array(z.string()).max(1), ['a', 'b'], 'at most 1'],
  [z.email(), 'mira', 'this is no e-mail address'],
  [z.url(), 'mira', 'this is no link'],
  [z.number(), 'seven', 'this cannot be taken'],
  [z.int(), 1.5, 'this cannot be taken'],
  [z.enum(['a', 'b']), 'c', 'this cannot be taken'],
  [z.string().regex(/^a$/), 'b', 'this cannot be taken'],
  [z.strictObject({}), { a: 1 }, 'this cannot be taken'],
  [z.iso.datetime(), 'now', 'this cannot be taken'],
])('a fault that a schema has no words for is told in plain ones (%#)', (schema, value, words) => {
  expect(schema.safeParse(value).error?.issues.map(({ message }) => fieldWords(message))).toEqual([
    words,
  ]);
});

test('a schema that has words is told in them', () => {
  expect(fieldWords('choose at least one day')).toBe('choose at least one day');
});
