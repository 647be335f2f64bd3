/** Jobs that a worker has taken up: what stands here at a start was at work when the server died. */
export const extractionsSideTables =
  'CREATE TABLE IF NOT EXISTS extraction_runs (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID';
