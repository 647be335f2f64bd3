import Database from 'better-sqlite3';
import { join } from 'node:path';

/** Somebody else writes to this data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
}

/**
 * One server per data folder: positions and folded states are kept in memory, so a second writer
 * would clash with the first. Held by an open SQLite transaction on a file of its own, because the
 * system frees that lock at the process's death, however it dies.
 */
export const lockDataFolder = (dataDir: string): { release(): void } => {
  const lock = new Database(join(dataDir, 'server.lock'), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new DataFolderInUse(`another Encore is using the data folder ${dataDir}`, {
        cause: error,
      });
    }
    throw error;
  }
  return { release: () => void lock.close() };
};
