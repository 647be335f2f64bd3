import type { CommandMeta, Event, Recorded } from './event.ts';
import { chainHash, genesisHash, type EventRow } from './hash-chain.ts';
import { createLogReader, type LogReader, type UnhashedRow } from './log-reader.ts';
import type { Clock, Ids } from './ports.ts';
import type { Storage } from './storage.ts';
import type { Upcast } from './upcasters.ts';

/**
 * Append-only by triggers: no row is changed, removed or replaced, and positions have no gap, in the
 * log and in each stream. The guard on insert looks at every unique key, because INSERT OR REPLACE
 * removes the row in its way without firing the delete trigger.
 */
const schema = `
CREATE TABLE IF NOT EXISTS events (
  global_position INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE,
  stream_id TEXT NOT NULL,
  stream_position INTEGER NOT NULL CHECK (stream_position > 0),
  type TEXT NOT NULL,
  schema_version INTEGER NOT NULL CHECK (schema_version > 0),
  data TEXT NOT NULL,
  actor TEXT NOT NULL,
  origin TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  causation_id TEXT,
  recorded_at INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (stream_id, stream_position)
) STRICT;
CREATE INDEX IF NOT EXISTS events_by_correlation ON events (correlation_id);
CREATE TRIGGER IF NOT EXISTS events_no_update BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER IF NOT EXISTS events_no_delete BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER IF NOT EXISTS events_in_order BEFORE INSERT ON events BEGIN SELECT CASE
  WHEN NEW.global_position <> (SELECT coalesce(max(global_position), 0) + 1 FROM events)
  THEN RAISE(ABORT, 'events have gapless positions')
  WHEN NEW.stream_position <>
    (SELECT coalesce(max(stream_position), 0) + 1 FROM events WHERE stream_id = NEW.stream_id)
  THEN RAISE(ABORT, 'streams have gapless positions')
  WHEN EXISTS (SELECT 1 FROM events WHERE event_id = NEW.event_id)
  THEN RAISE(ABORT, 'events have an id of their own')
END; END;
`;

export type Head = { readonly position: number; readonly hash: Buffer };

export type EventLog = LogReader & {
  /** Inside the caller's transaction. Positions start behind `head()`. */
  append(streamId: string, after: number, events: readonly Event[], meta: CommandMeta): Recorded[];
  head(): Head;
  /** Reads the head again after a rollback. */
  refreshHead(): void;
};

/** The event log over its table. Synchronous; knows nothing of transactions, which the bus owns. */
export const openEventLog = (
  storage: Storage,
  ports: { clock: Clock; ids: Ids; upcast: Upcast },
): EventLog => {
  storage.exec(schema);
  // By position, which binds faster than by name: the columns of the table, in its order.
  const insert = storage.prepare(
    'INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const lastRow = storage.prepare<[], Pick<EventRow, 'global_position' | 'hash'>>(
    'SELECT global_position, hash FROM events ORDER BY global_position DESC LIMIT 1',
  );

  const readHead = (): Head => {
    const row = lastRow.get();
    return row
      ? { position: row.global_position, hash: row.hash }
      : { position: 0, hash: genesisHash };
  };
  let head = readHead();

  return {
    ...createLogReader(storage, ports.upcast),
    append(streamId, after, events, meta) {
      const recordedAt = ports.clock.now();
      return events.map((event, index) => {
        const row: UnhashedRow = {
          global_position: head.position + 1,
          event_id: ports.ids(),
          stream_id: streamId,
          stream_position: after + index + 1,
          type: event.type,
          schema_version: ports.upcast.versionOf(event.type),
          data: JSON.stringify(event.data),
          actor: meta.actor,
          origin: meta.origin,
          correlation_id: meta.correlationId,
          causation_id: meta.causationId,
          recorded_at: recordedAt,
        };
        const hash = chainHash(head.hash, row);
        insert.run(
          row.global_position,
          row.event_id,
          streamId,
          row.stream_position,
          row.type,
          row.schema_version,
          row.data,
          row.actor,
          row.origin,
          row.correlation_id,
          row.causation_id,
          recordedAt,
          hash,
        );
        head = { position: row.global_position, hash };
        return {
          ...meta,
          eventId: row.event_id,
          globalPosition: row.global_position,
          streamId,
          streamPosition: row.stream_position,
          type: event.type,
          schemaVersion: row.schema_version,
          data: event.data,
          recordedAt,
        };
      });
    },
    head: () => head,
    refreshHead() {
      head = readHead();
    },
  };
};
