import { setImmediate as turn } from 'node:timers/promises';
import type { EventRow } from '../kernel/hash-chain.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { RecordedEvent } from './contract.ts';

export type EventFilter = {
  stream: string | undefined;
  /** JSON: a list of types, any of which will do. */
  types: string | undefined;
  actor: string | undefined;
  correlation_id: string | undefined;
  from: number | undefined;
  to: number | undefined;
  /** Global positions, exclusive. */
  after: number | undefined;
  before: number | undefined;
  order: 'asc' | 'desc';
  limit: number;
};

/** The event as it was stored: what the chain vouches for, not what upcasters make of it. */
export const toRecordedEvent = (row: EventRow): RecordedEvent => ({
  event_id: row.event_id,
  global_position: row.global_position,
  stream: row.stream_id,
  stream_position: row.stream_position,
  type: row.type,
  schema_version: row.schema_version,
  data: JSON.parse(row.data) as Record<string, unknown>,
  actor: row.actor,
  origin: row.origin,
  correlation_id: row.correlation_id,
  causation_id: row.causation_id,
  recorded_at: new Date(row.recorded_at).toISOString(),
  hash: row.hash.toString('hex'),
});

const conditions: Record<Exclude<keyof EventFilter, 'order' | 'limit'>, string> = {
  stream: 'stream_id = :stream',
  types: 'type IN (SELECT value FROM json_each(:types))',
  actor: 'actor = :actor',
  correlation_id: 'correlation_id = :correlation_id',
  from: 'recorded_at >= :from',
  to: 'recorded_at < :to',
  after: 'global_position > :after',
  before: 'global_position < :before',
};

/** Looked through at one time where no index helps: some milliseconds, so that a press does not wait. */
const windowEvents = 2000;

type Values = Record<string, unknown>;
type Window = { readonly over: number; readonly upTo: number };

/** The log in pieces, in the order asked for. */
function* windowsOf(head: number, order: EventFilter['order'], size: number): Generator<Window> {
  const count = Math.ceil(head / size);
  for (let index = 0; index < count; index++) {
    const over = (order === 'asc' ? index : count - 1 - index) * size;
    yield { over, upTo: Math.min(head, over + size) };
  }
}

const where = (names: readonly string[]): string =>
  names.map((name) => conditions[name as keyof typeof conditions]).join(' AND ');

export const createAuditQueries = (
  { storage, log }: Pick<Kernel, 'storage' | 'log'>,
  size: number = windowEvents,
) => {
  const inWindow = 'global_position > :over AND global_position <= :upTo';

  /** A page and how many there are in all, found window by window with a breath between. */
  const search = async (asked: Values, counted: Values, order: 'asc' | 'desc', limit: number) => {
    const pageSql = `SELECT * FROM events WHERE ${inWindow} AND ${where(Object.keys(asked))}
      ORDER BY global_position ${order} LIMIT :limit`;
    const page = storage.prepare<[Values], EventRow>(pageSql);
    const countSql = `SELECT count(*) FROM events WHERE ${inWindow} AND ${where(Object.keys(counted))}`;
    const count = storage.prepare<[Values], number>(countSql).pluck();
    const rows: EventRow[] = [];
    let total = 0;
    for (const window of windowsOf(log.head().position, order, size)) {
      const found = count.get({ ...counted, ...window }) ?? 0;
      total += found;
      if (found > 0 && rows.length < limit) {
        rows.push(...page.all({ ...asked, ...window, limit: limit - rows.length }));
      }
      await turn();
    }
    return { rows, total };
  };

  /** Where nothing is asked for but a place in the log, or what has an index. */
  const lookUp = (asked: Values, counted: Values, order: 'asc' | 'desc', limit: number) => {
    const names = Object.keys(asked);
    const only = names.length > 0 ? `WHERE ${where(names)}` : '';
    const sql = `SELECT * FROM events ${only} ORDER BY global_position ${order} LIMIT :limit`;
    const rows = storage.prepare<[Values], EventRow>(sql).all({ ...asked, limit });
    const filters = Object.keys(counted);
    // Positions have no gap: the whole log need not be counted.
    if (filters.length === 0) return { rows, total: log.head().position };
    const count = `SELECT count(*) FROM events WHERE ${where(filters)}`;
    return { rows, total: storage.prepare<[Values], number>(count).pluck().get(counted) ?? 0 };
  };

  return {
    async list({ order, limit, ...filter }: EventFilter) {
      // Only what is asked for becomes SQL, so that SQLite can use the index that fits.
      const given = Object.entries(filter).filter(([, value]) => value !== undefined);
      const asked = Object.fromEntries(given);
      const counted = Object.fromEntries(
        given.filter(([name]) => name !== 'after' && name !== 'before'),
      );
      const quick =
        Object.keys(counted).length === 0 || 'stream' in counted || 'correlation_id' in counted;
      const { rows, total } = quick
        ? lookUp(asked, counted, order, limit)
        : await search(asked, counted, order, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        items: rows.map(toRecordedEvent),
        next_cursor: last ? String(last.global_position) : null,
        total,
      };
    },
  };
};
export type AuditQueries = ReturnType<typeof createAuditQueries>;
