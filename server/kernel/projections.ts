import type { Event, Recorded } from './event.ts';
import type { EventLog } from './event-log.ts';
import type { Storage } from './storage.ts';

/** Turns one event into SQL, with statements prepared once. */
export type ProjectionHandlers<E extends Event = Event> = {
  readonly [Type in E['type']]?: (event: Extract<Recorded<E>, { type: Type }>) => void;
};

/**
 * Read models: plain tables that only this projection writes, in the transaction of the events.
 * Input is the event and its recorded metadata alone: no clock, no other table.
 */
export type Projection<E extends Event = Event> = {
  readonly name: string;
  /** Raised with each change of tables or handlers: older tables are rebuilt from the log at start. */
  readonly version: number;
  /** Table name → its DDL, indexes included. */
  readonly tables: Readonly<Record<string, string>>;
  handlers(storage: Storage): ProjectionHandlers<E>;
};

/** A projection with its event union forgotten, as a list can hold it. */
export type AnyProjection = Omit<Projection, 'handlers'> & {
  handlers(storage: Storage): Readonly<Record<string, ((event: never) => void) | undefined>>;
};

export type RebuildReport = { projection: string; events: number };

export type Projector = {
  /** Brings every table to its projection's version; inside one transaction. */
  start(): RebuildReport[];
  project(event: Recorded): void;
  rebuild(name?: string): RebuildReport[];
  /** Names of tables whose rebuilt content differs from the live one; empty is right. */
  verify(): string[];
};

const pageSize = 5000;

export const createProjector = (
  storage: Storage,
  log: EventLog,
  projections: readonly AnyProjection[],
): Projector => {
  storage.exec(
    'CREATE TABLE IF NOT EXISTS projections (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT',
  );
  const versionOf = storage
    .prepare<[string], number>('SELECT version FROM projections WHERE name = ?')
    .pluck();
  const setVersion = storage.prepare('INSERT OR REPLACE INTO projections VALUES (?, ?)');
  let byType = new Map<string, ((event: never) => void)[]>();

  const connect = () => {
    byType = new Map();
    for (const projection of projections) {
      for (const [type, handler] of Object.entries(projection.handlers(storage))) {
        if (handler) byType.set(type, [...(byType.get(type) ?? []), handler]);
      }
    }
  };

  const replay = (projection: AnyProjection): RebuildReport => {
    for (const [table, ddl] of Object.entries(projection.tables)) {
      storage.exec(`DROP TABLE IF EXISTS ${table}; ${ddl}`);
    }
    const handlers = projection.handlers(storage);
    let events = 0;
    for (let after = 0; ; ) {
      const page = log.readAll(after, pageSize);
      for (const event of page) {
        handlers[event.type]?.(event as never);
        after = event.globalPosition;
      }
      events += page.length;
      if (page.length < pageSize) break;
    }
    setVersion.run(projection.name, projection.version);
    return { projection: projection.name, events };
  };

  const inTransaction = <T>(end: 'COMMIT' | 'ROLLBACK', body: () => T): T => {
    storage.exec('BEGIN IMMEDIATE');
    try {
      const result = body();
      storage.exec(end);
      return result;
    } catch (error) {
      if (storage.inTransaction) storage.exec('ROLLBACK');
      throw error;
    } finally {
      connect();
    }
  };

  const dump = (table: string): string => {
    // Order by every column: two tables with the same rows are the same read model.
    const columns = storage.prepare(`SELECT * FROM ${table} LIMIT 0`).columns().length;
    const order = Array.from({ length: columns }, (_, index) => index + 1).join(', ');
    return JSON.stringify(storage.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).raw().all());
  };

  return {
    start() {
      const stale = projections.filter(({ name, version }) => versionOf.get(name) !== version);
      const newer = stale.find(({ name, version }) => (versionOf.get(name) ?? 0) > version);
      if (newer) {
        throw new Error(
          `the read model "${newer.name}" was written by a newer Encore: start that version, or restore a backup`,
        );
      }
      return inTransaction('COMMIT', () => stale.map(replay));
    },
    project(event) {
      for (const handler of byType.get(event.type) ?? []) handler(event as never);
    },
    rebuild: (name) =>
      inTransaction('COMMIT', () =>
        projections.filter((one) => name === undefined || one.name === name).map(replay),
      ),
    verify: () =>
      inTransaction('ROLLBACK', () =>
        projections.flatMap((projection) => {
          const tables = Object.keys(projection.tables);
          const live = tables.map(dump);
          replay(projection);
          return tables.filter((table, index) => dump(table) !== live[index]);
        }),
      ),
  };
};
