import Database from 'better-sqlite3';

/** What the kernel and the modules need of SQLite; a simulator can stand in for it. */
export type Storage = Pick<
  Database.Database,
  'prepare' | 'exec' | 'pragma' | 'close' | 'inTransaction' | 'name'
>;

/** The disk is full, failing or read-only: nothing was kept, and the caller may try again. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
}

const unavailableCodes =
  /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|CORRUPT|NOTADB|PROTOCOL|NOMEM)/;

/** The error itself, or `StorageUnavailable` where the disk is at fault and not the program. */
export const storageError = (error: unknown): unknown =>
  error instanceof Database.SqliteError && unavailableCodes.test(error.code)
    ? new StorageUnavailable(`storage: ${error.message} (${error.code})`, { cause: error })
    : error;

const journalBytesMax = 64 * 1024 * 1024;

/**
 * Opens the database file, or `:memory:`. WAL with synchronous=FULL is read back, because
 * better-sqlite3 is built to open WAL files at NORMAL, which loses acknowledged events at a power
 * cut. @throws StorageUnavailable
 */
export const openStorage = (path: string): Storage => {
  let db: Database.Database | undefined;
  try {
    db = new Database(path);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('cache_size = -16384');
    // A rebuild's long transaction must not leave its journal's size behind.
    db.pragma(`journal_size_limit = ${journalBytesMax}`);
    const journal = String(db.pragma('journal_mode', { simple: true }));
    const synchronous = Number(db.pragma('synchronous', { simple: true }));
    const expectedJournal = path === ':memory:' ? 'memory' : 'wal';
    if (journal !== expectedJournal || synchronous !== 2) {
      throw new StorageUnavailable(
        `${path}: journal_mode is ${journal} and synchronous ${synchronous}; WAL and FULL (2) are needed to keep every acknowledged event`,
      );
    }
    return db;
  } catch (error) {
    db?.close();
    throw storageError(error);
  }
};

/** All of it or nothing, with one flush at its end. */
export const inTransaction = <T>(
  storage: Storage,
  end: 'COMMIT' | 'ROLLBACK',
  body: () => T,
): T => {
  storage.exec('BEGIN IMMEDIATE');
  try {
    const result = body();
    storage.exec(end);
    return result;
  } catch (error) {
    if (storage.inTransaction) storage.exec('ROLLBACK');
    throw error;
  }
};

/**
 * A second connection that cannot write, beside a running server or alone. @throws StorageUnavailable
 * when there is no file at `path`
 */
export const openStorageToRead = (path: string): Storage => {
  try {
    return new Database(path, { readonly: true, fileMustExist: true });
  } catch (error) {
    throw storageError(error);
  }
};

/**
 * A database of this connection alone, to be thrown away: in memory as far as its cache goes, then
 * in a nameless temporary file.
 */
export const openScratch = (): Storage => {
  const db = new Database('');
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -32768');
  return db;
};

/** The file itself is damaged: what SQLite cannot read as a database. */
export const isDamage = (error: unknown): error is Error =>
  error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
