import type { Storage } from './storage.ts';

type Value = string | number | bigint | Buffer | null;
type Row = readonly Value[];

/** The columns of a table, the ones that name a row first. */
export type TableShape = { readonly columns: readonly string[]; readonly keys: readonly string[] };

export type RowDifference = {
  readonly kind: 'edited' | 'missing' | 'invented';
  /** Values of the shape's keys. */
  readonly key: Row;
};

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A table without a primary key names its rows by all its columns. */
export const shapeOf = (storage: Storage, table: string): TableShape => {
  const columns = storage
    .prepare<[string], { name: string; pk: number }>('SELECT name, pk FROM pragma_table_info(?)')
    .all(table);
  const keys = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const rest = columns.filter(({ pk }) => pk === 0);
  return {
    columns: [...keys, ...rest].map(({ name }) => name),
    keys: (keys.length > 0 ? keys : rest).map(({ name }) => name),
  };
};

/** One row by its key, for as long as the statement lives. */
export const readRow = (storage: Storage, table: string, { columns, keys }: TableShape) => {
  const where = keys.map((key) => `${quoted(key)} IS ?`).join(' AND ');
  const select = columns.map(quoted).join(', ');
  return storage
    .prepare<Value[], Value[]>(`SELECT ${select} FROM ${quoted(table)} WHERE ${where}`)
    .raw();
};

const typeOrder = (value: Value) =>
  value === null ? 0 : typeof value === 'string' ? 2 : Buffer.isBuffer(value) ? 3 : 1;

/** SQLite's own order under the collation BINARY. */
const compare = (a: Value, b: Value): number => {
  if (a === b) return 0;
  const byType = typeOrder(a) - typeOrder(b);
  if (byType !== 0 || a === null || b === null) return byType;
  if (typeof a === 'number' || typeof a === 'bigint') return a < (b as number) ? -1 : 1;
  return Buffer.compare(Buffer.from(a as string), Buffer.from(b as string));
};

const compareRows = (a: Row, b: Row, columns: number): number => {
  for (let index = 0; index < columns; index++) {
    const order = compare(a[index] as Value, b[index] as Value);
    if (order !== 0) return order;
  }
  return 0;
};

const inOrder = (storage: Storage, table: string, { columns, keys }: TableShape) => {
  const order = keys.map((key) => `${quoted(key)} COLLATE BINARY`).join(', ');
  const select = columns.map(quoted).join(', ');
  return storage
    .prepare<[], Row>(`SELECT ${select} FROM ${quoted(table)} ORDER BY ${order}`)
    .raw()
    .iterate();
};

/** The first `max` rows of a table in which two databases differ, by key, in the key's order. */
export const tableDifferences = (
  live: Storage,
  right: Storage,
  table: string,
  max: number,
): RowDifference[] => {
  const shape = shapeOf(right, table);
  const width = shape.keys.length;
  const [theirs, ours] = [inOrder(live, table, shape), inOrder(right, table, shape)];
  const found: RowDifference[] = [];
  try {
    let [their, our] = [theirs.next(), ours.next()];
    while (found.length < max && !(their.done && our.done)) {
      const order = their.done ? 1 : our.done ? -1 : compareRows(their.value, our.value, width);
      if (order === 0) {
        const [a, b] = [their.value as Row, our.value as Row];
        if (compareRows(a, b, shape.columns.length) !== 0) {
          found.push({ kind: 'edited', key: b.slice(0, width) });
        }
      } else {
        const [kind, row] = order < 0 ? ['invented', their.value] : ['missing', our.value];
        found.push({ kind, key: (row as Row).slice(0, width) } as RowDifference);
      }
      if (order <= 0) their = theirs.next();
      if (order >= 0) our = ours.next();
    }
  } finally {
    theirs.return?.();
    ours.return?.();
  }
  return found;
};
