/**
 * The driver as `kernel/storage.ts` opens it, over a simulated disk: the SQL is SQLite's, what a
 * transaction is worth after a power cut is the disk's.
 */
import type Real from 'better-sqlite3';
import { createRequire } from 'node:module';
import { PowerCut, type Call, type Disk, type DiskOwner, type Shape } from '../disk.ts';

const real = createRequire(import.meta.url)('better-sqlite3') as typeof Real;

/** The database of the box that runs now; every other path is none of the simulation's business. */
export const simulatedPath = '/simulated/encore.db';
let disk: Disk | undefined;
export const insertDisk = (one: Disk | undefined): void => {
  disk = one;
};

const callOf = (sql: string): Call | 'read' | 'savepoint' => {
  const word =
    /^\s*(?:--.*\n\s*)*(?<word>[A-Za-z]+)/.exec(sql)?.groups?.['word']?.toUpperCase() ?? '';
  switch (word) {
    case 'BEGIN':
      return 'begin';
    case 'COMMIT':
      return 'commit';
    case 'ROLLBACK':
      return /ROLLBACK\s+TO/i.test(sql) ? 'savepoint' : 'rollback';
    case 'SAVEPOINT':
    case 'RELEASE':
      return 'savepoint';
    case 'SELECT':
      return 'read';
    case 'WITH':
      return /\b(?:INSERT|UPDATE|DELETE)\b/i.test(sql) ? 'write' : 'read';
    default:
      return 'write';
  }
};

const nothingRan: Real.RunResult = { changes: 0, lastInsertRowid: 0 };

const connect = (on: Disk): Real.Database => {
  const pragmas = new Map<string, unknown>([['journal_mode', 'delete']]);
  const owner: DiskOwner = {
    closed: false,
    flushes: () => pragmas.get('journal_mode') !== 'wal' || Number(pragmas.get('synchronous')) >= 2,
  };
  on.connect(owner);
  const check = () => {
    if (!on.isOpenFor(owner)) throw new PowerCut('this process is not there any more');
  };

  const end = (call: Call): Real.RunResult => {
    check();
    on.before(call);
    if (call === 'begin') on.begin(owner);
    else if (call === 'commit') on.commit();
    else on.rollback();
    on.after(call);
    return nothingRan;
  };

  const writing = (sql: string) => {
    const statement = on.prepared(sql, 'plain');
    return {
      run(...parameters: unknown[]) {
        check();
        on.before('write');
        return on.alone(owner, () => statement.run(...parameters));
      },
    };
  };

  const reading = (sql: string) => {
    let statement = on.prepared(sql, 'plain');
    let shape: Shape = 'plain';
    const ready = () => {
      check();
      on.beforeRead();
    };
    const as = (wanted: Shape) => {
      shape = wanted;
      statement = on.prepared(sql, shape);
      return wrapped;
    };
    const wrapped = {
      get(...parameters: unknown[]) {
        ready();
        return statement.get(...parameters);
      },
      all(...parameters: unknown[]) {
        ready();
        return statement.all(...parameters);
      },
      iterate(...parameters: unknown[]) {
        ready();
        // Nobody else may ask a statement that is still giving rows.
        const own = on.db.prepare(sql);
        if (shape !== 'plain') own[shape]();
        return own.iterate(...parameters);
      },
      columns: () => statement.columns(),
      pluck: () => as('pluck'),
      raw: () => as('raw'),
    };
    return wrapped;
  };

  const prepare = (sql: string): unknown => {
    check();
    const call = callOf(sql);
    if (call === 'read') return reading(sql);
    if (call === 'write') return writing(sql);
    if (call === 'savepoint') return on.db.prepare(sql);
    return { run: () => end(call) };
  };

  const connection = {
    name: simulatedPath,
    prepare,
    exec(sql: string) {
      const call = callOf(sql);
      if (call !== 'write' && call !== 'read' && call !== 'savepoint') end(call);
      else {
        check();
        on.before('write');
        on.alone(owner, () => on.db.exec(sql));
      }
      return connection;
    },
    pragma(text: string, options?: { simple?: boolean }) {
      check();
      const [name = '', value] = text.split('=').map((part) => part.trim());
      if (name !== 'journal_mode' && name !== 'synchronous') return on.db.pragma(text, options);
      const levels: Record<string, number> = { OFF: 0, NORMAL: 1, FULL: 2, EXTRA: 3 };
      if (value !== undefined) {
        pragmas.set(name, name === 'synchronous' ? (levels[value] ?? value) : value.toLowerCase());
      }
      return pragmas.get(name);
    },
    close() {
      owner.closed = true;
      on.close(owner);
    },
    get inTransaction() {
      return on.inTransaction();
    },
  };
  return connection as unknown as Real.Database;
};

function Database(path: string, options?: Real.Options): Real.Database {
  if (path !== simulatedPath) return new real(path, options);
  if (!disk) throw new Error('no disk is in the simulated machine');
  return connect(disk);
}
Database.SqliteError = real.SqliteError;

export default Database;
