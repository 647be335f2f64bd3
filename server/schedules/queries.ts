import type { Storage } from '../kernel/storage.ts';
import type { Schedule } from './contract.ts';
import type { Terms } from './events.ts';
import { nextRun } from './next-run.ts';

type Row = {
  id: string;
  terms: string;
  defined_at: number;
  fired_at: number | null;
  problem: string | null;
};
export type KnownSchedule = Omit<Row, 'terms'> & { readonly terms: Terms };

const known = (row: Row): KnownSchedule => ({ ...row, terms: JSON.parse(row.terms) as Terms });

/** When it fires next, in milliseconds since the epoch. */
export const nextOf = ({ terms }: KnownSchedule, nowMs: number): number | null =>
  terms.enabled ? nextRun(terms.when, terms.zone, nowMs) : null;

const time = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString();

export const present = (row: KnownSchedule, nowMs: number): Schedule => ({
  id: row.id,
  ...row.terms,
  next_at: time(nextOf(row, nowMs)),
  fired_at: time(row.fired_at),
  problem: row.problem,
});

/** Prepared reads over the schedules, in the order they were made. */
export const createScheduleQueries = (storage: Storage) => {
  const all = storage.prepare<[], Row>('SELECT * FROM schedules ORDER BY id');
  const one = storage.prepare<[string], Row>('SELECT * FROM schedules WHERE id = ?');
  return {
    all: (): KnownSchedule[] => all.all().map(known),
    find(id: string): KnownSchedule | undefined {
      const row = one.get(id);
      return row && known(row);
    },
  };
};
export type ScheduleQueries = ReturnType<typeof createScheduleQueries>;
