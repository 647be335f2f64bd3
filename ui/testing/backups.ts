import type { Backup, BackupsState } from '../../server/backups/contract.ts';

export const aBackup = (facts: Partial<Backup> = {}): Backup => ({
  name: 'encore-2026-11-23T023000Z-48213-9f2c11aa04be',
  created_at: '2026-11-23T02:30:00.000Z',
  position: 48_213,
  head: '9f2c11aa04be'.padEnd(64, '0'),
  encore_version: '1.0.0',
  database_bytes: 100_000_000,
  files: 214,
  files_bytes: 1_200_000_000,
  missing: 0,
  left_out: 0,
  duration_ms: 8000,
  ...facts,
});

export const someBackups = (facts: Partial<BackupsState> = {}): BackupsState => ({
  folder: '/mnt/nas/encore',
  daily_at: '03:30',
  running: null,
  last_failure: null,
  items: [aBackup()],
  ...facts,
});
