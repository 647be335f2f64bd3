import { expect, it } from 'vitest';
import { createLiveJobs } from './live-jobs.ts';
import type { ExtractionQueries, ExtractionRow } from './queries.ts';

const rows = Array.from({ length: 50 }, (_, index) => ({
  id: `x${index}`,
  user_id: 'ann',
  status: 'open' as const,
  playlist: null,
  error: null,
  finished_at: null,
  created_at: 0,
  updated_at: 0,
})) as unknown as ExtractionRow[];

it('the queue is put in order once for all that are told of it', () => {
  let asked = 0;
  const queries: Pick<ExtractionQueries, 'open' | 'find'> = {
    open() {
      asked += 1;
      return rows;
    },
    find: (id) => rows.find((row) => row.id === id),
  };
  const told: unknown[] = [];
  const live = createLiveJobs(queries, ({ id, ahead }) => told.push([id, ahead]));
  const expected = rows.map(({ id }, index) => [id, index]);
  expect(live.shownAll(rows).map(({ id, ahead }) => [id, ahead])).toEqual(expected);
  live.tellWaiting();
  expect([told, asked]).toEqual([expected, 2]);
});
