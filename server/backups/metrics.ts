import { measures, type Metric } from '../kernel/metric.ts';
import type { BackupEvent } from './events.ts';

/** `lastGoodAt`: milliseconds since the epoch, null while there is none. */
export const backupMetrics = (queries: { lastGoodAt(): number | null }): readonly Metric[] => [
  {
    kind: 'gauge',
    name: 'encore_backup_timestamp_seconds',
    help: 'When the last good backup was taken, since the epoch',
    read() {
      const at = queries.lastGoodAt();
      return at === null ? undefined : at / 1000;
    },
  },
  {
    kind: 'counter',
    name: 'encore_backups_total',
    help: 'Backups that were tried, by what came of it',
    label: 'outcome',
    measures: measures<BackupEvent>({
      BackupCompleted: () => ({ value: 1, label: 'completed' }),
      BackupFailed: () => ({ value: 1, label: 'failed' }),
    }),
  },
];
