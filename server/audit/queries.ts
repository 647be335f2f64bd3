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

export const createAuditQueries = ({ storage, log }: Kernel) => ({
  list({ order, limit, ...filter }: EventFilter) {
    // Only what is asked for becomes SQL, so that SQLite can use the index that fits.
    const asked = Object.entries(filter).filter(([, value]) => value !== undefined);
    const values = Object.fromEntries(asked);
    const sql = (names: string[]) => {
      const where = names.map((name) => conditions[name as keyof typeof conditions]);
      return where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
    };
    const names = asked.map(([name]) => name);
    const rows = storage
      .prepare<[Record<string, unknown>], EventRow>(
        `SELECT * FROM events ${sql(names)} ORDER BY global_position ${order} LIMIT :limit`,
      )
      .all({ ...values, limit });
    const counted = names.filter((name) => name !== 'after' && name !== 'before');
    const count = () =>
      storage
        .prepare<[Record<string, unknown>], number>(`SELECT count(*) FROM events ${sql(counted)}`)
        .pluck()
        .get(Object.fromEntries(asked.filter(([name]) => counted.includes(name)))) ?? 0;
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return {
      items: rows.map(toRecordedEvent),
      next_cursor: last ? String(last.global_position) : null,
      // Positions have no gap: the whole log need not be counted.
      total: counted.length > 0 ? count() : log.head().position,
    };
  },
});
export type AuditQueries = ReturnType<typeof createAuditQueries>;
