import type { Fault } from './chain-check.ts';
import type { Recorded } from './event.ts';
import { handlersOf, type AnyProjection } from './projections.ts';
import type { Storage } from './storage.ts';
import { readRow, shapeOf, tableDifferences, type RowDifference } from './table-diff.ts';

/** Rows of one table whose last change is looked for: it costs a read per event and row. */
const watchedRowsMax = 8;

export type Replay = (
  types: { has(type: string): boolean },
  see: (event: Recorded) => void,
) => void;

const prepareTables = (scratch: Storage, projections: readonly AnyProjection[]) => {
  scratch.pragma('foreign_keys = ON');
  for (const { tables } of projections) {
    for (const ddl of Object.values(tables)) scratch.exec(ddl);
  }
  const handlers = handlersOf(scratch, projections);
  scratch.exec('BEGIN');
  return {
    handlers,
    apply(event: Recorded) {
      for (const handle of handlers.get(event.type) ?? []) handle(event as never);
    },
  };
};

const rowName = (keys: readonly string[], { key }: RowDifference) =>
  keys.map((name, index) => `${name} = ${JSON.stringify(key[index])}`).join(', ');

const words = (table: string, row: string, kind: RowDifference['kind'], position: number) => {
  switch (kind) {
    case 'edited':
      return `${table}: the row ${row} is not what event ${position} made of it`;
    case 'missing':
      return `${table}: the row ${row} of event ${position} is missing`;
    case 'invented':
      return `${table}: no event made the row ${row} that stands there`;
  }
};

/** Which events wrote the rows that differ: the read models once more, with an eye on those rows. */
const firstFault = (
  scratch: Storage,
  projection: AnyProjection,
  found: { table: string; differences: readonly RowDifference[] },
  head: number,
  replay: Replay,
): Fault => {
  const { table, differences } = found;
  const { handlers, apply } = prepareTables(scratch, [projection]);
  const shape = shapeOf(scratch, table);
  const row = readRow(scratch, table, shape);
  const read = ({ key }: RowDifference) => JSON.stringify(row.get(...key));
  const watched = differences.map((difference) => ({
    difference,
    content: read(difference),
    position: head,
  }));
  replay(handlers, (event) => {
    apply(event);
    for (const one of watched) {
      const content = read(one.difference);
      if (content === one.content) continue;
      one.content = content;
      one.position = event.globalPosition;
    }
  });
  const [first] = watched.sort((a, b) => a.position - b.position);
  if (!first) throw new Error('a table that differs has a row that differs');
  const { position, difference } = first;
  const fault = words(table, rowName(shape.keys, difference), difference.kind, position);
  return { position, fault };
};

/**
 * Rebuilds every read model in databases of its own and compares it row by row with the stored one.
 * A fault's position is that of the event that last wrote the row; `replay` gives the log once more
 * where that event is looked for.
 */
export const checkReadModels = (
  live: Storage,
  openScratch: () => Storage,
  projections: readonly AnyProjection[],
  replay: Replay,
) => {
  const scratch = openScratch();
  const { handlers, apply } = prepareTables(scratch, projections);
  const versions = live
    .prepare<[], { name: string; version: number }>('SELECT name, version FROM projections')
    .all();

  const staleFault = (head: number): Fault | undefined => {
    const stale = projections.find(
      ({ name, version }) =>
        !versions.some((kept) => kept.name === name && kept.version === version),
    );
    return (
      stale && {
        position: head,
        fault: `the read model ${stale.name} is not of this Encore's version: start it once, or rebuild it`,
      }
    );
  };

  const tableFault = (
    projection: AnyProjection,
    table: string,
    head: number,
  ): Fault | undefined => {
    const [theirs, ours] = [live, scratch].map((storage) => shapeOf(storage, table).columns);
    if (String(theirs) !== String(ours)) {
      return { position: head, fault: `${table}: the table has not the columns it should have` };
    }
    const differences = tableDifferences(live, scratch, table, watchedRowsMax);
    if (differences.length === 0) return undefined;
    const second = openScratch();
    try {
      return firstFault(second, projection, { table, differences }, head, replay);
    } finally {
      second.close();
    }
  };

  return {
    types: handlers,
    see(event: Recorded): undefined {
      apply(event);
    },
    end(head: number): Fault[] {
      const stale = staleFault(head);
      if (stale) return [stale];
      return projections.flatMap((projection) =>
        Object.keys(projection.tables).flatMap(
          (table) => tableFault(projection, table, head) ?? [],
        ),
      );
    },
    close: () => void scratch.close(),
  };
};
export type ReadModelCheck = ReturnType<typeof checkReadModels>;
