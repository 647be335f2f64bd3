import { createHash } from 'node:crypto';
import type { Event, Recorded } from './event.ts';
import type { EventLog } from './event-log.ts';
import { inTransaction, type Storage } from './storage.ts';

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

/** `events` is how many the projection has a handler for. */
export type RebuildReport = { projection: string; events: number };

type Handler = (event: never) => void;

/** Event type → what these projections do with it, over the tables of `storage`. */
export const handlersOf = (
  storage: Storage,
  projections: readonly AnyProjection[],
  count?: (name: string) => void,
): Map<string, Handler[]> => {
  const byType = new Map<string, Handler[]>();
  for (const projection of projections) {
    for (const [type, handler] of Object.entries(projection.handlers(storage))) {
      if (!handler) continue;
      const counted: Handler = (event) => {
        count?.(projection.name);
        handler(event);
      };
      byType.set(type, [...(byType.get(type) ?? []), count ? counted : handler]);
    }
  }
  return byType;
};

export type Projector = {
  /**
   * Brings every table to its projection's version, in one transaction. @throws Error where a newer
   * version wrote a table
   */
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
    'CREATE TABLE IF NOT EXISTS projections (name TEXT PRIMARY KEY, version INTEGER NOT NULL, tables TEXT NOT NULL) STRICT',
  );
  const versionOf = storage
    .prepare<[string], number>('SELECT version FROM projections WHERE name = ?')
    .pluck();
  const tablesOf = storage
    .prepare<[string], string>('SELECT tables FROM projections WHERE name = ?')
    .pluck();
  const keep = storage.prepare('INSERT OR REPLACE INTO projections VALUES (?, ?, ?)');
  const names = storage.prepare<[], string>('SELECT name FROM projections').pluck();
  const forget = storage.prepare('DELETE FROM projections WHERE name = ?');
  let handlers = new Map<string, Handler[]>();

  /** Backwards: a table may refer to one declared before it. */
  const drop = (tables: readonly string[]) => {
    for (const table of tables.toReversed()) storage.exec(`DROP TABLE IF EXISTS ${table}`);
  };

  /** What a projection left behind, under its declaration of then. */
  const dropKept = (name: string) => drop(JSON.parse(tablesOf.get(name) ?? '[]') as string[]);

  /** Empty tables and one pass over the log for all of them. */
  const replay = (some: readonly AnyProjection[]): RebuildReport[] => {
    if (some.length === 0) return [];
    for (const { name } of some) dropKept(name);
    for (const { tables } of some) {
      drop(Object.keys(tables));
      for (const ddl of Object.values(tables)) storage.exec(ddl);
    }
    const counts = new Map(some.map(({ name }) => [name, 0]));
    const replaying = handlersOf(storage, some, (name) =>
      counts.set(name, (counts.get(name) ?? 0) + 1),
    );
    for (let after = 0; after < log.head().position; after += pageSize) {
      for (const event of log.readAll(after, pageSize, replaying)) {
        for (const handle of replaying.get(event.type) ?? []) handle(event as never);
      }
    }
    for (const { name, version, tables } of some) {
      keep.run(name, version, JSON.stringify(Object.keys(tables)));
    }
    return some.map(({ name }) => ({ projection: name, events: counts.get(name) ?? 0 }));
  };

  const digest = (table: string): string => {
    // Order by every column: two tables with the same rows are the same read model.
    const columns = storage.prepare(`SELECT * FROM ${table} LIMIT 0`).columns().length;
    const order = Array.from({ length: columns }, (_, index) => index + 1).join(', ');
    const rows = storage.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).raw();
    const hash = createHash('sha256');
    for (const row of rows.iterate()) hash.update(JSON.stringify(row));
    return hash.digest('hex');
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
      const reports = inTransaction(storage, 'COMMIT', () => {
        // One that is gone misses events from now on: should it come back, it starts over.
        const known = new Set(projections.map(({ name }) => name));
        for (const name of names.all().filter((one) => !known.has(one))) {
          dropKept(name);
          forget.run(name);
        }
        return replay(stale);
      });
      handlers = handlersOf(storage, projections);
      return reports;
    },
    project(event) {
      for (const handle of handlers.get(event.type) ?? []) handle(event as never);
    },
    rebuild: (name) =>
      inTransaction(storage, 'COMMIT', () =>
        replay(projections.filter((one) => name === undefined || one.name === name)),
      ),
    verify: () =>
      inTransaction(storage, 'ROLLBACK', () => {
        const tables = projections.flatMap((projection) => Object.keys(projection.tables));
        const live = tables.map(digest);
        replay(projections);
        return tables.filter((table, index) => digest(table) !== live[index]);
      }),
  };
};
