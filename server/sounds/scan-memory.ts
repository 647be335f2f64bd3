import type { Storage } from '../kernel/storage.ts';
import { placeOf, type HashedFile } from './library-diff.ts';
import type { LibraryFile } from './library-walk.ts';

/**
 * Written so shortly before the scan that a second write might leave the same size and time: such
 * a file is read again by the next scan. File systems count time in steps of a few milliseconds.
 */
const freshMs = 1000;

/** What earlier scans learnt of files, so that unchanged ones are not read again. */
export const createScanMemory = (storage: Storage) => {
  const keepHash = storage.prepare('INSERT OR REPLACE INTO scanned_files VALUES (?, ?, ?, ?)');
  const keepRefusal = storage.prepare('INSERT OR REPLACE INTO refused_files VALUES (?, ?, ?, ?)');
  const hash = storage
    .prepare<[string, number, number], string>(
      'SELECT hash FROM scanned_files WHERE place = ? AND size = ? AND mtime_ms = ?',
    )
    .pluck();
  const refusal = storage
    .prepare<[string, number, number], string>(
      'SELECT reason FROM refused_files WHERE place = ? AND size = ? AND mtime_ms = ?',
    )
    .pluck();

  const hashOf = (file: Omit<LibraryFile, 'path'>) =>
    hash.get(placeOf(file), file.size, file.mtime_ms);
  const refusalOf = (file: Omit<LibraryFile, 'path'>) =>
    refusal.get(placeOf(file), file.size, file.mtime_ms);

  return {
    hashOf,
    refusalOf,
    knows: (file: Omit<LibraryFile, 'path'>): boolean =>
      hashOf(file) !== undefined || refusalOf(file) !== undefined,
    isFresh: (file: LibraryFile, scan: { started_at: number; now: number }): boolean =>
      file.mtime_ms > scan.started_at - freshMs && file.mtime_ms <= scan.now,
    /** Inside a transaction of the bus, as all writing. */
    keepHash: (file: HashedFile) =>
      keepHash.run(placeOf(file), file.size, file.mtime_ms, file.hash),
    keepRefusal: (file: LibraryFile, reason: string) =>
      keepRefusal.run(placeOf(file), file.size, file.mtime_ms, reason),
  };
};
export type ScanMemory = ReturnType<typeof createScanMemory>;
