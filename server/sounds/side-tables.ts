/**
 * What can be made again from the files and so is not in the log: sizes and times of the last
 * scan, which spare unchanged files the hash and refused ones the reading; by content, waveforms and
 * whether there is a picture.
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
CREATE TABLE IF NOT EXISTS media_facts (
  hash TEXT PRIMARY KEY,
  fine BLOB NOT NULL,
  has_picture INTEGER NOT NULL CHECK (has_picture IN (0, 1))
) STRICT;
`;
