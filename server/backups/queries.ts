import type { Storage } from '../kernel/storage.ts';
import type { Backup, BackupFailureCode } from './contract.ts';

type Row = Omit<Backup, 'created_at'> & { created_at: number };
type Failure = {
  readonly failed_at: number;
  readonly code: BackupFailureCode;
  readonly reason: string;
};

export const createBackupQueries = (storage: Storage) => {
  const inFolder = storage.prepare<[string], Row>(
    `SELECT name, created_at, position, head, encore_version, database_bytes, files, files_bytes,
       missing, left_out, duration_ms FROM backups WHERE folder = ? ORDER BY at_position DESC`,
  );
  const lastGood = storage
    .prepare<[], number | null>('SELECT max(created_at) FROM backups')
    .pluck();
  const failures = storage.prepare<[], Failure>(
    'SELECT failed_at, code, reason FROM backup_failures ORDER BY at_position DESC LIMIT 10',
  );
  const began = storage
    .prepare<[], number | null>('SELECT recorded_at FROM events WHERE global_position = 1')
    .pluck();
  return {
    list: (folder: string): Backup[] =>
      inFolder.all(folder).map((row) => ({
        ...row,
        created_at: new Date(row.created_at).toISOString(),
      })),
    isKnown: (folder: string): boolean => inFolder.get(folder) !== undefined,
    /** Milliseconds since the epoch; wherever it lies. */
    lastGoodAt: (): number | null => lastGood.get() ?? null,
    /** The last ones since the last good one, newest first. */
    failures: (): readonly Failure[] => failures.all(),
    /** When the house's first event was recorded. */
    beganAt: (): number | null => began.get() ?? null,
  };
};
export type BackupQueries = ReturnType<typeof createBackupQueries>;
