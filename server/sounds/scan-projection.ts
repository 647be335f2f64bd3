import type { Projection } from '../kernel/projections.ts';
import type { Storage } from '../kernel/storage.ts';
import type { ScanJob } from './contract.ts';
import type { ScanEvent } from './events.ts';

/** The last scan on record, for those who ask after a restart. */
export const lastScanProjection: Projection<ScanEvent> = {
  name: 'last-scan',
  version: 1,
  tables: {
    last_scan: `CREATE TABLE last_scan (
      row INTEGER PRIMARY KEY CHECK (row = 1),
      job_id TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'cancelled')),
      started_at INTEGER NOT NULL,
      finished_at INTEGER,
      counts TEXT NOT NULL,
      errors TEXT NOT NULL
    ) STRICT`,
  },
  handlers(storage) {
    const begin = storage.prepare(
      `INSERT OR REPLACE INTO last_scan VALUES (1, ?, 'running', ?, NULL, '${JSON.stringify(noCounts)}', '[]')`,
    );
    const end = storage.prepare(
      'UPDATE last_scan SET state = ?, finished_at = ?, counts = ?, errors = ? WHERE job_id = ?',
    );
    const finish = (
      state: 'finished' | 'cancelled',
      data: Extract<ScanEvent, { type: 'ScanFinished' }>['data'],
      at: number,
    ) => {
      const { added, updated, deleted, moved, duplicates, skipped, errors, scan_id } = data;
      const counts = { added, updated, deleted, moved, duplicates, skipped };
      end.run(state, at, JSON.stringify(counts), JSON.stringify(errors), scan_id);
    };
    return {
      ScanStarted: ({ data, recordedAt }) => begin.run(data.scan_id, recordedAt),
      ScanFinished: ({ data, recordedAt }) => finish('finished', data, recordedAt),
      ScanCancelled: ({ data, recordedAt }) => finish('cancelled', data, recordedAt),
    };
  },
};

const noCounts: ScanJob['counts'] = {
  added: 0,
  updated: 0,
  deleted: 0,
  moved: 0,
  duplicates: 0,
  skipped: 0,
};

type LastScanRow = {
  job_id: string;
  state: 'running' | 'finished' | 'cancelled';
  started_at: number;
  finished_at: number | null;
  counts: string;
  errors: string;
};

/** As the log knows it: whoever asks is not running that scan any more. */
export const createLastScan = (storage: Storage): (() => ScanJob | null) => {
  const select = storage.prepare<[], LastScanRow>('SELECT * FROM last_scan');
  return () => {
    const row = select.get();
    if (!row) return null;
    const { job_id, state, finished_at } = row;
    return {
      job_id,
      state: state === 'running' ? 'failed' : state,
      started_at: new Date(row.started_at).toISOString(),
      finished_at: finished_at === null ? null : new Date(finished_at).toISOString(),
      progress: null,
      counts: JSON.parse(row.counts) as ScanJob['counts'],
      errors: JSON.parse(row.errors) as ScanJob['errors'],
      report: null,
      reason: state === 'running' ? 'Encore was stopped while the scan ran: scan again' : null,
    };
  };
};
