import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openScratch } from './storage.ts';
import { shapeOf, tableDifferences } from './table-diff.ts';
import { anyText } from './testing/any-text.ts';

const ddl = 'CREATE TABLE things (a TEXT NOT NULL, b, c, PRIMARY KEY (b, a)) WITHOUT ROWID';
type Thing = [a: string, b: string | number | Buffer, c: string | null];

const table = (rows: readonly Thing[], sql = ddl) => {
  const storage = openScratch();
  storage.exec(sql);
  const insert = storage.prepare('INSERT INTO things VALUES (?, ?, ?)');
  for (const row of rows) insert.run(...row);
  return storage;
};

const text = anyText(3).filter((some) => !some.includes('\0'));
const bytes = fc.uint8Array({ maxLength: 3 }).map((some) => Buffer.from(some));
const things = fc.uniqueArray(
  fc.tuple(text, fc.oneof(text, fc.integer(), bytes), fc.oneof(text, fc.constant(null))),
  { selector: ([a, b]) => JSON.stringify([a, b]), maxLength: 12 },
);

test('finds every row that differs, whatever its key, and no other', () => {
  fc.assert(
    fc.property(things, things, (live, right) => {
      const byKey = (rows: readonly Thing[]) =>
        new Map(rows.map(([a, b, c]) => [JSON.stringify([b, a]), c]));
      const [theirs, ours] = [byKey(live), byKey(right)];
      const expected = [...new Set([...theirs.keys(), ...ours.keys()])].flatMap((key) => {
        if (!ours.has(key)) return `invented ${key}`;
        if (!theirs.has(key)) return `missing ${key}`;
        return theirs.get(key) === ours.get(key) ? [] : `edited ${key}`;
      });
      const found = tableDifferences(table(live), table(right), 'things', 100);
      const words = found.map(({ kind, key }) => `${kind} ${JSON.stringify(key)}`);
      expect(new Set(words)).toEqual(new Set(expected));
    }),
    { numRuns: 200 },
  );
});

test('a table without a primary key names its rows by all columns', () => {
  const sql = 'CREATE TABLE things (a, b, c)';
  const [live, right] = [table([['x', 1, 'y']], sql), table([['x', 1, null]], sql)];
  expect(shapeOf(live, 'things').keys).toEqual(['a', 'b', 'c']);
  expect(tableDifferences(live, right, 'things', 100)).toEqual([
    { kind: 'missing', key: ['x', 1, null] },
    { kind: 'invented', key: ['x', 1, 'y'] },
  ]);
});

test('stops at the asked number of rows', () => {
  const many = Array.from({ length: 9 }, (_, index): Thing => [`a${index}`, index, null]);
  expect(tableDifferences(table([]), table(many), 'things', 4)).toHaveLength(4);
});
