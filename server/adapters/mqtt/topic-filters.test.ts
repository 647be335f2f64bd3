import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covers } from './topic-filters.ts';

test.each([
  ['a/b', 'a/b', true],
  ['a/b', 'a/c', false],
  ['a/+', 'a/b', true],
  ['a/+', 'a/+', true],
  ['a/b', 'a/+', false],
  ['a/+', 'a/#', false],
  ['a/+', 'a/b/c', false],
  ['a/#', 'a/b/+', true],
  ['a/#', 'a/#', true],
  ['a/#', 'a', true],
  ['a/+', 'a', false],
  ['a/b/#', 'a/#', false],
  ['#', 'a/+/#', true],
  ['#', '$SYS/x', false],
  ['+/x', '$SYS/x', false],
  ['+/+', '#', false],
])('%s covers %s: %s', (pattern, filter, answer) => {
  expect(covers(pattern, filter)).toBe(answer);
});

test('what a covered filter matches, the pattern matches too', () => {
  const level = fc.constantFrom('a', 'b', '');
  const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
  const filter = fc
    .tuple(
      fc.array(fc.constantFrom('a', 'b', '', '+'), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
    )
    .map(([levels, all]) => [...levels, ...(all ? ['#'] : [])].join('/'));
  fc.assert(
    fc.property(filter, filter, topic, (pattern, narrow, name) => {
      if (covers(pattern, narrow) && covers(narrow, name)) expect(covers(pattern, name)).toBe(true);
    }),
    { numRuns: 5_000, seed: 1 },
  );
});
