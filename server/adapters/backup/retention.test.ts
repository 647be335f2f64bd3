import { expect, it } from 'vitest';
import { outlived } from './retention.ts';

const keep = { daily: 7, weekly: 4, monthly: 12 };
const at = (created_at: string) => ({ name: created_at, created_at });
/** One a night, `days` of them, the last on the 23rd of November 2026, a Monday. */
const nightly = (days: number) =>
  Array.from({ length: days }, (_, ago) =>
    at(new Date(Date.UTC(2026, 10, 23 - ago, 2, 30)).toISOString()),
  );
const remaining = (backups: { name: string; created_at: string }[], numbers = keep) => {
  const gone = new Set(outlived(backups, numbers));
  return backups
    .map(({ name }) => name.slice(0, 10))
    .filter((_, index) => !gone.has(backups[index]?.name ?? ''));
};

it('keeps all of the first seven nights', () => {
  expect(outlived(nightly(7), keep)).toEqual([]);
});

it('keeps the last of seven days, four weeks and twelve months', () => {
  expect(remaining(nightly(800))).toEqual([
    '2026-11-23',
    '2026-11-22',
    '2026-11-21',
    '2026-11-20',
    '2026-11-19',
    '2026-11-18',
    '2026-11-17',
    '2026-11-15',
    '2026-11-08',
    '2026-10-31',
    '2026-09-30',
    '2026-08-31',
    '2026-07-31',
    '2026-06-30',
    '2026-05-31',
    '2026-04-30',
    '2026-03-31',
    '2026-02-28',
    '2026-01-31',
    '2025-12-31',
  ]);
});

it('keeps the newest of a day with several', () => {
  const morning = at('2026-11-23T08:00:00.000Z');
  const evening = at('2026-11-23T20:00:00.000Z');
  expect(outlived([morning, evening], keep)).toEqual([morning.name]);
});

it('keeps what is old where nothing newer came', () => {
  const [old, older] = [at('2024-03-01T02:30:00.000Z'), at('2024-02-01T02:30:00.000Z')];
  expect(outlived([old, older], keep)).toEqual([]);
});

it('never lets the newest go', () => {
  const backups = nightly(3);
  expect(outlived(backups, { daily: 0, weekly: 0, monthly: 0 })).toEqual(
    backups.slice(1).map(({ name }) => name),
  );
});
