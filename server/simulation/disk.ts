import Database from 'better-sqlite3';
import type { Random } from './random.ts';

/** The power is gone, or the process was killed, in the middle of whatever called this. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

export type Troubles = {
  /** Of all calls that write. */
  cutShare: number;
  /** A single fault of the device, of all calls that write. */
  faultyShare: number;
  /** Of all reads. */
  unreadableShare: number;
  full: boolean;
};

export const noTroubles: Troubles = {
  cutShare: 0,
  faultyShare: 0,
  unreadableShare: 0,
  full: false,
};

/** So many commits a device keeps for itself at most, where nobody asks it to write them down. */
const unflushedMax = 40;

/** How a statement gives its rows. */
export type Shape = 'plain' | 'pluck' | 'raw';

export type Call = 'begin' | 'write' | 'commit' | 'rollback';

/**
 * What survives. The tables are SQLite's own, in memory. Where each commit is flushed (WAL and
 * synchronous FULL or EXTRA) a commit that returned is there for ever, and one under way is there
 * whole or not at all. Where it is not, commits pile up inside one outer transaction, and a power cut
 * takes them away again.
 */
export const createDisk = (random: Random) => {
  const db = new Database(':memory:');
  let open: Owner | undefined;
  let inTransaction = false;
  let unflushed = 0;
  let troubles = noTroubles;
  let cut = false;
  const totals = { cuts: 0, faults: 0, refusals: 0 };

  type Owner = { closed: boolean; flushes(): boolean };

  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const savepoint = db.prepare('SAVEPOINT unflushed');
  const release = db.prepare('RELEASE unflushed');
  const rollbackTo = db.prepare('ROLLBACK TO unflushed');

  const flush = () => {
    if (db.inTransaction && !inTransaction) commit.run();
    unflushed = 0;
  };

  const undo = () => {
    if (!inTransaction) return;
    inTransaction = false;
    if (unflushed > 0 || nested) {
      rollbackTo.run();
      release.run();
      nested = false;
      if (unflushed === 0) rollback.run();
    } else rollback.run();
  };
  let nested = false;

  const really = {
    begin(owner: Owner) {
      if (!owner.flushes()) {
        if (!db.inTransaction) begin.run();
        savepoint.run();
        nested = true;
      } else {
        flush();
        begin.run();
      }
      inTransaction = true;
    },
    commit() {
      inTransaction = false;
      if (!nested) {
        commit.run();
        return;
      }
      release.run();
      nested = false;
      unflushed += 1;
      if (unflushed > unflushedMax) flush();
    },
    rollback: undo,
  };

  const cutNow = (): never => {
    cut = true;
    totals.cuts += 1;
    throw new PowerCut('the power is gone');
  };

  const fail = (message: string, code: string): never => {
    // On some faults SQLite ends the transaction by itself, on others it leaves that to the program.
    if (random.chance(0.5)) undo();
    throw new Database.SqliteError(message, code);
  };

  /** SQL and shape → statement. The connection outlives every server, and asking is dear. */
  const statements = new Map<string, Database.Statement>();

  return {
    db,
    totals,
    prepared(sql: string, shape: Shape): Database.Statement {
      const key = `${shape} ${sql}`;
      const known = statements.get(key);
      if (known) return known;
      const statement = db.prepare(sql);
      if (shape !== 'plain') statement[shape]();
      statements.set(key, statement);
      return statement;
    },
    connect(owner: Owner) {
      open = owner;
      cut = false;
    },
    close(owner: Owner) {
      if (open === owner) open = undefined;
    },
    isOpenFor: (owner: Owner) => open === owner && !cut,
    inTransaction: () => inTransaction,
    get cut() {
      return cut;
    },
    set troubles(some: Troubles) {
      troubles = some;
    },
    get troubles() {
      return troubles;
    },

    /** Ahead of each call that writes. @throws PowerCut, SqliteError */
    before(call: Call): void {
      if (cut) throw new PowerCut('the power is gone');
      if (troubles === noTroubles) return;
      const drawn = random.next();
      if (drawn < troubles.cutShare) cutNow();
      if (call === 'rollback') return;
      if (drawn > 1 - troubles.faultyShare) {
        totals.faults += 1;
        fail('disk I/O error', call === 'commit' ? 'SQLITE_IOERR_FSYNC' : 'SQLITE_IOERR_WRITE');
      }
      if (troubles.full && call !== 'begin' && random.chance(0.3)) {
        totals.refusals += 1;
        fail('database or disk is full', 'SQLITE_FULL');
      }
    },
    beforeRead(): void {
      if (cut) throw new PowerCut('the power is gone');
      if (troubles.unreadableShare === 0 || !random.chance(troubles.unreadableShare)) return;
      totals.faults += 1;
      throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_READ');
    },
    /** The call took effect; whoever called may never hear of it. */
    after(call: Call): void {
      if (call === 'commit' && random.chance(troubles.cutShare * 4)) cutNow();
    },

    begin: (owner: Owner) => really.begin(owner),
    commit: () => really.commit(),
    rollback: () => really.rollback(),

    /** A write outside of any transaction: a small one of its own. */
    alone<T>(owner: Owner, write: () => T): T {
      if (inTransaction || owner.flushes()) {
        if (!inTransaction) flush();
        return write();
      }
      really.begin(owner);
      const result = write();
      really.commit();
      return result;
    },

    /** `power`: also what the device had not written down is gone; otherwise only the process. */
    endProcess(power: boolean): void {
      undo();
      if (power && db.inTransaction) rollback.run();
      else flush();
      unflushed = 0;
      open = undefined;
      cut = false;
    },
  };
};
export type Disk = ReturnType<typeof createDisk>;
export type DiskOwner = Parameters<Disk['connect']>[0];
