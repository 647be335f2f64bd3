import type { CommandMeta, Recorded } from './event.ts';
import type { EventRow } from './hash-chain.ts';
import type { Storage } from './storage.ts';
import type { Upcast } from './upcasters.ts';

export type UnhashedRow = Omit<EventRow, 'hash'>;

/** The log as it stands in its table; also over a connection that may not write. */
export type LogReader = {
  /** Events of one stream behind a stream position, in order. */
  readStream(streamId: string, after?: number, limit?: number): Recorded[];
  /** The log's next `limit` events behind a global position, in order; of them only these types. */
  readAll(after: number, limit: number, types?: { has(type: string): boolean }): Recorded[];
  /** Rows as stored, for the chain check and exports. */
  readRows(after: number, limit: number): EventRow[];
  find(eventId: string): Recorded | undefined;
  streamVersion(streamId: string): number;
  /** A row in today's shape. @throws Error for a version from the future */
  decode(row: UnhashedRow): Recorded;
};

export const createLogReader = (storage: Storage, upcast: Upcast): LogReader => {
  // Hashes are left out where nobody looks at them: they double the cost of a read.
  const columns =
    'global_position, event_id, stream_id, stream_position, type, schema_version, data, actor, origin, correlation_id, causation_id, recorded_at';
  const ofStream = storage.prepare<[string, number, number], UnhashedRow>(
    `SELECT ${columns} FROM events WHERE stream_id = ? AND stream_position > ? ORDER BY stream_position LIMIT ?`,
  );
  const ofLog = storage.prepare<[number, number], UnhashedRow>(
    `SELECT ${columns} FROM events WHERE global_position > ? ORDER BY global_position LIMIT ?`,
  );
  const withHashes = storage.prepare<[number, number], EventRow>(
    `SELECT ${columns}, hash FROM events WHERE global_position > ? ORDER BY global_position LIMIT ?`,
  );
  const byId = storage.prepare<[string], UnhashedRow>(
    `SELECT ${columns} FROM events WHERE event_id = ?`,
  );
  const lastOfStream = storage
    .prepare<[string], number | null>('SELECT max(stream_position) FROM events WHERE stream_id = ?')
    .pluck();

  const decode = (row: UnhashedRow): Recorded => ({
    eventId: row.event_id,
    globalPosition: row.global_position,
    streamId: row.stream_id,
    streamPosition: row.stream_position,
    type: row.type,
    schemaVersion: upcast.versionOf(row.type),
    data: upcast.upcast(row.type, row.schema_version, JSON.parse(row.data)),
    actor: row.actor,
    origin: row.origin as CommandMeta['origin'],
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    recordedAt: row.recorded_at,
  });

  return {
    readStream: (streamId, after = 0, limit = -1) =>
      ofStream.all(streamId, after, limit).map(decode),
    readAll(after, limit, types) {
      const rows = ofLog.all(after, limit);
      return (types ? rows.filter((row) => types.has(row.type)) : rows).map(decode);
    },
    readRows: (after, limit) => withHashes.all(after, limit),
    find(eventId) {
      const row = byId.get(eventId);
      return row && decode(row);
    },
    streamVersion: (streamId) => lastOfStream.get(streamId) ?? 0,
    decode,
  };
};
