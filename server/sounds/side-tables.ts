/**
 * What can be made again from the files and so is not in the log: sizes and times of the last
 * scan, which spare unchanged files the hash and refused ones the reading, and waveforms by content.
 */
export const soundsSideTables = `
CREATE TABLE IF NOT EXISTS scanned_files (
  place TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  mtime_ms REAL NOT NULL,
  hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refused_files (
  place TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  mtime_ms REAL NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS waveforms (
  hash TEXT PRIMARY KEY,
  bars TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
