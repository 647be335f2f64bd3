import { expect, test } from 'vitest';
import { aPerson, aPlan } from '../testing/people.ts';
import { rowsOf, type Wish } from './rows.ts';

const mira = aPerson({
  id: 'mira',
  name: 'Mira',
  email: 'mira@home.example',
  plan: 'admin',
  last_seen_at: '2026-11-20T08:00:00.000Z',
});
const bo = aPerson({ last_seen_at: '2026-11-22T08:00:00.000Z' });
const cem = aPerson({ id: 'cem', name: 'Cem Aydın' });
const known = {
  people: new Map([mira, cem, bo].map((one) => [one.id, one])),
  balances: new Map([
    ['mira', 0],
    ['bo', 4],
  ]),
  present: new Set(['cem']),
  plans: [aPlan(), aPlan({ code: 'admin', name: 'Admin', unlimited: true })],
};
const names = (wish: Partial<Wish>): string[] =>
  rowsOf(known, { words: '', plan: null, by: 'name', descending: false, ...wish }).map(
    ({ person }) => person.name,
  );

test.each<[Partial<Wish>, string[]]>([
  [{ by: 'name' }, ['Bo', 'Cem Aydın', 'Mira']],
  [{ by: 'name', descending: true }, ['Mira', 'Cem Aydın', 'Bo']],
  [{ by: 'plan' }, ['Mira', 'Bo', 'Cem Aydın']],
  [{ by: 'balance', descending: true }, ['Mira', 'Bo', 'Cem Aydın']],
  [{ by: 'seen', descending: true }, ['Cem Aydın', 'Bo', 'Mira']],
])('sorted by %o', (wish, wanted) => {
  expect(names(wish)).toEqual(wanted);
});

test.each<[Partial<Wish>, string[]]>([
  [{ words: 'HOME mira' }, ['Mira']],
  [{ words: 'aydın' }, ['Cem Aydın']],
  [{ words: 'zoe' }, []],
  [{ plan: 'free' }, ['Bo', 'Cem Aydın']],
])('only who is asked for with %o', (wish, wanted) => {
  expect(names(wish)).toEqual(wanted);
});

test('a row knows the name of the plan, what is unlimited, and who is here', () => {
  const rows = rowsOf(known, { words: '', plan: null, by: 'name', descending: false });
  expect(rows.map(({ planName, balance, here }) => [planName, balance, here])).toEqual([
    ['Free', 4, false],
    ['Free', null, true],
    ['Admin', Infinity, false],
  ]);
});
