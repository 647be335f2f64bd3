import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunningKernel } from '../kernel/kernel.ts';
import { testKernel } from '../kernel/testing/test-kernel.ts';
import { createAuditQueries, type EventFilter } from './queries.ts';

let kernel: RunningKernel;
beforeEach(() => {
  kernel = testKernel();
  for (let at = 0; at < 23; at++) {
    const actor = at % 3 === 0 ? 'bo' : 'mira';
    const meta = { actor, origin: 'http', correlationId: 'c', causationId: null } as const;
    const type = at % 2 === 0 ? 'VolumeSet' : 'Seeked';
    kernel.log.append('player-main', at, [{ type, data: {} }], meta);
  }
});
afterEach(() => kernel.stop());

const nothing: EventFilter = {
  stream: undefined,
  types: undefined,
  actor: undefined,
  correlation_id: undefined,
  from: undefined,
  to: undefined,
  after: undefined,
  before: undefined,
  order: 'desc',
  limit: 3,
};

/** Every page of a list, by a reader that looks through so many events at a time. */
const read = async (filter: Partial<EventFilter>, windowEvents: number) => {
  const queries = createAuditQueries(kernel, windowEvents);
  const order = filter.order ?? 'desc';
  const side = order === 'asc' ? 'after' : 'before';
  const positions: number[] = [];
  const totals = new Set<number>();
  let cursor: string | null = null;
  do {
    const place = cursor === null ? {} : { [side]: Number(cursor) };
    const page = await queries.list({ ...nothing, ...filter, ...place });
    positions.push(...page.items.map((one) => one.global_position));
    totals.add(page.total);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return { positions, totals: [...totals] };
};

it.each([1, 4, 5, 1000])('finds the same page by page, %i events at a time', async (size) => {
  const bo = { positions: [22, 19, 16, 13, 10, 7, 4, 1], totals: [8] };
  expect(await read({ actor: 'bo' }, size)).toEqual(bo);
  const rising = { positions: bo.positions.toReversed(), totals: [8] };
  expect(await read({ actor: 'bo', order: 'asc' }, size)).toEqual(rising);
  const both = { actor: 'bo', types: JSON.stringify(['Seeked']) };
  expect(await read(both, size)).toEqual({ positions: [22, 16, 10, 4], totals: [4] });
  expect(await read({ actor: 'nobody' }, size)).toEqual({ positions: [], totals: [0] });
});

it('lets others in between while it looks through the log', async () => {
  const queries = createAuditQueries(kernel, 1);
  let turns = 0;
  const count = (): void => {
    turns++;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  await queries.list({ ...nothing, actor: 'bo' });
  clearImmediate(next);
  expect(turns).toBeGreaterThan(20);
});
