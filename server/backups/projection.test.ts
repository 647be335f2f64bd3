import { expect, it } from 'vitest';
import { projectionSpec } from '../kernel/testing/projection-spec.ts';
import { backupStream, type BackupCompleted, type BackupEvent } from './events.ts';
import { backupsProjection } from './projection.ts';

const completed = (name: string, facts: Partial<BackupCompleted['data']> = {}) => ({
  stream: backupStream,
  event: {
    type: 'BackupCompleted' as const,
    data: {
      name,
      folder: '/backups',
      position: 7,
      head: 'ab'.repeat(32),
      encore_version: '1.0.0',
      database_bytes: 4096,
      files: 1,
      files_bytes: 10,
      missing: 0,
      left_out: 0,
      pruned: [],
      duration_ms: 5,
      ...facts,
    },
  },
});
const failed = (reason: string) => ({
  stream: backupStream,
  event: {
    type: 'BackupFailed' as const,
    data: { folder: '/backups', code: 'share_silent' as const, reason },
  },
});
const spec = () => projectionSpec<BackupEvent>(backupsProjection);

it('keeps the backups that were not cleared away', async () => {
  const { thenRows } = await spec().given(
    completed('one'),
    completed('two', { folder: '/elsewhere' }),
    completed('three', { pruned: ['one', 'two'] }),
  );
  thenRows('SELECT folder, name FROM backups ORDER BY at_position', [
    { folder: '/elsewhere', name: 'two' },
    { folder: '/backups', name: 'three' },
  ]);
});

it('keeps failures until one has gone well', async () => {
  const { thenRows } = await spec().given(
    failed('the share is gone'),
    completed('one'),
    failed('the disk is full'),
  );
  thenRows('SELECT code, reason FROM backup_failures', [
    { code: 'share_silent', reason: 'the disk is full' },
  ]);
  expect(backupsProjection.version).toBe(2);
});
